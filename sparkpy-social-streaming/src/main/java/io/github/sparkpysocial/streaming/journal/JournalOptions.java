package io.github.sparkpysocial.streaming.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a journal is written. Immutable and thread-safe.
 *
 * @param sync what a commit survives
 * @param segmentBytes how large a segment file grows, about; at least 4 KiB
 * @param keepBytes how much is kept: when the segments together hold more, the oldest go, never the
 *     one that is written. {@link Long#MAX_VALUE} keeps all
 * @param keepFor how long what was written is kept, by whole segments, or {@code null} for ever
 * @param clock tells when an entry is written
 */
public record JournalOptions(
    Sync sync, long segmentBytes, long keepBytes, @Nullable Duration keepFor, Clock clock) {

  /** What a commit survives. */
  public enum Sync {
    /** The end of the process and of the machine: the disk is told to write (fsync). */
    DISK,
    /** The end of the process. What the machine had not yet written is lost with its power. */
    PROCESS
  }

  private static final long SMALLEST_SEGMENT = 4 << 10;

  /** Commits to the disk, segments of 64 MiB, everything kept. */
  public static final JournalOptions DEFAULT =
      new JournalOptions(Sync.DISK, 64L << 20, Long.MAX_VALUE, null, Clock.systemUTC());

  /** Checks the numbers. */
  public JournalOptions {
    Objects.requireNonNull(sync, "sync");
    Objects.requireNonNull(clock, "clock");
    if (segmentBytes < SMALLEST_SEGMENT) {
      throw new IllegalArgumentException(
          "segmentBytes must be at least " + SMALLEST_SEGMENT + ", was " + segmentBytes);
    }
    if (keepBytes < segmentBytes) {
      throw new IllegalArgumentException(
          "keepBytes must be at least segmentBytes, " + segmentBytes + ", was " + keepBytes);
    }
    if (keepFor != null && (keepFor.isNegative() || keepFor.isZero())) {
      throw new IllegalArgumentException("keepFor must be positive, was " + keepFor);
    }
  }

  /** Returns a copy with this durability. */
  public JournalOptions withSync(Sync newSync) {
    return new JournalOptions(newSync, segmentBytes, keepBytes, keepFor, clock);
  }

  /** Returns a copy with segments of about this size. */
  public JournalOptions withSegmentBytes(long bytes) {
    return new JournalOptions(sync, bytes, keepBytes, keepFor, clock);
  }

  /** Returns a copy that keeps about this much. */
  public JournalOptions withKeepBytes(long bytes) {
    return new JournalOptions(sync, segmentBytes, bytes, keepFor, clock);
  }

  /** Returns a copy that keeps what is younger than this. */
  public JournalOptions withKeepFor(Duration time) {
    return new JournalOptions(sync, segmentBytes, keepBytes, time, clock);
  }

  /** Returns a copy with this clock. */
  public JournalOptions withClock(Clock newClock) {
    return new JournalOptions(sync, segmentBytes, keepBytes, keepFor, newClock);
  }
}
