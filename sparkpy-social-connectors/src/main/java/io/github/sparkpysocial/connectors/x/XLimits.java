package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitSignal;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.QuotaReading;
import io.github.sparkpysocial.limit.ResetEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How X counts: per endpoint and credential, told in {@code x-rate-limit-limit}, {@code -remaining}
 * and {@code -reset} (seconds since 1970). A 429 is a rate limit, which passes, or the usage cap of
 * the month, which does not; the {@code type} of the problem tells (<a
 * href="https://docs.x.com/x-api/fundamentals/rate-limits">rate limits</a>, <a
 * href="https://docs.x.com/x-api/fundamentals/response-codes-and-errors">errors</a>).
 */
final class XLimits implements LimitDialect {
  static final XLimits INSTANCE = new XLimits();

  private static final String BY_NAME = "/2/users/by/username/";

  private XLimits() {}

  @Override
  public String key(HttpRequest request) {
    String path = request.uri().getPath();
    String endpoint =
        path.startsWith(BY_NAME)
            ? BY_NAME + ":name"
            : path.replaceFirst("^/2/users/[0-9]+/", "/2/users/:id/");
    return "X " + (request.method().equals("GET") ? "" : request.method() + ' ') + endpoint;
  }

  /** Full-archive search has a second window, which X does not announce. */
  @Override
  public List<Quota> quotas(String key) {
    return key.endsWith("/2/tweets/search/all")
        ? List.of(new Quota(1, Duration.ofSeconds(1)))
        : List.of();
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    int status = response.status();
    List<QuotaReading> quotas = readings(response.headers(), status == 429, serverTime);
    if (status == 402) {
      return LimitSignal.exhausted(
          quotas, "no credits are left, or the spending limit is reached; see console.x.com");
    }
    if (status == 429) {
      String type = problemType(response);
      if (type != null && type.endsWith("/usage-capped")) {
        return LimitSignal.exhausted(
            quotas,
            "the cap of posts for this billing month is used up: "
                + Redaction.quote(XErrors.detail(response), request));
      }
      Duration pause =
          ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
      return LimitSignal.limited(quotas, pause, "X answered 429, too many requests");
    }
    if (status >= 500) {
      return LimitSignal.retry(
          quotas,
          ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime),
          Redaction.quote(XErrors.detail(response), request));
    }
    return LimitSignal.proceed(quotas);
  }

  /** Reads the headers; an answer that refuses leaves nothing. */
  static List<QuotaReading> readings(Headers headers, boolean refused, Instant serverTime) {
    Duration untilReset =
        ResetEncoding.EPOCH_SECONDS.untilReset(headers.first("x-rate-limit-reset"), serverTime);
    Long remaining = refused ? Long.valueOf(0) : number(headers.first("x-rate-limit-remaining"));
    if (untilReset == null || remaining == null) {
      return List.of();
    }
    return List.of(
        new QuotaReading("", number(headers.first("x-rate-limit-limit")), remaining, untilReset));
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String problemType(HttpResponse response) {
    try {
      JsonNode problem = JsonDocument.of(response).root();
      return Json.text(problem, "type");
    } catch (TransportException | IllegalArgumentException e) {
      return null; // some answers 429 are plain text
    }
  }
}
