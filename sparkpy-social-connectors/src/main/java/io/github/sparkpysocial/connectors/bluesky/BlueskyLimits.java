package io.github.sparkpysocial.connectors.bluesky;

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
 * How Bluesky counts: 3,000 requests in 5 minutes for each address, told in {@code
 * ratelimit-limit}, {@code -remaining} and {@code -reset} (seconds since 1970), and 30 logins in 5
 * minutes and 300 a day for each account (<a
 * href="https://docs.bsky.app/docs/advanced-guides/rate-limits">rate limits</a>).
 */
final class BlueskyLimits implements LimitDialect {
  static final BlueskyLimits INSTANCE = new BlueskyLimits();
  private static final String LOGINS = "Bluesky logins";

  private BlueskyLimits() {}

  @Override
  public String key(HttpRequest request) {
    return request.uri().getPath().endsWith(".createSession")
        ? LOGINS
        : "Bluesky " + request.uri().getAuthority();
  }

  @Override
  public List<Quota> quotas(String key) {
    return key.equals(LOGINS)
        ? List.of(new Quota(30, Duration.ofMinutes(5)), new Quota(300, Duration.ofDays(1)))
        : List.of();
  }

  @Override
  public boolean isRepeatable(HttpRequest request) {
    return true; // what is posted is a login or its renewal
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    int status = response.status();
    List<QuotaReading> quotas = readings(response.headers(), status == 429, serverTime);
    Duration retryAfter =
        ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
    if (status == 429) {
      return LimitSignal.limited(quotas, retryAfter, "Bluesky answered 429, too many requests");
    }
    if (status >= 500) {
      return LimitSignal.retry(
          quotas, retryAfter, Redaction.quote(BlueskyErrors.said(response), request));
    }
    return LimitSignal.proceed(quotas);
  }

  private static List<QuotaReading> readings(Headers headers, boolean refused, Instant serverTime) {
    Duration untilReset =
        ResetEncoding.EPOCH_SECONDS.untilReset(headers.first("ratelimit-reset"), serverTime);
    Long remaining = refused ? Long.valueOf(0) : number(headers.first("ratelimit-remaining"));
    return untilReset == null || remaining == null
        ? List.of()
        : List.of(
            new QuotaReading("", number(headers.first("ratelimit-limit")), remaining, untilReset));
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
