package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;

/**
 * The most frequent values of a column.
 *
 * @param column the column
 * @param values most frequent first; of equally frequent ones the smaller first
 * @param query the SQL that was run, over a view {@code records}
 * @param plans what Spark made of it
 */
public record TopValues(String column, List<ValueCount> values, String query, Plans plans)
    implements Serializable {
  public TopValues {
    values = List.copyOf(values);
  }
}
