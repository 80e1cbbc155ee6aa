package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/**
 * Anything that goes wrong outside the caller's control: a network, a store, a limit. The one
 * exception to catch.
 */
public abstract class SocialException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  protected SocialException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  protected SocialException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
