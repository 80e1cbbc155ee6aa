package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes alerts into a file, each once, and tells channels what the file has.
 *
 * <pre>{@code
 * AlertSink sink =
 *     AlertSink.to(Path.of("alerts.jsonl")).log().channel("desk", webhook).build();
 * alerts.writeStream().foreachBatch(sink).option("checkpointLocation", "checkpoint").start();
 * }</pre>
 *
 * <p>A line of the file is an alert as JSON, with the names of {@link Alert#SCHEMA}, and is on the
 * disk before Spark counts the batch as done. A batch that is run again adds nothing; nor does a
 * stream that is run again from its beginning, as an alert has the same id then. The file is for
 * one query and is read whole when the query starts.
 *
 * <p>Each channel gets each alert once, in order. How far it came is noted after each alert in a
 * file {@code FILE.CHANNEL.told}: only a process that is killed between telling and noting tells an
 * alert again. A channel that fails holds up neither the query nor the others: it is tried again
 * with the next batch, also after a restart, or by {@link #deliver}.
 *
 * <p>Give a query one sink; it stays on the driver.
 */
public final class AlertSink implements VoidFunction2<Dataset<Row>, Long> {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(AlertSink.class);

  private final transient AlertFile file;
  private final transient List<Delivery> deliveries;

  private AlertSink(Builder builder) {
    this.file = new AlertFile(builder.file);
    this.deliveries = new ArrayList<>();
    for (Named one : builder.channels) {
      deliveries.add(new Delivery(one.name(), one.channel(), file));
    }
  }

  /**
   * Returns a builder.
   *
   * @param file made if it is not there, in a directory that is
   */
  public static Builder to(Path file) {
    return new Builder(file);
  }

  /**
   * Called by Spark with each batch.
   *
   * @throws StoreException if the file cannot be written; the query fails then, and nothing is lost
   */
  @Override
  public void call(Dataset<Row> batch, Long batchId) throws InterruptedException {
    List<Alert> alerts = new ArrayList<>();
    batch
        .coalesce(1)
        .sortWithinPartitions("at", "id")
        .toLocalIterator()
        .forEachRemaining(row -> alerts.add(Alert.from(row)));
    file.add(alerts);
    boolean unused = deliver();
  }

  /**
   * Tells each channel what waits for it, without a batch: for the end of a stream, after which
   * none comes. Call it while no query uses this sink.
   *
   * @return whether every channel took all there is
   * @throws StoreException if the file cannot be read, or how far it was told cannot be noted
   */
  public boolean deliver() throws InterruptedException {
    boolean all = true;
    for (Delivery delivery : deliveries) {
      all &= delivery.deliver();
    }
    return all;
  }

  private record Named(String name, AlertChannel channel) {}

  /** Sets up a sink. Not thread-safe. */
  public static final class Builder {
    private final Path file;
    private final List<Named> channels = new ArrayList<>();

    private Builder(Path file) {
      this.file = Objects.requireNonNull(file, "file");
    }

    /**
     * Adds a channel, such as a {@link Webhook} or a method that takes an {@link Alert}.
     *
     * @param name of letters, digits and dashes, by which its progress is noted; keep it
     * @throws IllegalArgumentException if there is one of this name, or it has other characters
     */
    public Builder channel(String name, AlertChannel channel) {
      if (!name.matches("[A-Za-z0-9-]{1,64}")) {
        throw new IllegalArgumentException(
            "A channel has a name of letters, digits and dashes, was '" + name + "'");
      }
      if (channels.stream().anyMatch(one -> one.name().equals(name))) {
        throw new IllegalArgumentException("There are two channels '" + name + "'");
      }
      channels.add(new Named(name, Objects.requireNonNull(channel, "channel")));
      return this;
    }

    /** Adds the log as a channel {@code log}: one line of level info for each alert. */
    public Builder log() {
      return channel(
          "log",
          alert ->
              AlertSink.log.info(
                  "Alert {} {}: {}",
                  alert.id(),
                  alert.event(),
                  alert.text().replaceAll("\\p{Cntrl}", " ")));
    }

    /** Makes the sink. */
    public AlertSink build() {
      return new AlertSink(this);
    }
  }
}
