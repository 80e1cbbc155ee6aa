package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * What is in a frame.
 *
 * @param rows how many rows it has
 * @param setAside how many items of the place could not be read; 0 for a frame of other origin
 * @param repeated how many items of the place were superseded by a newer version; 0 likewise
 * @param columns one profile for each column, in order
 * @param query the SQL that was run, over a view {@code records}
 * @param plans what Spark made of it
 */
public record Profile(
    long rows, long setAside, long repeated, List<ColumnProfile> columns, String query, Plans plans)
    implements Serializable {
  public Profile {
    columns = List.copyOf(columns);
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(plans, "plans");
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
