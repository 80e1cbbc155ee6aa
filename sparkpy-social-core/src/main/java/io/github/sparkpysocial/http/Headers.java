package io.github.sparkpysocial.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request or an answer. Names are compared without regard to case, as RFC
 * 9110 section 5.1 says. Immutable; {@link #toString()} hides credentials.
 */
public final class Headers {

  /** No header at all. */
  public static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

  private final Map<String, List<String>> byName;

  private Headers(Map<String, List<String>> byName) {
    this.byName = byName;
  }

  /**
   * Returns headers with these values; names that differ only in case are one.
   *
   * @throws IllegalArgumentException if a name is empty, or a name or value holds a line break or
   *     another control character; the message never holds the value
   */
  public static Headers of(Map<String, ? extends Collection<String>> values) {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    values.forEach(
        (name, all) -> {
          List<String> list = new ArrayList<>(copy.getOrDefault(name, List.of()));
          all.forEach(value -> list.add(check(name, value)));
          copy.put(name, List.copyOf(list));
        });
    return new Headers(copy);
  }

  /**
   * Returns a copy in which this header has this one value.
   *
   * @throws IllegalArgumentException if the name is empty, or one of both holds a control
   *     character; the message never holds the value
   */
  public Headers with(String name, String value) {
    Map<String, List<String>> copy = copy();
    copy.put(name, List.of(check(name, value)));
    return new Headers(copy);
  }

  /** Returns a copy without this header. */
  public Headers without(String name) {
    Map<String, List<String>> copy = copy();
    copy.remove(name);
    return new Headers(copy);
  }

  /** Returns the first value of this header, or {@code null} if it is not there. */
  public @Nullable String first(String name) {
    List<String> values = byName.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /** Returns all values of this header, empty if it is not there. */
  public List<String> all(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Returns all headers, ordered by name; look-ups in the map ignore case, too. */
  public Map<String, List<String>> asMap() {
    return Collections.unmodifiableMap(byName);
  }

  private Map<String, List<String>> copy() {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(byName);
    return copy;
  }

  private static String check(String name, String value) {
    Objects.requireNonNull(value, "value");
    if (name.isEmpty() || hasControl(name)) {
      throw new IllegalArgumentException(
          "The name of a header is empty or has a control character");
    }
    if (hasControl(value)) {
      throw new IllegalArgumentException(
          "The value of header '"
              + name
              + "' has a line break or another control character; if it is a token, look for a"
              + " trailing newline in its file or variable");
    }
    return value;
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 127);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers that && byName.equals(that.byName);
  }

  @Override
  public int hashCode() {
    return byName.keySet().stream()
        .mapToInt(name -> name.toLowerCase(Locale.ROOT).hashCode())
        .sum();
  }

  /** Returns names and values; those of credentials and cookies are asterisks. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    byName.forEach(
        (name, values) ->
            values.forEach(value -> text.add(name + ": " + Redaction.header(name, value))));
    return text.toString();
  }
}
