package io.github.sparkpysocial.samples.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * The largest counts of the last windows, kept up to date from what each batch changed. A count
 * only grows, so that what is not among the largest changes of a batch cannot have come among the
 * largest by it. Thread-safe.
 */
final class TopCounts {
  private static final int WINDOWS = 20;

  private final Console console;
  private final int top;
  private final TreeMap<Instant, Map<String, Long>> windows = new TreeMap<>();

  TopCounts(Console console, int top) {
    this.console = console;
    this.top = top;
  }

  /** Takes the counts that a batch changed. */
  void take(Dataset<Row> counts) {
    List<Row> largest =
        counts
            .withColumn(
                "rank",
                row_number()
                    .over(
                        Window.partitionBy("window_start")
                            .orderBy(col("posts").desc(), col("value"))))
            .where(col("rank").leq(top))
            .orderBy(col("window_start").desc(), col("rank"))
            .limit(top * WINDOWS)
            .collectAsList();
    synchronized (this) {
      for (Row row : largest) {
        windows
            .computeIfAbsent(
                row.<java.sql.Timestamp>getAs("window_start").toInstant(),
                start -> new LinkedHashMap<>())
            .put(row.getAs("value"), row.getAs("posts"));
      }
      while (windows.size() > WINDOWS) {
        windows.pollFirstEntry();
      }
      windows.replaceAll((start, values) -> largest(values));
    }
  }

  private Map<String, Long> largest(Map<String, Long> values) {
    Map<String, Long> kept = new LinkedHashMap<>();
    values.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Long> one) -> -one.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(top)
        .forEach(one -> kept.put(one.getKey(), one.getValue()));
    return kept;
  }

  /** Returns the last windows, oldest first. */
  synchronized List<Map<String, Object>> windows() {
    List<Map<String, Object>> list = new ArrayList<>();
    windows.forEach(
        (start, values) -> {
          Map<String, Object> window = new LinkedHashMap<>();
          window.put("start", start.toString());
          window.put("top", values);
          list.add(window);
        });
    return list;
  }

  /** Shows the last windows to people. */
  synchronized void say() {
    windows.forEach(
        (start, values) -> {
          console.say(start.toString());
          values.forEach(
              (value, posts) -> console.say(String.format(Locale.ROOT, "%,10d  %s", posts, value)));
        });
  }
}
