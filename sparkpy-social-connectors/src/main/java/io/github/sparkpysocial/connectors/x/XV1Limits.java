package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
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
import java.util.Set;

/**
 * How API v1.1 counts: per path and credential, in the same headers as v2. A limit is status 429
 * with code 88, or 420, which X used for "enhance your calm" (<a
 * href="https://developer.x.com/en/support/x-api/error-troubleshooting">codes</a>).
 */
final class XV1Limits implements LimitDialect {
  static final XV1Limits INSTANCE = new XV1Limits();

  private static final int RATE_LIMIT = 88;

  /** Over capacity, and internal error. */
  private static final Set<Integer> PASSING = Set.of(130, 131);

  private XV1Limits() {}

  @Override
  public String key(HttpRequest request) {
    return "X " + request.uri().getPath();
  }

  @Override
  public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
    int status = response.status();
    int code = response.isSuccess() ? 0 : code(response);
    boolean limited = status == 429 || status == 420 || code == RATE_LIMIT;
    List<QuotaReading> quotas = XLimits.readings(response.headers(), limited, serverTime);
    Duration pause = ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime);
    if (limited) {
      return LimitSignal.limited(quotas, pause, "X answered " + status + ", code " + code);
    }
    if (status >= 500 || PASSING.contains(code)) {
      return LimitSignal.retry(quotas, pause, Redaction.quote(XErrors.detail(response), request));
    }
    return LimitSignal.proceed(quotas);
  }

  /** Returns the code of the first error, or 0 if there is none. */
  static int code(HttpResponse response) {
    try {
      JsonNode body = JsonDocument.of(response).root();
      return body.path("errors").path(0).path("code").asInt(0);
    } catch (TransportException e) {
      return 0; // some answers are plain text
    }
  }
}
