package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/** An error after which the same call may succeed later. */
public abstract class RetriableException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  protected RetriableException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  protected RetriableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
