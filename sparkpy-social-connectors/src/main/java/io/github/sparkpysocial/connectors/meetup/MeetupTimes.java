package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads Meetup's spellings of a time: {@code 2019-09-21T09:00:00+01:00}, without seconds, with a
 * zone in brackets, or milliseconds since 1970.
 */
final class MeetupTimes {
  private MeetupTimes() {}

  /**
   * Reads a time.
   *
   * @throws DateTimeException if it is spelled in no known way
   */
  static Instant parse(String text) {
    if (text.matches("-?\\d{1,15}")) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    return text.endsWith("]")
        ? ZonedDateTime.parse(text).toInstant()
        : OffsetDateTime.parse(text).toInstant();
  }

  /** Returns the time in a field, or {@code null} if there is none. */
  static @Nullable Instant field(JsonNode object, String name) {
    String text = Json.nonEmpty(object, name);
    if (text == null) {
      return null;
    }
    try {
      return parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The field '" + name + "' is not a time", e);
    }
  }
}
