package io.github.sparkpysocial;

import org.jspecify.annotations.Nullable;

/**
 * A request did not get a usable answer: the server is down, unreachable, too slow, or failed
 * itself.
 */
public class TransportException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /** Says what failed and what to do; never a secret, never the text of a post. */
  public TransportException(String message) {
    super(message);
  }

  /** Says what failed and what to do, and keeps the cause. */
  public TransportException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
