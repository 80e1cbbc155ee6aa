package io.github.sparkpysocial.limit;

import java.io.Serializable;
import java.time.Duration;

/**
 * So much in so long a time, as a network documents it: at most {@code permits} in any span of
 * {@code per}.
 *
 * @param permits how much, at least 1
 * @param per in how long, positive
 */
public record Quota(long permits, Duration per) implements Serializable {
  public Quota {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be positive, was " + permits);
    }
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("per must be positive, was " + per);
    }
  }

  @Override
  public String toString() {
    return permits + " per " + (per.toSeconds() % 60 == 0 ? per.toMinutes() + " min" : per);
  }
}
