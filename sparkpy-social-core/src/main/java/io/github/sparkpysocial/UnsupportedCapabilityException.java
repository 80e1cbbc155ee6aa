package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/** The store or client does not do this, and says so in its capabilities. */
public class UnsupportedCapabilityException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  public UnsupportedCapabilityException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  public UnsupportedCapabilityException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
