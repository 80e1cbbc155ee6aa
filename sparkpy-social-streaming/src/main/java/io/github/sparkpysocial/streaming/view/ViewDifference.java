package io.github.sparkpysocial.streaming.view;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How two versions of a view differ.
 *
 * @param same how many rows are in both, and equal
 * @param onlyServed how many keys only the served version has
 * @param onlyNew how many keys only the other version has
 * @param changed how many keys have other values
 * @param examples some of the differences, fit for people: at most 20
 */
public record ViewDifference(
    long same, long onlyServed, long onlyNew, long changed, List<String> examples) {
  private static final int MOST_EXAMPLES = 20;

  /** Copies the examples. */
  public ViewDifference {
    examples = List.copyOf(examples);
  }

  /** Returns whether there is none. */
  public boolean isNone() {
    return onlyServed == 0 && onlyNew == 0 && changed == 0;
  }

  static ViewDifference of(Dataset<Row> served, Dataset<Row> fresh, List<String> key) {
    List<String> columns = new ArrayList<>(Arrays.asList(served.columns()));
    columns.retainAll(Arrays.asList(fresh.columns()));
    Column[] both = columns.stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> one = served.select(both).withColumn("__in", lit(true)).alias("served");
    Dataset<Row> other = fresh.select(both).withColumn("__in", lit(true)).alias("fresh");
    Column sameKey =
        key.stream()
            .map(name -> col("served." + name).eqNullSafe(col("fresh." + name)))
            .reduce(Column::and)
            .orElseThrow();
    Column sameRow =
        columns.stream()
            .map(name -> col("served." + name).eqNullSafe(col("fresh." + name)))
            .reduce(Column::and)
            .orElseThrow();
    Column what =
        org.apache
            .spark
            .sql
            .functions
            .when(col("fresh.__in").isNull(), "only served")
            .when(col("served.__in").isNull(), "only new")
            .when(sameRow, "same")
            .otherwise("changed");
    Dataset<Row> joined = one.join(other, sameKey, "full_outer").withColumn("__what", what);
    long[] counts = new long[4];
    List<String> kinds = List.of("same", "only served", "only new", "changed");
    for (Row row : joined.groupBy("__what").count().collectAsList()) {
      counts[kinds.indexOf(row.getString(0))] = row.getLong(1);
    }
    List<String> examples =
        joined
            .where(col("__what").notEqual("same"))
            .selectExpr("__what", "to_json(struct(served.*))", "to_json(struct(fresh.*))")
            .limit(MOST_EXAMPLES)
            .collectAsList()
            .stream()
            .map(ViewDifference::example)
            .toList();
    return new ViewDifference(counts[0], counts[1], counts[2], counts[3], examples);
  }

  private static String example(Row row) {
    String served = row.getString(1).replaceFirst(",?\"__in\":true", "");
    String fresh = row.getString(2).replaceFirst(",?\"__in\":true", "");
    return switch (row.getString(0)) {
      case "only served" -> "only served: " + served;
      case "only new" -> "only new: " + fresh;
      default -> "served " + served + ", new " + fresh;
    };
  }

  @Override
  public String toString() {
    return same
        + " rows are the same, "
        + changed
        + " differ, "
        + onlyServed
        + " are only in the served version, "
        + onlyNew
        + " only in the new one"
        + (examples.isEmpty() ? "" : ":\n  " + String.join("\n  ", examples));
  }
}
