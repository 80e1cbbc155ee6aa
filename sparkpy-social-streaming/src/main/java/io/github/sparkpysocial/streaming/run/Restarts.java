package io.github.sparkpysocial.streaming.run;

import io.github.sparkpysocial.limit.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts the restarts of a query, and says when there were too many. Thread-safe. */
final class Restarts {
  private final RestartLimit limit;
  private final Timing timing;
  private final Deque<Instant> recent = new ArrayDeque<>();
  private int count;

  Restarts(RestartLimit limit, Timing timing) {
    this.limit = limit;
    this.timing = timing;
  }

  /**
   * Notes another one, and returns the pause before it.
   *
   * @throws StreamFailedException if the limit is reached
   */
  synchronized Duration nextPause(QueryFailure reason, Exception why) {
    Instant now = timing.now();
    while (!recent.isEmpty() && recent.peek().plus(limit.within()).isBefore(now)) {
      recent.remove();
    }
    if (recent.size() >= limit.most()) {
      throw new StreamFailedException(
          "The query failed again after "
              + recent.size()
              + " restarts within "
              + limit.within()
              + ": "
              + reason.reason()
              + " Its checkpoint is kept; start it again when that is mended.",
          count,
          why);
    }
    Duration pause = limit.pause(recent.size());
    recent.add(now);
    return pause;
  }

  /** Counts one that succeeded. */
  synchronized void add() {
    count++;
  }

  synchronized int count() {
    return count;
  }
}
