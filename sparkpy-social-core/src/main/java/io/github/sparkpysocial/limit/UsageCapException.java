package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.SocialException;

/**
 * A cap on what may be read or spent is reached. Unlike a rate limit it does not pass by itself
 * within a sensible time, so it is neither waited for nor retried.
 */
public final class UsageCapException extends SocialException {
  private static final long serialVersionUID = 1L;

  UsageCapException(String message) {
    super(message);
  }
}
