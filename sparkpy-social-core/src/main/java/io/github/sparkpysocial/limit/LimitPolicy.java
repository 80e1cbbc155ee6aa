package io.github.sparkpysocial.limit;

import java.io.Serializable;
import java.time.Duration;

/**
 * What to do when a limit is reached: wait, wait a while, or fail. Being told of waits is the task
 * of a {@link LimitListener}.
 *
 * @param longestWait how long one request may wait for limits in all; beyond it a {@link
 *     RateLimitExceededException} is thrown before the wait that would exceed it
 */
public record LimitPolicy(Duration longestWait) implements Serializable {

  /**
   * Waits as long as the server wants; the default. A request that would have to wait for more than
   * 24 hours fails, since no network has a longer window for reading.
   */
  public static final LimitPolicy WAIT = new LimitPolicy(Duration.ofHours(24));

  /** Never waits. */
  public static final LimitPolicy FAIL = new LimitPolicy(Duration.ZERO);

  public LimitPolicy {
    if (longestWait.isNegative()) {
      throw new IllegalArgumentException("longestWait must not be negative, was " + longestWait);
    }
  }

  /** Returns the policy that waits at most so long for one request. */
  public static LimitPolicy waitUpTo(Duration longestWait) {
    return new LimitPolicy(longestWait);
  }
}
