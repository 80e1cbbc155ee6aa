package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.RecordSource.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much of a listing is in a store. Immutable.
 *
 * @param source the URI of the listing, without secrets
 * @param store the URI of the store, without secrets
 * @param order the order of the listing
 * @param intervals the parts that are complete, newest first; none if the listing has no order
 * @param holes the parts that are known to be missing, newest first
 * @param startedAt when the reading began that is under way, or the last one; {@code null} if never
 * @param completedAt when the listing was last read to its end, or {@code null} if never
 * @param lastPage the cursor of the last page that was fetched, or {@code null} if that was the
 *     first one
 * @param items how many items a listing of listings had when it was last read, or {@code null} if
 *     it is none
 * @param refusal why the network refused the listing when it was last asked, or {@code null} if it
 *     did not
 */
public record LedgerEntry(
    String source,
    String store,
    Order order,
    List<Interval> intervals,
    List<LedgerHole> holes,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String lastPage,
    @Nullable Long items,
    @Nullable String refusal) {

  public LedgerEntry {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(order, "order");
    intervals = List.copyOf(intervals);
    holes = List.copyOf(holes);
  }

  static LedgerEntry none(String source, String store, Order order) {
    return new LedgerEntry(
        source, store, order, List.of(), List.of(), null, null, null, null, null);
  }

  /**
   * Returns whether the listing was read to its end and nothing is being fetched. Holes that the
   * network no longer shows may be left: see {@link #holes()}.
   */
  public boolean isComplete() {
    boolean underWay =
        completedAt == null || (startedAt != null && completedAt.isBefore(startedAt));
    return !underWay && open() == null;
  }

  /**
   * Returns whether nothing that the listing had between two times, both included, is missing.
   * Never so for a listing without an order, of which no times are known.
   *
   * @throws IllegalArgumentException if {@code to} is before {@code from}
   */
  public boolean isComplete(Instant from, Instant to) {
    return uncovered(from, to).isEmpty();
  }

  /**
   * Returns the share of the time between two times of which nothing is missing, from 0 to 1.
   *
   * @throws IllegalArgumentException if {@code to} is before {@code from}
   */
  public double coverage(Instant from, Instant to) {
    Duration whole = Duration.between(from, to);
    List<LedgerHole> missing = uncovered(from, to);
    if (missing.isEmpty()) {
      return 1;
    }
    if (whole.isZero()) {
      return 0;
    }
    double lost = 0;
    for (LedgerHole hole : missing) {
      lost += seconds(Duration.between(or(hole.from(), from), or(hole.to(), to)));
    }
    return Math.max(0, 1 - lost / seconds(whole));
  }

  private static Instant or(@Nullable Instant time, Instant instead) {
    return time == null ? instead : time;
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds() + duration.toNanosPart() / 1e9;
  }

  /**
   * Returns the parts of a time, without overlaps and oldest first, that no interval covers or that
   * a hole lies in.
   */
  private List<LedgerHole> uncovered(Instant from, Instant to) {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("The time ends at " + to + " before it begins at " + from);
    }
    List<Interval> known =
        intervals.stream()
            .filter(interval -> interval.from() != null && interval.to() != null)
            .sorted(Comparator.comparing(interval -> or(interval.from(), Instant.MIN)))
            .toList();
    List<LedgerHole> missing = new ArrayList<>();
    Instant coveredTo = null; // null: nothing of it yet
    for (Interval interval : known) {
      Instant begin = later(or(interval.from(), Instant.MIN), from);
      Instant end = earlier(or(interval.to(), Instant.MAX), to);
      if (end.isBefore(begin)) {
        continue;
      }
      Instant reached = coveredTo == null ? from : coveredTo;
      if (begin.isAfter(reached)) {
        missing.add(LedgerHole.between(reached, begin, "not fetched"));
      }
      coveredTo = coveredTo == null ? end : later(coveredTo, end);
    }
    if (coveredTo == null || coveredTo.isBefore(to)) {
      missing.add(LedgerHole.between(coveredTo == null ? from : coveredTo, to, "not fetched"));
    }
    return withHoles(missing, from, to);
  }

  /** Adds the holes within what intervals cover, as streams have them. */
  private List<LedgerHole> withHoles(List<LedgerHole> missing, Instant from, Instant to) {
    List<LedgerHole> all = new ArrayList<>(missing);
    for (LedgerHole hole : holes) {
      if (hole.overlaps(from, to)) {
        all.add(
            LedgerHole.between(
                later(or(hole.from(), from), from), earlier(or(hole.to(), to), to), hole.reason()));
      }
    }
    all.sort(Comparator.comparing(hole -> or(hole.from(), from)));
    List<LedgerHole> apart = new ArrayList<>();
    for (LedgerHole hole : all) {
      LedgerHole last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
      Instant lastEnd = last == null ? from : or(last.to(), to);
      if (last == null || or(hole.from(), from).isAfter(lastEnd)) {
        apart.add(hole);
      } else if (or(hole.to(), to).isAfter(lastEnd)) {
        apart.set(
            apart.size() - 1,
            LedgerHole.between(or(last.from(), from), or(hole.to(), to), last.reason()));
      }
    }
    return apart;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** Returns the oldest hole that is being fetched, or {@code null} if none is. */
  @Nullable LedgerHole open() {
    LedgerHole open = null;
    for (LedgerHole hole : holes) {
      open = hole.isOpen() ? hole : open;
    }
    return open;
  }

  boolean isBlank() {
    return completedAt == null && intervals.isEmpty() && open() == null;
  }

  LedgerEntry with(List<Interval> newIntervals, List<LedgerHole> newHoles) {
    return new LedgerEntry(
        source,
        store,
        order,
        newIntervals,
        newHoles,
        startedAt,
        completedAt,
        lastPage,
        items,
        refusal);
  }

  LedgerEntry startedAt(Instant time) {
    return new LedgerEntry(
        source, store, order, intervals, holes, time, completedAt, lastPage, items, null);
  }

  LedgerEntry completedAt(Instant time) {
    return new LedgerEntry(
        source, store, order, intervals, holes, startedAt, time, lastPage, items, null);
  }

  LedgerEntry lastPage(@Nullable String cursor) {
    return new LedgerEntry(
        source, store, order, intervals, holes, startedAt, completedAt, cursor, items, refusal);
  }

  LedgerEntry items(long count) {
    return new LedgerEntry(
        source, store, order, intervals, holes, startedAt, completedAt, lastPage, count, refusal);
  }

  LedgerEntry refused(Instant time, String reason) {
    return new LedgerEntry(
        source, store, order, intervals, holes, time, completedAt, lastPage, items, reason);
  }
}
