package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is in a column.
 *
 * @param name its name
 * @param type its type as SQL spells it
 * @param count how many rows have a value
 * @param missing how many rows have none
 * @param suspicious how many values cannot be right: ids that a spreadsheet or JavaScript rounded,
 *     times before 2 January 1970, as unset ones are, or in the future; {@code null} for other
 *     columns
 * @param distinct about how many different values there are, by a HyperLogLog sketch with a
 *     relative standard error of 1.6 %, on Java newer than 21 of 5 %; {@code null} for lists, maps
 *     and structs
 * @param min the smallest value as a text, or {@code null} if there is none or the type has no
 *     order
 * @param max the largest value as a text, or {@code null} likewise
 * @param mean the mean of numbers, or {@code null} for other types
 * @param minLength the length of the shortest text in characters or list in elements, or {@code
 *     null} for other types
 * @param maxLength the length of the longest, or {@code null} likewise
 * @param meanLength the mean length, or {@code null} likewise
 * @param top the most frequent values, most frequent first; texts of more than 200 characters and
 *     lists are not counted. Exact with up to 750 different values; beyond, frequent values are
 *     found and their counts are estimates. Empty on Java newer than 21, for which Spark 4.1's
 *     sketches are not made
 */
public record ColumnProfile(
    String name,
    String type,
    long count,
    long missing,
    @Nullable Long suspicious,
    @Nullable Long distinct,
    @Nullable String min,
    @Nullable String max,
    @Nullable Double mean,
    @Nullable Long minLength,
    @Nullable Long maxLength,
    @Nullable Double meanLength,
    List<ValueCount> top)
    implements Serializable {
  public ColumnProfile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    top = List.copyOf(top);
  }

  /** Shows counts and no value, which may be the text of a post. */
  @Override
  public String toString() {
    return "ColumnProfile[name="
        + name
        + ", type="
        + type
        + ", count="
        + count
        + ", missing="
        + missing
        + ", distinct="
        + distinct
        + "]";
  }
}
