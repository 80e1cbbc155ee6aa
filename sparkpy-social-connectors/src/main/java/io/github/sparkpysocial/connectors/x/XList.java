package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of ids or names that is asked for in parts; its cursor is a position in the list. */
final class XList {
  private XList() {}

  /**
   * Reads the values of a parameter, each once.
   *
   * @param pattern what each has to match
   * @param what what they are, for the message
   * @throws IllegalArgumentException if there are none, or one does not match
   */
  static List<String> parameter(PlaceUri uri, String name, String pattern, String what) {
    String given = uri.parameter(name);
    List<String> values =
        given == null
            ? List.of()
            : List.copyOf(new LinkedHashSet<>(List.of(given.strip().split("\\s*,\\s*"))));
    if (values.isEmpty() || !values.stream().allMatch(value -> value.matches(pattern))) {
      throw new IllegalArgumentException(
          "The " + name + " in " + uri + " are " + what + " with commas between them");
    }
    return values;
  }

  /** A part of the list. */
  static final class Part {
    private final List<String> all;
    private final int from;
    private final int to;

    private Part(List<String> all, int from, int to) {
      this.all = all;
      this.from = from;
      this.to = to;
    }

    int size() {
      return to - from;
    }

    /** Returns the first so many of the part. */
    List<String> first(int count) {
      return all.subList(from, Math.min(to, from + count));
    }

    /** Returns the cursor after so many of the part, or {@code null} at the end of the list. */
    @Nullable String cursorAfter(int count) {
      return from + count < all.size() ? Integer.toString(from + count) : null;
    }
  }

  /** Returns the part that a request asks for. */
  static Part part(List<String> all, PageRequest request, int most, PlaceUri uri) {
    String cursor = request.cursor();
    int from = 0;
    if (cursor != null) {
      if (!cursor.matches("\\d{1,9}") || Integer.parseInt(cursor) >= all.size()) {
        throw new StaleCursorException("The cursor does not belong to the list of " + uri);
      }
      from = Integer.parseInt(cursor);
    }
    return new Part(all, from, Math.min(all.size(), from + most));
  }
}
