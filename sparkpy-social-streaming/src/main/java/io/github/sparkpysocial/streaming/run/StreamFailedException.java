package io.github.sparkpysocial.streaming.run;

import io.github.sparkpysocial.SocialException;
import org.jspecify.annotations.Nullable;

/** A query has failed for good: starting it again does not help, or was done too often. */
public final class StreamFailedException extends SocialException {
  private static final long serialVersionUID = 1L;

  private final int restarts;

  StreamFailedException(String message, int restarts, @Nullable Throwable cause) {
    super(message, cause);
    this.restarts = restarts;
  }

  /** Returns how often the query was started again before. */
  public int restarts() {
    return restarts;
  }
}
