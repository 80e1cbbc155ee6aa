package io.github.sparkpysocial.streaming.run;

import java.time.Duration;

/**
 * How often a query that fails is started again.
 *
 * @param most how many restarts there are at most within a time, not negative
 * @param within that time, positive; what was before it is forgotten
 * @param firstPause the pause before the first restart, not negative; it doubles with each
 * @param longestPause what the pause grows to, at least {@code firstPause}
 */
public record RestartLimit(int most, Duration within, Duration firstPause, Duration longestPause) {

  /** Ten restarts within half an hour, with pauses from one second to two minutes. */
  public static final RestartLimit DEFAULT =
      new RestartLimit(10, Duration.ofMinutes(30), Duration.ofSeconds(1), Duration.ofMinutes(2));

  /** Checks the numbers. */
  public RestartLimit {
    if (most < 0) {
      throw new IllegalArgumentException("most must not be negative, was " + most);
    }
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("within must be positive, was " + within);
    }
    if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses go from firstPause, not negative, to longestPause, were "
              + firstPause
              + " and "
              + longestPause);
    }
  }

  /** Returns the pause before a restart, when there have been so many within the time. */
  Duration pause(int before) {
    Duration pause = firstPause;
    for (int i = 0; i < before && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
