package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import java.time.Instant;
import java.util.List;

/** How one network counts requests and announces its limits. Implementations are thread-safe. */
public interface LimitDialect {

  /** Returns the quota that a request counts against, fit for messages. */
  String key(HttpRequest request);

  /** Returns how much of the quota a request takes, at least 1. */
  default int cost(HttpRequest request) {
    return 1;
  }

  /**
   * Returns the quotas that are known before any answer and that the server does not announce, or
   * not well enough. All of them are kept.
   */
  default List<Quota> quotas(String key) {
    return List.of();
  }

  /** Returns whether a request may be sent again when it is unknown whether it arrived. */
  default boolean isRepeatable(HttpRequest request) {
    return request.isSafe();
  }

  /**
   * Reads what an answer means.
   *
   * @param serverTime the server's clock when it answered: its {@code Date} header, or the local
   *     clock if it sent none
   */
  LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime);
}
