package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.model.RecordKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions in SQL about the views of a place. Only answers of bounded size are asked
 * for; the records stay with Spark.
 */
final class Answers {
  private final SparkSession spark;
  private final Map<String, Map<String, Long>> counts = new LinkedHashMap<>();

  /** Counts the records of the view {@code records}; the other views must be there, too. */
  Answers(SparkSession spark) {
    this.spark = spark;
    rows("SELECT network, record, count(*) FROM records GROUP BY 1, 2 ORDER BY 1, 2")
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString(0), network -> new LinkedHashMap<>())
                    .put(row.getString(1), row.getLong(2)));
  }

  /** Returns how many records there are, by network and the wire name of their kind. */
  Map<String, Map<String, Long>> counts() {
    return counts;
  }

  /** Returns how many records of this kind there are on all networks. */
  long count(RecordKind kind) {
    return counts.values().stream()
        .mapToLong(kinds -> kinds.getOrDefault(kind.wireName(), 0L))
        .sum();
  }

  boolean has(RecordKind kind) {
    return count(kind) > 0;
  }

  Dataset<Row> posts() {
    return spark.table("posts");
  }

  List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  static @Nullable String text(Row row, int column) {
    return row.isNullAt(column) ? null : row.getString(column);
  }

  static @Nullable Instant instant(Row row, int column) {
    return row.isNullAt(column) ? null : row.getTimestamp(column).toInstant();
  }
}
