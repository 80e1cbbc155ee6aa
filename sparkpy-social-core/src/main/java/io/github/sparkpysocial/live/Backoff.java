package io.github.sparkpysocial.live;

import java.time.Duration;

/**
 * Growing pauses.
 *
 * @param first the first pause, positive
 * @param longest the longest pause, not shorter than the first
 * @param doubling whether each pause is twice the one before, or the first longer than it
 */
public record Backoff(Duration first, Duration longest, boolean doubling) {
  public Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "A pause is positive and grows, was from " + first + " to " + longest);
    }
  }

  /** Returns pauses that grow by the first one. */
  public static Backoff linear(Duration first, Duration longest) {
    return new Backoff(first, longest, false);
  }

  /** Returns pauses that double. */
  public static Backoff doubling(Duration first, Duration longest) {
    return new Backoff(first, longest, true);
  }

  /**
   * Returns the pause after so many failures in a row.
   *
   * @throws IllegalArgumentException if {@code failures} is not positive
   */
  public Duration after(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures must be positive, was " + failures);
    }
    long times = doubling ? 1L << Math.min(failures - 1, 30) : failures;
    Duration pause = first.multipliedBy(times);
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
