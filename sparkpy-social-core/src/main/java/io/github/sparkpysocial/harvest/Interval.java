package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing that is in the store without a hole.
 *
 * @param newest the newest record of it
 * @param oldest the oldest record of it, or {@code null} if not known
 * @param from the time back to which nothing is missing, {@link #BEGINNING} if it reaches the
 *     beginning of the listing, or {@code null} if not known. Earlier than its oldest record if the
 *     network showed nothing in between
 * @param to the time up to which nothing is missing, or {@code null} if not known. Later than its
 *     newest record if the network showed nothing newer when it was asked
 */
public record Interval(
    Position newest, @Nullable Position oldest, @Nullable Instant from, @Nullable Instant to) {

  /** Stands for the beginning of a listing. */
  public static final Instant BEGINNING = Instant.MIN;

  private static final Comparator<@Nullable Instant> NEWEST_FIRST =
      Comparator.nullsLast(Comparator.<Instant>reverseOrder());

  public Interval {
    Objects.requireNonNull(newest, "newest");
  }

  /** Makes an interval that covers the time from its oldest to its newest record. */
  public Interval(Position newest, @Nullable Position oldest) {
    this(newest, oldest, oldest == null ? null : oldest.at(), newest.at());
  }

  /** Returns whether it covers this time. */
  public boolean covers(Instant time) {
    return from != null && to != null && !time.isBefore(from) && !time.isAfter(to);
  }

  /** Returns the same parts, newest first, with those made one that touch in time. */
  static List<Interval> joined(List<Interval> parts) {
    List<Interval> sorted = new ArrayList<>(parts);
    sorted.sort(Comparator.comparing(Interval::to, NEWEST_FIRST));
    List<Interval> joined = new ArrayList<>();
    for (Interval part : sorted) {
      Interval last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.from() != null
          && part.to() != null
          && !last.from().isAfter(part.to())) {
        boolean reachesFurther = part.from() == null || part.from().isBefore(last.from());
        joined.set(joined.size() - 1, reachesFurther ? last.downTo(part) : last);
      } else {
        joined.add(part);
      }
    }
    return joined;
  }

  /** Returns the interval of this one, an older one and all between them. */
  Interval downTo(Interval older) {
    return new Interval(newest, older.oldest, older.from, to);
  }

  /** Returns this interval grown by what is older. */
  Interval withOldest(Position position) {
    return new Interval(newest, position, position.at(), to);
  }

  /** Returns this interval grown by what is newer. */
  Interval withNewest(Position position) {
    return new Interval(position, oldest, from, position.at());
  }

  /** Returns this interval when it is known to begin here. */
  Interval withFrom(Instant time) {
    return from != null && from.isBefore(time) ? this : new Interval(newest, oldest, time, to);
  }

  /** Returns this interval when nothing newer was there at this time. */
  Interval withTo(Instant time) {
    return to != null && to.isAfter(time) ? this : new Interval(newest, oldest, from, time);
  }
}
