package io.github.sparkpysocial.testkit.equivalence;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** How a row is told from others, as text. */
final class Keys {
  private Keys() {}

  static String of(Row row, List<String> key) {
    return key.stream()
        .map(column -> column + "=" + row.get(row.fieldIndex(column)))
        .collect(Collectors.joining(", "));
  }
}
