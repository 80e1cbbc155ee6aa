package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.Position;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a stream may have missed something.
 *
 * @param from when the last message before it was taken, by the local clock
 * @param to when the stream was there again, by the local clock
 * @param last the last post taken before it, or {@code null} if there was none
 * @param reason why, fit for a message
 */
public record Hole(Instant from, Instant to, @Nullable Position last, String reason) {
  public Hole {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(reason, "reason");
  }

  /** Makes a hole that is not empty, even if the clock stood still meanwhile. */
  static Hole between(Instant from, Instant to, @Nullable Position last, String reason) {
    return new Hole(from, to.isAfter(from) ? to : from.plusMillis(1), last, reason);
  }
}
