package io.github.sparkpysocial.streaming.sink;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes the records of a stream into a store, exactly once: stores write by key, so that a batch
 * that Spark runs again after a failure changes nothing, a record that a network sent twice is
 * there once, an edit replaces what it edits, and a tombstone deletes.
 *
 * <pre>{@code
 * RecordSink sink = RecordSink.to(PlaceUri.parse("posts.jsonl"), StoreOptions.with(quarantine));
 * posts.writeStream().foreachBatch(sink).option("checkpointLocation", "checkpoint").start();
 * }</pre>
 *
 * <p>Give a query one sink; it stays on the driver. What it has written may be asked by any thread.
 */
public final class RecordSink implements VoidFunction2<Dataset<Row>, Long> {
  private static final long serialVersionUID = 1L;

  private final transient PlaceUri place;
  private final transient StoreOptions options;
  private final transient AtomicReference<WriteSummary> written =
      new AtomicReference<>(WriteSummary.NONE);

  private RecordSink(PlaceUri place, StoreOptions options) {
    this.place = Objects.requireNonNull(place, "place");
    this.options = Objects.requireNonNull(options, "options");
  }

  /**
   * Returns a sink.
   *
   * @param place any store that can be written
   * @param options see {@link Frames#write}; the caller closes the quarantine after the query
   */
  public static RecordSink to(PlaceUri place, StoreOptions options) {
    return new RecordSink(place, options);
  }

  /** Called by Spark with each batch. */
  @Override
  public void call(Dataset<Row> batch, Long batchId) {
    WriteSummary summary = Frames.write(batch, place, options);
    written.accumulateAndGet(summary, WriteSummary::plus);
  }

  /** Returns what was written since the sink was made; a batch that was run again counts again. */
  public WriteSummary written() {
    return Objects.requireNonNull(written.get());
  }
}
