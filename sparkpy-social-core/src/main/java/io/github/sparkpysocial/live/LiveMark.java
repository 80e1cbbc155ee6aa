package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.Position;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream was taken, so that another process can go on there.
 *
 * @param resumeAt the network's own mark, or {@code null} if it has none
 * @param takenAt when the last message was taken, by the local clock
 * @param last the last post taken, or {@code null} if none was
 */
public record LiveMark(@Nullable String resumeAt, Instant takenAt, @Nullable Position last) {
  public LiveMark {
    Objects.requireNonNull(takenAt, "takenAt");
  }
}
