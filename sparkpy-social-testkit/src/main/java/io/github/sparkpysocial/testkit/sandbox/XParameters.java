package io.github.sparkpysocial.testkit.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request as X does, and refuses what X refuses. */
final class XParameters {
  private final Request request;

  XParameters(Request request) {
    this.request = request;
  }

  @Nullable String text(String name) {
    return request.parameter(name);
  }

  /** Refuses what is not known. */
  void check(Set<String> known) throws XRefused {
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw XRefused.parameter(
            parameter.getKey(),
            parameter.getValue(),
            "The query parameter [" + parameter.getKey() + "] is not one of " + known);
      }
    }
  }

  /** Returns a whole number within bounds. */
  int number(String name, int absent, int least, int most) throws XRefused {
    String text = request.parameter(name);
    if (text == null) {
      return absent;
    }
    int number;
    try {
      number = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      number = least - 1;
    }
    if (number < least || number > most) {
      throw XRefused.parameter(
          name,
          text,
          "The `"
              + name
              + "` query parameter value ["
              + text
              + "] is not between "
              + least
              + " and "
              + most);
    }
    return number;
  }

  boolean flag(String name) throws XRefused {
    String text = request.parameter(name);
    if (text != null && !text.equals("true") && !text.equals("false")) {
      throw XRefused.parameter(name, text, "The `" + name + "` is true or false");
    }
    return "true".equals(text);
  }

  @Nullable Instant time(String name) throws XRefused {
    String text = request.parameter(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw XRefused.parameter(
          name,
          text,
          "The `" + name + "` query parameter value [" + text + "] is not a valid RFC3339 date");
    }
  }

  long id(String name, long absent) throws XRefused {
    String text = request.parameter(name);
    if (text == null) {
      return absent;
    }
    try {
      long id = Long.parseLong(text);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // answered below, as a negative number is
    }
    throw XRefused.parameter(
        name,
        text,
        "The `" + name + "` query parameter value [" + text + "] does not match ^[0-9]{1,19}$");
  }

  /** Returns values with commas between them, from 1 to so many, that match a pattern. */
  Set<String> listed(String name, int most, String pattern) throws XRefused {
    String text = request.parameter(name);
    List<String> values = text == null || text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    if (values.isEmpty() || values.size() > most) {
      throw XRefused.parameter(
          name, text, "The number of `" + name + "` must be from 1 to " + most);
    }
    for (String value : values) {
      if (!value.matches(pattern)) {
        throw XRefused.parameter(
            name,
            value,
            "The `" + name + "` query parameter value [" + value + "] does not match " + pattern);
      }
    }
    return new LinkedHashSet<>(values);
  }
}
