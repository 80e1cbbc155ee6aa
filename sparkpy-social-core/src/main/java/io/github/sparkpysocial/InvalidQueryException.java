package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/** The network refused the query as it is; asking again will not help. */
public class InvalidQueryException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  public InvalidQueryException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  public InvalidQueryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
