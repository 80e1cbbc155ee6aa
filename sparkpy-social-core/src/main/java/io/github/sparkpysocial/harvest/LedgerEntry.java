package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of a listing is in a store.
 *
 * @param source the URI of the listing, without secrets
 * @param store the URI of the store, without secrets
 * @param order the order of the listing
 * @param intervals the parts that are complete, newest first. More than one means holes between
 *     them that the network no longer shows
 * @param open the part that is being fetched, or {@code null} if none is
 * @param lastPage the cursor of the last page that was fetched, or {@code null} if that was the
 *     first one
 * @param completedAt when the listing was last read to its end, or {@code null} if never
 */
public record LedgerEntry(
    String source,
    String store,
    Order order,
    List<Interval> intervals,
    @Nullable Open open,
    @Nullable String lastPage,
    @Nullable Instant completedAt) {

  /**
   * A part of a listing that is fetched in part.
   *
   * @param since the newest record known before, where it will end; {@code null} if it ends where
   *     the listing does
   * @param newest its newest record, or {@code null} before the first
   * @param oldest the oldest record fetched, or {@code null} before the first
   * @param cursor what leads to the next page, or {@code null} before the first
   */
  public record Open(
      @Nullable Position since,
      @Nullable Position newest,
      @Nullable Position oldest,
      @Nullable String cursor) {}

  public LedgerEntry {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(order, "order");
    intervals = List.copyOf(intervals);
  }

  static LedgerEntry none(String source, String store, Order order) {
    return new LedgerEntry(source, store, order, List.of(), null, null, null);
  }

  /** Returns whether the listing was read to its end and nothing is being fetched. */
  public boolean isComplete() {
    return open == null && completedAt != null;
  }

  boolean isBlank() {
    return open == null && completedAt == null && intervals.isEmpty();
  }
}
