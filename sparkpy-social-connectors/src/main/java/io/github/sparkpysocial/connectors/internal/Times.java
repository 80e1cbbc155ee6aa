package io.github.sparkpysocial.connectors.internal;

import io.github.sparkpysocial.place.PlaceUri;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads times in the parameters of places. */
public final class Times {
  private Times() {}

  /**
   * Returns a parameter that is a day, which begins at midnight UTC, or a time with an offset.
   *
   * @return {@code null} if the parameter is not there
   * @throws IllegalArgumentException if it is neither
   */
  public static @Nullable Instant parameter(PlaceUri uri, String name) {
    String value = uri.parameter(name);
    if (value == null) {
      return null;
    }
    try {
      return value.length() == 10
          ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The parameter '"
              + name
              + "' in "
              + uri
              + " is a day such as 2026-11-16 or a time such as 2026-11-16T12:00:00Z",
          e);
    }
  }
}
