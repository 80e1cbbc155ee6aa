package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.store.ListColumns;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the texts of foreign fields as values of the type that the schema declares. */
final class ForeignValues {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,25}(\\.\\d{0,25})?|\\.\\d{1,25})([eE][+-]?\\d{1,3})?");

  private ForeignValues() {}

  /**
   * Reads a text that is not blank.
   *
   * @throws IllegalArgumentException if it is no such value; the message follows the field's name
   *     and holds no content
   */
  static @Nullable Object parse(String text, Column column) {
    return switch (column.type()) {
      case STRING -> text;
      case LONG -> whole(text.strip());
      case DOUBLE -> real(text.strip()).doubleValue();
      case BOOLEAN -> flag(text.strip().toLowerCase(Locale.ROOT));
      case TIMESTAMP -> {
        Object time = Times.parse(text);
        if (time == null) {
          throw new IllegalArgumentException("must be a time such as 2026-11-01T12:00:00Z");
        }
        yield time;
      }
      case STRING_LIST, STRUCT_LIST -> list(text, column);
    };
  }

  /** Tools that know no whole numbers beside missing ones write them as {@code 5.0}. */
  private static Long whole(String text) {
    try {
      return real(text).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("must be a whole number of at most 64 bits", e);
    }
  }

  private static BigDecimal real(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException("must be a number");
    }
    return new BigDecimal(text);
  }

  private static Boolean flag(String text) {
    return switch (text) {
      case "true", "t", "yes", "y", "1" -> true;
      case "false", "f", "no", "n", "0" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static @Nullable Object list(String text, Column column) {
    try {
      return ListColumns.fromJson(text, column);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a JSON array as the schema has it", e);
    }
  }
}
