package io.github.sparkpysocial.connectors.cassandra;

import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where the row of a record is within its network: at a time, to the millisecond, or at none.
 *
 * @param time the time, or {@code null}
 */
record Position(@Nullable Instant time) {
  /** The day of records without a time. */
  static final String NO_DAY = "none";

  Position {
    time = time == null ? null : Instant.ofEpochMilli(time.toEpochMilli());
  }

  /** Returns the position of a record, whose time has milliseconds in 64 bits. */
  static Position of(SocialRecord record) {
    return new Position(RecordSchema.of(record.recordKind()).time(record));
  }

  /** Returns the position that {@link #toString()} spelled. */
  static Position parse(String text) {
    return new Position(text.equals(NO_DAY) ? null : Instant.parse(text));
  }

  /** Returns the day of a time. */
  static String day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
  }

  /** Returns the second part of the partition's key. */
  String day() {
    return time == null ? NO_DAY : day(time);
  }

  /** Returns the first part of the clustering key, which cannot be null. */
  Instant happenedAt() {
    return time == null ? Instant.EPOCH : time;
  }

  @Override
  public String toString() {
    return time == null ? NO_DAY : time.toString();
  }
}
