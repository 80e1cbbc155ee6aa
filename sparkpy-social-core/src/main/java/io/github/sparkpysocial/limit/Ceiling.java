package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The most a run may ask and take. Beyond it control is given back by a {@link
 * CeilingReachedException}, between two requests and before a wait that would lead beyond it, so
 * that the run can be ended in order and another one goes on.
 *
 * <p>It counts from the first request and cannot be set back: make one for each run. All sources
 * opened with it share it. Thread-safe.
 */
public final class Ceiling {
  private final long mostRequests;
  private final @Nullable Duration mostTime;
  private long requests;
  private @Nullable Instant endsAt;

  private Ceiling(long mostRequests, @Nullable Duration mostTime) {
    this.mostRequests = mostRequests;
    this.mostTime = mostTime;
  }

  /** Returns a ceiling that is never reached. */
  public static Ceiling none() {
    return new Ceiling(Long.MAX_VALUE, null);
  }

  /**
   * Returns a ceiling of so many requests, those that are tried again included.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public static Ceiling ofRequests(long mostRequests) {
    if (mostRequests < 1) {
      throw new IllegalArgumentException("mostRequests must be positive, was " + mostRequests);
    }
    return new Ceiling(mostRequests, null);
  }

  /**
   * Returns a ceiling of so long a time, waits included.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public static Ceiling ofTime(Duration mostTime) {
    return none().withTime(mostTime);
  }

  /**
   * Returns a ceiling, begun anew, with this time as well.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Ceiling withTime(Duration newMostTime) {
    if (newMostTime.isNegative() || newMostTime.isZero()) {
      throw new IllegalArgumentException("mostTime must be positive, was " + newMostTime);
    }
    return new Ceiling(mostRequests, newMostTime);
  }

  /** Counts a request that is about to be sent. */
  synchronized void request(Instant now) {
    check(now, Duration.ZERO, "");
    if (requests >= mostRequests) {
      throw new CeilingReachedException(
          "The ceiling of "
              + mostRequests
              + " requests for this run is reached; run again to go on");
    }
    requests++;
  }

  /** Checks that there is time for a wait. */
  synchronized void check(Instant now, Duration wait, String reason) {
    if (mostTime == null) {
      return;
    }
    if (endsAt == null) {
      endsAt = now.plus(mostTime);
    }
    if (now.plus(wait).isAfter(endsAt) || !now.isBefore(endsAt)) {
      throw new CeilingReachedException(
          "The ceiling of "
              + mostTime
              + " for this run "
              + (wait.isZero()
                  ? "is reached"
                  : "leaves no time to wait "
                      + Math.max(1, wait.toSeconds())
                      + " s ("
                      + reason
                      + ")")
              + "; run again to go on");
    }
  }

  /** Returns how many requests were counted so far. */
  public synchronized long requests() {
    return requests;
  }

  @Override
  public String toString() {
    return "Ceiling["
        + (mostRequests == Long.MAX_VALUE ? "any number of" : Long.toString(mostRequests))
        + " requests, "
        + (mostTime == null ? "any time" : mostTime)
        + ']';
  }
}
