package io.github.sparkpysocial.store;

import org.jspecify.annotations.Nullable;

/** An item of a file cannot be read; it goes to the quarantine, and the reading goes on. */
final class BadItemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  /**
   * Says what is wrong, without the content.
   *
   * @param field the field or column that is wrong, or {@code null} if the whole is
   */
  BadItemException(@Nullable String field, String reason) {
    super(reason, null, false, false);
    this.field = field;
  }

  @Nullable String field() {
    return field;
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
