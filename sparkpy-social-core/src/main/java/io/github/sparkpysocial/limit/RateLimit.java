package io.github.sparkpysocial.limit;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one quota of a network at one moment. Times are on the server's clock.
 *
 * @param key what the quota is for, such as {@code x search/recent} or {@code github core}
 * @param limit how much may be asked in one window, or {@code null} if not told
 * @param remaining how much of it is left, or {@code null} if not told
 * @param resetsAt when it is full again, or {@code null} if not told
 * @param blockedUntil until when the server refuses everything, or {@code null} if it does not
 */
public record RateLimit(
    String key,
    @Nullable Long limit,
    @Nullable Long remaining,
    @Nullable Instant resetsAt,
    @Nullable Instant blockedUntil)
    implements Serializable {
  public RateLimit {
    Objects.requireNonNull(key, "key");
  }

  /** Returns whether nothing may be asked before {@link #resetsAt()} or {@link #blockedUntil()}. */
  public boolean isExhausted() {
    return blockedUntil != null || (remaining != null && remaining <= 0);
  }
}
