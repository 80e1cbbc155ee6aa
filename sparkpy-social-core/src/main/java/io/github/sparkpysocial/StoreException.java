package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/** A store could not be opened, read or written. */
public class StoreException extends SocialException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  public StoreException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
