package io.github.sparkpysocial.live;

import java.time.Duration;
import java.util.Objects;

/**
 * What a network documents about its live stream.
 *
 * @param longestSilence after this time without any byte, keep-alives included, the connection is
 *     taken for dead
 * @param lookback how far back a new connection can go by a mark; zero if marks are not known
 * @param overlap how much is asked for again on a new connection, since marks are not exact
 * @param connection pauses after the connection could not be made or broke
 * @param refusal pauses after the server refused with an error that may pass, such as 503
 * @param limit pauses after the server refused because of a limit without saying for how long
 */
public record LiveTraits(
    Duration longestSilence,
    Duration lookback,
    Duration overlap,
    Backoff connection,
    Backoff refusal,
    Backoff limit) {

  /** The longest pauses that X documents, for networks that document none. */
  private static final Backoff CONNECTION =
      Backoff.linear(Duration.ofMillis(250), Duration.ofSeconds(16));

  private static final Backoff REFUSAL =
      Backoff.doubling(Duration.ofSeconds(5), Duration.ofSeconds(320));
  private static final Backoff LIMIT =
      Backoff.doubling(Duration.ofSeconds(60), Duration.ofMinutes(16));

  public LiveTraits {
    if (longestSilence.isNegative() || longestSilence.isZero()) {
      throw new IllegalArgumentException("longestSilence must be positive, was " + longestSilence);
    }
    Objects.requireNonNull(lookback, "lookback");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(refusal, "refusal");
    Objects.requireNonNull(limit, "limit");
  }

  /**
   * Returns the traits of a stream that cannot go back, with the pauses that X documents: after a
   * broken connection 250 ms more each time up to 16 s, after a refusal 5 s doubling to 320 s,
   * after a limit 60 s doubling (<a
   * href="https://docs.x.com/x-api/fundamentals/handling-disconnections">handling
   * disconnections</a>).
   */
  public static LiveTraits withSilence(Duration longestSilence) {
    return new LiveTraits(longestSilence, Duration.ZERO, Duration.ZERO, CONNECTION, REFUSAL, LIMIT);
  }

  /** Returns a copy of a stream that can go back so far, asking for so much again. */
  public LiveTraits withLookback(Duration newLookback, Duration newOverlap) {
    return new LiveTraits(longestSilence, newLookback, newOverlap, connection, refusal, limit);
  }
}
