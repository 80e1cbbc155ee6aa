package io.github.sparkpysocial.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a request has to wait, and why. */
record Delay(Duration duration, LimitWait.Cause cause, String reason) {

  /** Returns the longer of both, {@code null} being none. */
  static @Nullable Delay longer(@Nullable Delay one, @Nullable Delay other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.duration.compareTo(other.duration) >= 0 ? one : other;
  }
}
