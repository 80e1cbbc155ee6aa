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
   * Returns how far a refusal reaches. Default: the quota that the request counts against. Called
   * for answers that {@link #read} calls limited.
   */
  default LimitReach reach(HttpRequest request, HttpResponse response) {
    return LimitReach.KEY;
  }

  /** Returns whether an answer refuses the credential itself. Default: status 401. */
  default boolean isCredentialRefused(HttpResponse response) {
    return response.status() == 401;
  }

  /**
   * Returns whether a successful answer is all there. One that is not is asked for again, as after
   * a broken connection. Default: whether JSON, where the answer says that it is JSON, ends where
   * it should; nothing is said of what is in it.
   */
  default boolean isWhole(HttpResponse response) {
    return WholeJson.isWhole(response);
  }

  /**
   * Reads what an answer means.
   *
   * @param serverTime the server's clock when it answered: its {@code Date} header, or the local
   *     clock if it sent none
   */
  LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime);
}
