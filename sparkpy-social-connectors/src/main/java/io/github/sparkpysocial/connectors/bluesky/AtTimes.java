package io.github.sparkpysocial.connectors.bluesky;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The times of a post: what its app wrote, and when the network saw it.
 *
 * @param written what the app wrote, or {@code null} if it is no time
 * @param seen when the network saw it, or {@code null} if not told
 */
record AtTimes(@Nullable Instant written, @Nullable Instant seen) {
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Duration WRONG_CLOCK = Duration.ofMinutes(5);

  static AtTimes of(@Nullable String written, @Nullable Instant seen) {
    return new AtTimes(written == null ? null : AtSyntax.instant(written), seen);
  }

  /** Returns when the post was published, as far as it can be believed. */
  @Nullable Instant published() {
    boolean plausible =
        written != null
            && !written.isBefore(EARLIEST)
            && (seen == null || !written.isAfter(seen.plus(WRONG_CLOCK)));
    return plausible ? written : seen;
  }

  /**
   * Returns the time that listings are ordered and cut by: the earlier of the two, not before 1970
   * (<a href="https://docs.bsky.app/docs/advanced-guides/timestamps">timestamps</a>).
   */
  @Nullable Instant sorted() {
    if (written == null || seen == null) {
      return seen == null ? written : seen;
    }
    Instant earlier = written.isBefore(seen) ? written : seen;
    return earlier.isBefore(Instant.EPOCH) ? Instant.EPOCH : earlier;
  }
}
