package io.github.sparkpysocial.connectors.mastodon;

import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.LimitDialect;
import io.github.sparkpysocial.limit.LimitSignal;
import io.github.sparkpysocial.limit.QuotaReading;
import io.github.sparkpysocial.limit.ResetEncoding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an instance counts: 300 requests in 5 minutes for each account and each address, if it does
 * not set other limits, told in {@code X-RateLimit-Limit}, {@code -Remaining} and {@code -Reset},
 * an ISO-8601 time; of several limits the headers tell the nearest (<a
 * href="https://docs.joinmastodon.org/api/rate-limits/">rate limits</a>).
 */
final class MastodonLimits implements LimitDialect {
  static final MastodonLimits INSTANCE = new MastodonLimits();

  private MastodonLimits() {}

  @Override
  public String key(HttpRequest request) {
    return "Mastodon " + request.uri().getAuthority();
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    int status = response.status();
    List<QuotaReading> quotas = readings(response.headers(), status == 429, serverTime);
    Duration retryAfter =
        ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
    if (status == 429) {
      return LimitSignal.limited(quotas, retryAfter, "Mastodon answered 429, too many requests");
    }
    if (status >= 500) {
      return LimitSignal.retry(
          quotas, retryAfter, Redaction.quote(MastodonErrors.message(response), request));
    }
    return LimitSignal.proceed(quotas);
  }

  private static List<QuotaReading> readings(Headers headers, boolean refused, Instant serverTime) {
    Duration untilReset =
        ResetEncoding.ISO_8601.untilReset(headers.first("X-RateLimit-Reset"), serverTime);
    Long remaining = refused ? Long.valueOf(0) : number(headers.first("X-RateLimit-Remaining"));
    return untilReset == null || remaining == null
        ? List.of()
        : List.of(
            new QuotaReading(
                "", number(headers.first("X-RateLimit-Limit")), remaining, untilReset));
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
