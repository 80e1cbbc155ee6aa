package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;

/**
 * What is in a frame.
 *
 * @param rows how many rows it has
 * @param columns one profile for each column, in order
 * @param query the SQL that was run, over a view {@code records}
 * @param plan what Spark made of it
 */
public record Profile(long rows, List<ColumnProfile> columns, String query, String plan)
    implements Serializable {
  public Profile {
    columns = List.copyOf(columns);
  }

  /**
   * Returns the profile of a column.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public ColumnProfile column(String name) {
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No column '"
                        + name
                        + "'; the columns are "
                        + String.join(", ", columns.stream().map(ColumnProfile::name).toList())));
  }
}
