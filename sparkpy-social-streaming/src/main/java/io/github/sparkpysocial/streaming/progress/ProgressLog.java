package io.github.sparkpysocial.streaming.progress;

import io.github.sparkpysocial.StoreException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StateOperatorProgress;
import org.apache.spark.sql.streaming.StreamingQueryListener;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what the queries of a session report and, if wanted, writes each report as a line of JSON
 * into a file, as Spark spells it: rates, state sizes, watermark, lag and holes of the sources.
 *
 * <p>Thread-safe. Spark reports on a thread of its own, shortly after a batch is done.
 */
public final class ProgressLog extends StreamingQueryListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProgressLog.class);

  private final SparkSession spark;
  private final @Nullable BufferedWriter file;
  private final Map<String, Totals> totals = new HashMap<>();
  private final Map<UUID, Long> batches = new HashMap<>();
  private final Set<UUID> ended = new HashSet<>();
  private final Map<String, QueryHealth> health = new HashMap<>();
  private volatile Consumer<QueryHealth> listener = one -> {};

  /**
   * What the batches of a query have done together.
   *
   * @param batches how many there were
   * @param inputRows how many rows were read
   * @param lateRows how many rows were left out, being older than the watermark
   * @param duplicateRows how many rows were left out, as their key was known
   * @param observed the sums of observed metrics whose values are whole numbers
   */
  public record Totals(
      long batches, long inputRows, long lateRows, long duplicateRows, Map<String, Long> observed) {

    static final Totals NONE = new Totals(0, 0, 0, 0, Map.of());

    public Totals {
      observed = Map.copyOf(observed);
    }

    Totals plus(StreamingQueryProgress progress) {
      long late = lateRows;
      long duplicates = duplicateRows;
      for (StateOperatorProgress operator : progress.stateOperators()) {
        late += operator.numRowsDroppedByWatermark();
        duplicates +=
            Objects.requireNonNullElse(operator.customMetrics().get("numDroppedDuplicateRows"), 0L);
      }
      Map<String, Long> sums = new HashMap<>(observed);
      for (Row row : progress.observedMetrics().values()) {
        for (int i = 0; i < row.length(); i++) {
          if (row.get(i) instanceof Long value) {
            sums.merge(row.schema().fieldNames()[i], value, Long::sum);
          }
        }
      }
      return new Totals(batches + 1, inputRows + progress.numInputRows(), late, duplicates, sums);
    }
  }

  private ProgressLog(SparkSession spark, @Nullable BufferedWriter file) {
    this.spark = spark;
    this.file = file;
  }

  /** Begins to add up. */
  public static ProgressLog start(SparkSession spark) {
    return start(new ProgressLog(spark, null));
  }

  /**
   * Begins to add up and to write.
   *
   * @param file made if it is not there, else added to
   * @throws StoreException if it cannot be written
   */
  public static ProgressLog start(SparkSession spark, Path file) {
    try {
      return start(
          new ProgressLog(
              spark,
              Files.newBufferedWriter(
                  file,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND)));
    } catch (IOException e) {
      throw new StoreException("The file of metrics " + file + " cannot be written: " + e, e);
    }
  }

  private static ProgressLog start(ProgressLog listener) {
    listener.spark.streams().addListener(listener);
    return listener;
  }

  /** Returns what the queries of this name have done, or zeros if none has reported. */
  public synchronized Totals totals(String query) {
    return Objects.requireNonNullElse(totals.get(query), Totals.NONE);
  }

  /** Returns how the query of this name fared in its last batch, or null if none has reported. */
  public synchronized @Nullable QueryHealth health(String query) {
    return health.get(query);
  }

  /**
   * Sets who hears of each batch, such as a live page: on Spark's thread, so it must not block.
   * Default: nobody.
   */
  public void tell(Consumer<QueryHealth> newListener) {
    this.listener = Objects.requireNonNull(newListener, "newListener");
  }

  /** Returns whether the end of a query was reported, and with it everything that it did. */
  public synchronized boolean hasEnded(UUID runId) {
    return ended.contains(runId);
  }

  @Override
  public void onQueryStarted(QueryStartedEvent event) {}

  @Override
  public void onQueryProgress(QueryProgressEvent event) {
    listener.accept(take(event.progress()));
  }

  private synchronized QueryHealth take(StreamingQueryProgress progress) {
    Long before = batches.put(progress.runId(), progress.batchId());
    String name = QueryHealth.name(progress);
    if (before == null || before != progress.batchId() || progress.numInputRows() > 0) {
      totals.merge(name, Totals.NONE.plus(progress), (sum, one) -> sum.plus(progress));
    }
    write(progress);
    QueryHealth now = QueryHealth.of(progress, totals(name));
    health.put(name, now);
    return now;
  }

  private void write(StreamingQueryProgress progress) {
    try {
      if (file != null) {
        file.write(progress.json());
        file.newLine();
        file.flush();
      }
    } catch (IOException e) {
      log.warn("The metrics of batch {} were not written", progress.batchId(), e);
    }
  }

  @Override
  public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
    ended.add(event.runId());
  }

  /** Ends it. */
  @Override
  public void close() {
    spark.streams().removeListener(this);
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      log.warn("The file of metrics was not closed in order", e);
    }
  }
}
