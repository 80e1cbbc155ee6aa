package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing or of a stream that is known not to be in the store, or not all of it.
 *
 * @param after the record just before it, which is in the store, or {@code null} if none is known
 * @param before the record just after it, which is in the store, or {@code null} if none is known
 * @param from the time where it begins, or {@code null} if it begins with the listing or the time
 *     is not known
 * @param to the time where it ends, or {@code null} if it goes on to the end of the listing
 * @param reason why it is there, fit for a message
 * @param next how to go on in it, or {@code null} if it is not being fetched
 */
public record LedgerHole(
    @Nullable Position after,
    @Nullable Position before,
    @Nullable Instant from,
    @Nullable Instant to,
    String reason,
    @Nullable Next next) {

  /**
   * How to go on: what the pages before were asked with, which stays the same through all pages.
   *
   * @param since only what is newer than this record, or {@code null}
   * @param until only what is older than this record, or {@code null}
   * @param cursor what leads to the next page
   * @param downTo the time at which to stop, since what is older was read before; {@code null} to
   *     go on to the end of the listing
   */
  public record Next(
      @Nullable Position since, @Nullable Position until, String cursor, @Nullable Instant downTo) {
    public Next {
      Objects.requireNonNull(cursor, "cursor");
    }

    PageRequest request() {
      return new PageRequest(since, until, cursor);
    }
  }

  public LedgerHole {
    Objects.requireNonNull(reason, "reason");
    from = from == null && after != null ? after.at() : from;
    to = to == null && before != null ? before.at() : to;
  }

  /** Makes a hole of a time, such as one in a stream. */
  public static LedgerHole between(Instant from, Instant to, String reason) {
    return new LedgerHole(
        null,
        null,
        Objects.requireNonNull(from, "from"),
        Objects.requireNonNull(to, "to"),
        reason,
        null);
  }

  /** Returns whether a harvest stopped in it and goes on there when it is run again. */
  public boolean isOpen() {
    return next != null;
  }

  /**
   * Returns whether any of it lies between two times. Its own bounds are records that are there and
   * do not belong to it.
   */
  public boolean overlaps(Instant begin, Instant end) {
    boolean beginsInTime = from == null || from.isBefore(end);
    boolean endsInTime = to == null || to.isAfter(begin);
    boolean nothingLeft = from != null && to != null && !from.isBefore(to);
    return beginsInTime && endsInTime && !nothingLeft;
  }

  LedgerHole because(String newReason) {
    return new LedgerHole(after, before, from, to, newReason, null);
  }
}
