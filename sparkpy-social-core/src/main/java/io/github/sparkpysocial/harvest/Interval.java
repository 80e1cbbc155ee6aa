package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing that is in the store without a hole.
 *
 * @param newest the newest record of it
 * @param oldest the oldest record of it, or {@code null} if not known
 */
public record Interval(Position newest, @Nullable Position oldest) {
  public Interval {
    Objects.requireNonNull(newest, "newest");
  }
}
