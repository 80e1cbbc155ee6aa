package io.github.sparkpysocial.streaming.view;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A view in two parts: of the past, up to a cut-over, what a batch computed of all records; since,
 * what a stream computes. Both use one function. Each {@link #rebuild} moves the cut-over on, puts
 * right what came too late for the stream, and lets the stream's rows before it go.
 *
 * <pre>{@code
 * LambdaView trends = LambdaView.open(spark, directory, view, "window_start");
 * StreamingQuery speed = trends.follow(live, Trigger.ProcessingTime("10 seconds"));
 * trends.rebuild(archive, Instant.parse("2026-11-01T00:00:00Z")); // each night
 * List<Row> rows = trends.find(Map.of("value", "spark"), from, to);
 * trends.served().createOrReplaceTempView("trends"); // for SQL
 * }</pre>
 *
 * <p>The directory must be one that all executors see under this path. Thread-safe, for one process
 * that writes.
 */
public final class LambdaView {
  private final SparkSession spark;
  private final Path directory;
  private final View view;
  private final String time;
  private final ViewTable speed;

  private LambdaView(SparkSession spark, Path directory, View view, String time) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.directory = directory.toAbsolutePath();
    this.view = Objects.requireNonNull(view, "view");
    this.time = Objects.requireNonNull(time, "time");
    this.speed = new ViewTable(spark, this.directory.resolve("speed"), view.key());
  }

  /**
   * Opens a view, or makes one.
   *
   * @param time the column of the view, a timestamp, that tells on which side of the cut-over a row
   *     is, such as {@code window_start}
   * @throws StoreException if the directory cannot be made
   */
  public static LambdaView open(SparkSession spark, Path directory, View view, String time) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be made: " + e, e);
    }
    return new LambdaView(spark, directory, view, time);
  }

  /** Starts the stream; it goes on where the one before it stopped. */
  public StreamingQuery follow(Dataset<Row> live, Trigger trigger) throws TimeoutException {
    return view.function()
        .apply(live)
        .writeStream()
        .outputMode("update")
        .trigger(trigger)
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .foreachBatch(
            (batch, id) -> {
              speed.put(batch, id, this::sinceCutOver);
            })
        .start();
  }

  /**
   * Computes the past anew and serves it at once when it is done; until then the one before it is
   * served.
   *
   * @param records all records, as a batch
   * @param cutOver up to when the batch counts, exclusive, by the column {@code time}. Take a time
   *     that is the beginning of a window, and that the stream's watermark has passed: whatever may
   *     still come for a row before it is seen by the next batch only
   * @throws IllegalArgumentException if it goes back behind the present cut-over, whose rows the
   *     stream may have let go
   */
  public synchronized void rebuild(Dataset<Row> records, Instant cutOver) {
    Served before = Served.read(directory);
    if (before != null && before.until() != null && cutOver.isBefore(before.until())) {
      throw new IllegalArgumentException(
          "The cut-over is at " + before.until() + " and cannot go back to " + cutOver);
    }
    String version = before == null ? "1" : Long.toString(Long.parseLong(before.version()) + 1);
    batch(version).replace(view.function().apply(records).where(col(time).lt(lit(cutOver))));
    new Served(version, cutOver).write(directory);
    if (before != null) {
      forget(Long.parseLong(before.version()) - 1); // the last one may still be read
    }
  }

  private ViewTable batch(String version) {
    return new ViewTable(spark, directory.resolve("batch-" + version), view.key());
  }

  private void forget(long version) {
    try {
      ViewTable.delete(directory.resolve("batch-" + version));
    } catch (IOException e) {
      throw new StoreException("An old part of the view in " + directory + " stays: " + e, e);
    }
  }

  private Dataset<Row> sinceCutOver(Dataset<Row> rows) {
    Instant until = cutOver();
    return until == null ? rows : rows.where(col(time).geq(lit(until)));
  }

  /** Returns up to when the batch counts, or {@code null} if there was none yet. */
  public @Nullable Instant cutOver() {
    Served served = Served.read(directory);
    return served == null ? null : served.until();
  }

  /**
   * Returns the rows as they are now: those before the cut-over from the batch, the others from the
   * stream. What is read from it does not change with the next batch; ask again for that.
   *
   * @throws StoreException if neither has written any
   */
  public Dataset<Row> served() {
    Served now = Served.read(directory);
    Dataset<Row> since = speed.read();
    if (now == null) {
      if (since == null) {
        throw new StoreException(
            "The view in " + directory + " is empty; follow a stream or rebuild it first");
      }
      return since;
    }
    Dataset<Row> past = Objects.requireNonNull(batch(now.version()).read(), "the batch");
    return since == null ? past : past.unionByName(since.where(col(time).geq(lit(now.until()))));
  }

  /**
   * Returns some rows, in the order of time.
   *
   * @param where columns and what they must equal
   * @param from the earliest time, inclusive
   * @param to the latest time, exclusive
   */
  public List<Row> find(Map<String, ?> where, Instant from, Instant to) {
    Column wanted = col(time).geq(lit(from)).and(col(time).lt(lit(to)));
    for (Map.Entry<String, ?> column : where.entrySet()) {
      wanted = wanted.and(col(column.getKey()).equalTo(lit(column.getValue())));
    }
    return served().where(wanted).orderBy(time).collectAsList();
  }
}
