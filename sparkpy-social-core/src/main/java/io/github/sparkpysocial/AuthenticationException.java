package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/** The network refused the credentials, or there are none. Never thrown for a rate limit. */
public class AuthenticationException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  public AuthenticationException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  public AuthenticationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
