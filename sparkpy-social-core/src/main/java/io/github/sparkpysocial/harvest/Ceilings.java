package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.limit.Timing;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one run may take; watched before each page. Used by one thread. */
final class Ceilings {
  private final long items;
  private final long requests;
  private final @Nullable Duration duration;
  private final Timing timing;
  private final Instant start;

  Ceilings(long items, long requests, @Nullable Duration duration, Timing timing) {
    this(items, requests, duration, timing, timing.now());
  }

  private Ceilings(
      long items, long requests, @Nullable Duration duration, Timing timing, Instant start) {
    this.items = items;
    this.requests = requests;
    this.duration = duration;
    this.timing = timing;
    this.start = start;
  }

  /** Returns the same ceilings, with at most so many items more than so far. */
  Ceilings ofPart(long itemsSoFar, long itemsMore) {
    long most = itemsMore > Long.MAX_VALUE - itemsSoFar ? items : itemsSoFar + itemsMore;
    return new Ceilings(Math.min(items, most), requests, duration, timing, start);
  }

  /**
   * Returns which one does not allow another page, or {@code null} if all do.
   *
   * @param itemsSoFar items of the listing so far in this run
   * @param requestsSoFar requests so far in this run
   * @param requestsPerPage how many the next page takes
   */
  @Nullable String reached(long itemsSoFar, long requestsSoFar, int requestsPerPage) {
    if (itemsSoFar >= items) {
      return "the limit of " + items + (items == 1 ? " item" : " items");
    }
    if (requestsSoFar + requestsPerPage > requests) {
      return "the ceiling of " + requests + (requests == 1 ? " request" : " requests");
    }
    if (duration != null && Duration.between(start, timing.now()).compareTo(duration) >= 0) {
      return "the ceiling of " + duration.toSeconds() + " s";
    }
    return null;
  }

  /** Returns whether the number of items is limited. */
  boolean limitItems() {
    return items < Long.MAX_VALUE;
  }

  /** Returns how many more items are wanted. */
  long itemsLeft(long itemsSoFar) {
    return Math.max(1, items - itemsSoFar);
  }
}
