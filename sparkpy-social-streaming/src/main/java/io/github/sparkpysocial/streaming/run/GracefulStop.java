package io.github.sparkpysocial.streaming.run;

import io.github.sparkpysocial.limit.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops queries. */
final class GracefulStop {
  private static final Logger log = LoggerFactory.getLogger(GracefulStop.class);
  private static final Duration LOOK = Duration.ofMillis(20);

  private GracefulStop() {}

  /** Lets the batch that runs end, within the time, and stops the query. */
  static void of(StreamingQuery query, Timing timing, Duration patience) {
    boolean interrupted = false;
    Instant deadline = timing.now().plus(patience);
    long batch = lastBatch(query);
    try {
      while (query.isActive()
          && query.status().isTriggerActive()
          && lastBatch(query) == batch // else the next one has only just begun
          && timing.now().isBefore(deadline)) {
        timing.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    now(query);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long lastBatch(StreamingQuery query) {
    StreamingQueryProgress last = query.lastProgress();
    return last == null ? -1 : last.batchId();
  }

  /** Breaks off what runs. */
  static void now(StreamingQuery query) {
    try {
      query.stop();
    } catch (TimeoutException e) {
      log.warn("The query {} did not stop in time", query.id(), e);
    }
  }
}
