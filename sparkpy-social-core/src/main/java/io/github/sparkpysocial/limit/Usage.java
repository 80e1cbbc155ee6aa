package io.github.sparkpysocial.limit;

import java.time.Duration;
import java.util.Objects;

/**
 * What asking a network has cost so far.
 *
 * @param requests requests sent, those that were tried again or refused included
 * @param waited time spent waiting for limits and before trying again
 */
public record Usage(long requests, Duration waited) {

  /** Nothing was asked yet. */
  public static final Usage NONE = new Usage(0, Duration.ZERO);

  public Usage {
    Objects.requireNonNull(waited, "waited");
  }

  /** Returns what was added since an earlier state. */
  public Usage since(Usage earlier) {
    return new Usage(requests - earlier.requests, waited.minus(earlier.waited));
  }
}
