package io.github.sparkpysocial.streaming.run;

import io.github.sparkpysocial.limit.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a query running. When it fails it is started again from its checkpoint, after a pause and
 * not too often; so a sink or a broker may be gone for a while. It ends for good when starting it
 * again cannot help, such as with a checkpoint of another query.
 *
 * <pre>{@code
 * try (QueryRun run = QueryRun.of(spark, () -> counts.writeStream()…start()).start()) {
 *   run.await();
 * }
 * }</pre>
 *
 * <p>Spark's check that a new query finds its checkpoint empty is turned off in the session, unless
 * it was set: a driver that is killed in its first batch leaves state and no batch, and what is
 * left of that batch is written over. Thread-safe.
 */
public final class QueryRun implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(QueryRun.class);
  private static final String VERIFY_EMPTY =
      "spark.sql.streaming.verifyCheckpointDirectoryEmptyOnStart";

  private final Start start;
  private final Restarts restarts;
  private final Timing timing;
  private final Duration patience;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private StreamingQuery query;
  private boolean closed;
  private @Nullable StreamFailedException failure;

  /** Starts a query; called again after each failure. */
  @FunctionalInterface
  public interface Start {
    /** Returns a query that was started, by the same checkpoint each time. */
    StreamingQuery start() throws TimeoutException;
  }

  private QueryRun(Builder builder, StreamingQuery first) {
    this.start = builder.start;
    this.restarts = new Restarts(builder.limit, builder.timing);
    this.timing = builder.timing;
    this.patience = builder.patience;
    this.query = first;
    this.thread = new Thread(this::keep, "query-run");
    thread.setDaemon(true);
  }

  /**
   * Returns a builder.
   *
   * @param spark the session that the queries are of
   */
  public static Builder of(SparkSession spark, Start start) {
    return new Builder(spark, start);
  }

  private void keep() {
    try {
      while (true) {
        try {
          query().awaitTermination();
          return;
        } catch (StreamingQueryException e) {
          if (isClosed()) {
            return; // a sink that is interrupted fails as it likes
          }
          again(e);
        }
      }
    } catch (StreamFailedException e) {
      synchronized (this) {
        failure = e;
      }
      log.warn("A query has failed for good: {}", e.getMessage());
    } catch (InterruptedException e) {
      log.debug("The query is no longer kept");
    } finally {
      ended.countDown();
    }
  }

  /** Starts the query once more, as often as that takes and may be. */
  private void again(Exception first) throws InterruptedException {
    Exception why = first;
    while (!isClosed()) {
      QueryFailure reason = QueryFailure.of(why, KafkaTopics.of(query()));
      if (reason.isFinal()) {
        throw new StreamFailedException(reason.reason(), restarts(), why);
      }
      Duration pause = restarts.nextPause(reason, why);
      log.warn("A query failed and is started again in {}: {}", pause, reason.reason());
      timing.sleep(pause);
      try {
        StreamingQuery fresh = start.start();
        boolean late = replace(fresh);
        if (late) {
          GracefulStop.now(fresh);
        }
        return;
      } catch (RuntimeException | TimeoutException e) {
        why = e;
      }
    }
  }

  private synchronized boolean replace(StreamingQuery fresh) {
    query = fresh;
    restarts.add();
    return closed;
  }

  /** Returns the query that runs, or ran last. */
  public synchronized StreamingQuery query() {
    return query;
  }

  /** Returns how often it was started again. */
  public int restarts() {
    return restarts.count();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Returns whether it has not ended. */
  public boolean isActive() {
    return ended.getCount() > 0;
  }

  /**
   * Waits until it ends: was closed, stopped, or had no more to do.
   *
   * @throws StreamFailedException if it failed for good
   */
  public void await() throws InterruptedException {
    ended.await();
    check();
  }

  /**
   * Waits until it ends, so long at most, by the system's clock.
   *
   * @return whether it has ended
   * @throws StreamFailedException if it failed for good
   */
  public boolean await(Duration longest) throws InterruptedException {
    boolean over = ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
    if (over) {
      check();
    }
    return over;
  }

  private synchronized void check() {
    StreamFailedException known = failure;
    if (known != null) {
      throw known;
    }
  }

  /**
   * Stops it in order: a batch that runs may end, within the time set. One that takes longer is
   * broken off, and is run again as it was by who starts from this checkpoint. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    GracefulStop.of(query(), timing, patience);
    thread.interrupt();
  }

  /** Sets up a run. Not thread-safe. */
  public static final class Builder {
    private final SparkSession spark;
    private final Start start;
    private RestartLimit limit = RestartLimit.DEFAULT;
    private Timing timing = Timing.system();
    private Duration patience = Duration.ofSeconds(30);
    private @Nullable Path checkpoint;
    private Map<String, String> settings = Map.of();

    private Builder(SparkSession spark, Start start) {
      this.spark = Objects.requireNonNull(spark, "spark");
      this.start = Objects.requireNonNull(start, "start");
    }

    /** Sets how often it is started again. Default: {@link RestartLimit#DEFAULT}. */
    public Builder limit(RestartLimit newLimit) {
      this.limit = Objects.requireNonNull(newLimit, "newLimit");
      return this;
    }

    /** Sets the clock for pauses. Default: {@link Timing#system()}. */
    public Builder timing(Timing newTiming) {
      this.timing = Objects.requireNonNull(newTiming, "newTiming");
      return this;
    }

    /** Sets how long a batch may still take when the run is closed. Default: 30 seconds. */
    public Builder patience(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("patience must not be negative, was " + time);
      }
      this.patience = time;
      return this;
    }

    /**
     * Sets what must not change as long as a checkpoint is used: such as what is counted and the
     * length of its windows. Spark refuses another schema of the state, and does not notice such a
     * change. What may change, such as the pace, is left out.
     *
     * @param localCheckpoint the directory of the checkpoint, where the settings are kept
     */
    public Builder definition(Path localCheckpoint, Map<String, String> newSettings) {
      this.checkpoint = Objects.requireNonNull(localCheckpoint, "localCheckpoint");
      this.settings = Map.copyOf(newSettings);
      return this;
    }

    /**
     * Starts it.
     *
     * @throws StreamFailedException if the checkpoint is of a query with other settings
     */
    public QueryRun start() throws TimeoutException {
      if (checkpoint != null) {
        new QueryDefinition(settings).check(checkpoint);
      }
      if (spark.conf().getOption(VERIFY_EMPTY).isEmpty()) {
        spark.conf().set(VERIFY_EMPTY, false);
      }
      QueryRun run = new QueryRun(this, start.start());
      run.thread.start();
      return run;
    }
  }
}
