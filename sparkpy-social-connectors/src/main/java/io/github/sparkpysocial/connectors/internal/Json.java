package io.github.sparkpysocial.connectors.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.sparkpysocial.spi.UtcTimes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of JSON objects. A field that is absent or {@code null} is {@code null}; one of the
 * wrong type is an {@link IllegalArgumentException} that names the field and never its value.
 */
public final class Json {
  private Json() {}

  /** Returns the field, or {@code null} if it is absent or null. */
  public static @Nullable JsonNode field(JsonNode object, String name) {
    JsonNode value = object.get(name);
    return value == null || value instanceof NullNode ? null : value; // isNull() is a virtual call
  }

  /** Returns a text; numbers and truth values are spelled out. */
  public static @Nullable String text(JsonNode object, String name) {
    JsonNode value = field(object, name);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode()) {
      throw new IllegalArgumentException("The field '" + name + "' is not a text");
    }
    return value.asText();
  }

  /** Returns a text that has to be there and not be empty. */
  public static String required(JsonNode object, String name) {
    String value = text(object, name);
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException("The field '" + name + "' is missing");
    }
    return value;
  }

  /** Returns a text that is not empty, or {@code null}. */
  public static @Nullable String nonEmpty(JsonNode object, String name) {
    String value = text(object, name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Returns a whole number. */
  public static @Nullable Long number(JsonNode object, String name) {
    JsonNode value = field(object, name);
    if (value == null) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("The field '" + name + "' is not a whole number");
    }
    return value.longValue();
  }

  /** Returns a truth value. */
  public static @Nullable Boolean flag(JsonNode object, String name) {
    JsonNode value = field(object, name);
    if (value == null) {
      return null;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException("The field '" + name + "' is not true or false");
    }
    return value.booleanValue();
  }

  /** Returns an ISO-8601 time with an offset. */
  public static @Nullable Instant time(JsonNode object, String name) {
    String value = nonEmpty(object, name);
    if (value == null) {
      return null;
    }
    Instant usual = UtcTimes.parse(value);
    if (usual != null) {
      return usual;
    }
    try {
      return OffsetDateTime.parse(value).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The field '" + name + "' is not an ISO-8601 time with an offset", e);
    }
  }
}
