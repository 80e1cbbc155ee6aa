package io.github.sparkpysocial.streaming.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.streaming.SourceProgress;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.util.SizeEstimator;
import org.jspecify.annotations.Nullable;

/**
 * How a query fares, as of its last batch.
 *
 * @param query its name, or its id if it has none
 * @param batch the number of the batch
 * @param inputRows how many rows the batch read
 * @param inputRowsPerSecond how fast rows come
 * @param processedRowsPerSecond how fast the query takes them: below the other, it falls behind
 * @param batchTime how long the batch took
 * @param stateRows how many keys and groups are remembered
 * @param stateBytes how much memory that takes, about, or {@code null} if Spark cannot know: its
 *     state in memory is looked into only in a JVM with {@code
 *     --add-opens=java.base/java.util.concurrent=ALL-UNNAMED}, which {@code spark-submit} sets
 * @param lag how much waits: entries of journals, and messages of the Kafka partition that is
 *     furthest behind
 * @param holes how many holes the sources know of, filled or not
 * @param holesWaiting how many of them are not filled yet
 * @param watermark the time before which posts are late, or {@code null} without one
 * @param totals what all batches so far did together: late and duplicate rows among it
 */
public record QueryHealth(
    String query,
    long batch,
    long inputRows,
    double inputRowsPerSecond,
    double processedRowsPerSecond,
    Duration batchTime,
    long stateRows,
    @Nullable Long stateBytes,
    long lag,
    long holes,
    long holesWaiting,
    @Nullable Instant watermark,
    ProgressLog.Totals totals) {

  static QueryHealth of(StreamingQueryProgress progress, ProgressLog.Totals totals) {
    long stateRows = 0;
    long stateBytes = 0;
    for (StateOperatorProgress operator : progress.stateOperators()) {
      stateRows += operator.numRowsTotal();
      stateBytes += operator.memoryUsedBytes();
    }
    long lag = 0;
    long holes = 0;
    long waiting = 0;
    for (SourceProgress source : progress.sources()) {
      lag += metric(source, "lag") + metric(source, "maxOffsetsBehindLatest");
      holes += metric(source, "holes");
      waiting += metric(source, "holesWaiting");
    }
    return new QueryHealth(
        name(progress),
        progress.batchId(),
        progress.numInputRows(),
        finite(progress.inputRowsPerSecond()),
        finite(progress.processedRowsPerSecond()),
        Duration.ofMillis(
            Objects.requireNonNullElse(progress.durationMs().get("triggerExecution"), 0L)),
        stateRows,
        isLookedInto(progress) ? stateBytes : null,
        lag,
        holes,
        waiting,
        watermark(progress.eventTime().get("watermark")),
        totals);
  }

  /** Spark leaves out, silently, what the JVM keeps closed; RocksDB counts for itself. */
  private static boolean isLookedInto(StreamingQueryProgress progress) {
    return ConcurrentHashMap.class
            .getModule()
            .isOpen(ConcurrentHashMap.class.getPackageName(), SizeEstimator.class.getModule())
        || Arrays.stream(progress.stateOperators())
            .allMatch(
                operator ->
                    operator.customMetrics().keySet().stream()
                        .anyMatch(name -> name.startsWith("rocksdb")));
  }

  static String name(StreamingQueryProgress progress) {
    return Objects.requireNonNullElse(progress.name(), progress.id().toString());
  }

  private static double finite(double rate) {
    return Double.isFinite(rate) ? rate : 0;
  }

  private static long metric(SourceProgress source, String name) {
    String value = source.metrics().get(name);
    return value == null || !value.matches("\\d{1,18}") ? 0 : Long.parseLong(value);
  }

  private static @Nullable Instant watermark(@Nullable String text) {
    try {
      Instant time = text == null ? Instant.EPOCH : Instant.parse(text);
      return time.equals(Instant.EPOCH) ? null : time;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
