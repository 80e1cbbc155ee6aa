package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an entry becomes when a page of one of its holes is in the store. */
record Growth(LedgerEntry entry, LedgerHole hole, List<Interval> intervals, int upper) {
  private static final String GONE = "the network no longer shows it";

  /**
   * Adds a page to the interval that borders on a hole, or begins one.
   *
   * @param hole what was asked for; a part of the entry unless this is its first page
   */
  static Growth of(LedgerEntry entry, LedgerHole hole, Page page) {
    List<Interval> intervals = new ArrayList<>(entry.intervals());
    Position newest = page.newest();
    Position oldest = page.oldest();
    if (entry.order() == Order.UNORDERED || newest == null) {
      return new Growth(entry, hole, intervals, upperOf(intervals, hole));
    }
    if (entry.order() == Order.OLDEST_FIRST) {
      if (intervals.isEmpty()) {
        intervals.add(new Interval(newest, oldest));
      } else {
        intervals.set(0, intervals.get(0).withNewest(newest));
      }
      return new Growth(entry, hole, intervals, 0);
    }
    int upper = upperOf(intervals, hole);
    if (upper >= 0) {
      intervals.set(upper, intervals.get(upper).withOldest(oldest == null ? newest : oldest));
    } else if (!entry.holes().contains(hole) || hole.before() == null) {
      upper = 0;
      Instant to = entry.startedAt();
      Interval top = new Interval(newest, oldest);
      intervals.add(0, to == null ? top : top.withTo(to));
    }
    LedgerHole left =
        new LedgerHole(
            hole.after(),
            oldest == null ? newest : oldest,
            hole.from(),
            null,
            hole.reason(),
            hole.next());
    return new Growth(entry, hole, intervals, upper).shrunkTo(left);
  }

  /** Keeps the hole as the entry knows it, and beside it what is left. */
  private Growth shrunkTo(LedgerHole left) {
    List<LedgerHole> holes = new ArrayList<>(entry.holes());
    int at = holes.indexOf(hole);
    if (at >= 0) {
      holes.set(at, left);
    }
    return new Growth(entry.with(entry.intervals(), holes), left, intervals, upper);
  }

  /** Returns the interval that the hole borders on at its newer end, or -1. */
  private static int upperOf(List<Interval> intervals, LedgerHole hole) {
    Position before = hole.before();
    for (int i = 0; before != null && i < intervals.size(); i++) {
      Position oldest = intervals.get(i).oldest();
      if (oldest != null && oldest.id().equals(before.id())) {
        return i;
      }
    }
    return -1;
  }

  private int lower() {
    Position after = hole.after();
    for (int i = intervals.size() - 1; after != null && i >= 0; i--) {
      if (intervals.get(i).newest().id().equals(after.id())) {
        return i;
      }
    }
    return -1;
  }

  /** Returns what is still missing. */
  LedgerHole rest(LedgerHole.Next next, String reason) {
    Position after = hole.after();
    if (entry.order() == Order.OLDEST_FIRST && !intervals.isEmpty()) {
      after = intervals.get(0).newest();
      return new LedgerHole(after, null, null, null, reason, next);
    }
    return new LedgerHole(after, hole.before(), hole.from(), hole.to(), reason, next);
  }

  /** Returns the entry with this rest of the hole. */
  LedgerEntry open(LedgerHole rest) {
    List<LedgerHole> holes = new ArrayList<>(entry.holes());
    int at = holes.indexOf(hole);
    if (at >= 0) {
      holes.set(at, rest);
    } else {
      holes.add(0, rest);
    }
    return entry.with(intervals, holes);
  }

  /** Returns the entry when the part was read to its end. */
  LedgerEntry close(
      @Nullable Position since,
      @Nullable Instant downTo,
      Instant askedAt,
      @Nullable Duration horizon) {
    List<LedgerHole> holes = new ArrayList<>(entry.holes());
    holes.remove(hole);
    List<Interval> known = new ArrayList<>(intervals);
    Instant shownFrom = horizon == null ? Interval.BEGINNING : askedAt.minus(horizon);
    if (entry.order() == Order.OLDEST_FIRST) {
      if (!known.isEmpty()) {
        known.set(0, known.get(0).withTo(askedAt).withFrom(shownFrom));
      }
      return entry.with(known, holes);
    }
    int lower = lower();
    boolean joined = since != null || downTo != null || touchesLower(lower, shownFrom);
    if (lower >= 0 && joined) {
      if (upper >= 0 && upper != lower) {
        known.set(upper, known.get(upper).downTo(known.get(lower)));
        known.remove(lower);
      } else if (upper < 0 && entry.startedAt() != null && hole.before() == null) {
        known.set(lower, known.get(lower).withTo(entry.startedAt()));
      }
    } else if (downTo == null && since == null) {
      if (upper >= 0) {
        known.set(upper, known.get(upper).withFrom(shownFrom));
      }
      if (hole.after() != null) {
        holes.add(
            new LedgerHole(
                hole.after(),
                hole.before(),
                hole.from(),
                horizon == null ? null : shownFrom,
                GONE,
                null));
        holes.sort(Ledger.NEWEST_FIRST);
      }
    }
    return entry.with(Interval.joined(known), holes);
  }

  /** Returns the entry when the network no longer shows what is left of the hole. */
  LedgerEntry giveUp() {
    List<LedgerHole> holes = new ArrayList<>(entry.holes());
    holes.replaceAll(known -> known.equals(hole) ? hole.because(GONE) : known);
    return entry.with(intervals, holes);
  }

  private boolean touchesLower(int lower, Instant shownFrom) {
    if (lower < 0) {
      return false;
    }
    Instant coveredTo = intervals.get(lower).to();
    if (coveredTo != null && !shownFrom.isAfter(coveredTo)) {
      return true;
    }
    Position oldest = hole.before();
    if (oldest == null) {
      return false;
    }
    Position newest = intervals.get(lower).newest();
    Instant at = oldest.at();
    Instant before = newest.at();
    return oldest.id().equals(newest.id()) || (at != null && before != null && at.isBefore(before));
  }
}
