package io.github.sparkpysocial.live;

import io.github.sparkpysocial.SocialException;

/** A live stream has ended for good: connecting again does not help. */
public final class LiveEndedException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Says what the server said and what to do, and keeps the cause. */
  public LiveEndedException(String message, Throwable cause) {
    super(message, cause);
  }
}
