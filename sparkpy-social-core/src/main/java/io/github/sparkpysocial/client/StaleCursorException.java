package io.github.sparkpysocial.client;

import io.github.sparkpysocial.InvalidQueryException;
import org.jspecify.annotations.Nullable;

/**
 * The network no longer takes a cursor that it gave, or it belongs to another listing. The listing
 * can be asked again without it.
 */
public final class StaleCursorException extends InvalidQueryException {
  private static final long serialVersionUID = 1L;

  /** Says which listing, never a secret. */
  public StaleCursorException(String message) {
    super(message);
  }

  /** Says which listing, and keeps the cause. */
  public StaleCursorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
