package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a database cannot keep a row.
 *
 * @param field the column, or {@code null} if it is the whole row
 */
record Refusal(@Nullable String field, String reason) {
  static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");
  static final Instant LAST_TIME = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /** Refuses times that not every database can tell. */
  static @Nullable Refusal ofTimes(Row row) {
    @Nullable Object[] values = row.values();
    for (int i = 2; i < values.length; i++) {
      if (values[i] instanceof Instant time
          && (time.isBefore(FIRST_TIME) || time.isAfter(LAST_TIME))) {
        return new Refusal(field(row, i), "is a time outside of the years 1 to 9999");
      }
    }
    return null;
  }

  /** Refuses texts with a NUL character. */
  static @Nullable Refusal ofNul(Row row, String product) {
    @Nullable Object[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof String text && text.indexOf('\0') >= 0) {
        return new Refusal(
            field(row, i), "has the character NUL, which " + product + " cannot keep in a text");
      }
    }
    return null;
  }

  /** Refuses texts of more characters than a column takes. */
  static @Nullable Refusal ofLength(Row row, int max, String product) {
    @Nullable Object[] values = row.values();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof String text && text.length() > max) {
        return new Refusal(
            field(row, i),
            "is longer than the " + max + " characters that " + product + " takes in a column");
      }
    }
    return null;
  }

  /** Refuses keys of more bytes than the primary key takes. */
  static @Nullable Refusal ofKey(Row row, int maxBytes, String product) {
    String key = row.key();
    boolean tooLong =
        3L * key.length() > maxBytes && key.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    return tooLong
        ? new Refusal(
            "id",
            "makes a key longer than the " + maxBytes + " bytes that " + product + " can index")
        : null;
  }

  /** Refuses rows of more bytes than one request may have. */
  static @Nullable Refusal ofSize(Row row, long maxBytes, String product) {
    long bytes = 0;
    for (Object value : row.values()) {
      bytes += value instanceof String text ? text.getBytes(StandardCharsets.UTF_8).length : 8;
    }
    return bytes > maxBytes
        ? new Refusal(
            null, "is larger than the " + maxBytes + " bytes that " + product + " takes at once")
        : null;
  }

  private static String field(Row row, int index) {
    return index < 2 ? "id" : RecordSchema.of(row.kind()).columns().get(index - 2).name();
  }
}
