package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.RetriableException;

/** A limit is reached, and waiting for it is not wanted or would take too long. */
public final class RateLimitExceededException extends RetriableException {
  private static final long serialVersionUID = 1L;

  private final RateLimit rateLimit;

  RateLimitExceededException(String message, RateLimit rateLimit) {
    super(message);
    this.rateLimit = rateLimit;
  }

  /** Returns what is known of the limit. */
  public RateLimit rateLimit() {
    return rateLimit;
  }
}
