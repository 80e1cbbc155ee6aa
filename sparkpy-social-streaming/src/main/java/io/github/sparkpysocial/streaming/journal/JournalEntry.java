package io.github.sparkpysocial.streaming.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a journal.
 *
 * @param offset its number, from 0
 * @param kind what it is
 * @param at when it was written down, by the writer's clock, to the microsecond
 * @param payload what it says, in the form that belongs to its kind
 */
@SuppressWarnings("ArrayRecordComponent") // handed on without a copy: millions pass here
public record JournalEntry(long offset, Kind kind, Instant at, byte[] payload) {

  /** What an entry is. */
  public enum Kind {
    /** A record came: {@link io.github.sparkpysocial.store.RecordLine}. */
    RECORD(1),
    /** Something came that could not be read. */
    REJECTED(2),
    /** The stream was connected. */
    CONNECTED(3),
    /** The stream was no longer connected. */
    DISCONNECTED(4),
    /** Something may have been missed. */
    HOLE_OPENED(5),
    /** What was missed stands before this entry. */
    HOLE_FILLED(6),
    /** What was missed was not brought, or not all of it. */
    HOLE_KEPT(7),
    /** The server said something. */
    NOTICE(8),
    /** How far the stream was taken, for the next process. */
    STATE(9),
    /**
     * Entries that were written and cannot be read any more. Never written: the reader puts it
     * where they stood.
     */
    LOST(0);

    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    /** Returns the kind with this code, or {@code null}. */
    static @Nullable Kind of(byte code) {
      for (Kind kind : values()) {
        if (kind.code == code && kind != LOST) {
          return kind;
        }
      }
      return null;
    }
  }

  public JournalEntry {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(payload, "payload");
  }

  /** Makes the entry that stands for so many entries that cannot be read, and why. */
  static JournalEntry lost(long offset, long count, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = ByteBuffer.allocate(Long.BYTES + text.length).putLong(count).put(text).array();
    return new JournalEntry(offset, Kind.LOST, Instant.EPOCH, payload);
  }

  /** Returns how many offsets the entry stands for: 1, unless entries were {@link Kind#LOST}. */
  public long count() {
    return kind == Kind.LOST ? ByteBuffer.wrap(payload).getLong() : 1;
  }

  /** Returns the payload as text; of what was {@link Kind#LOST}, why. */
  public String text() {
    int from = kind == Kind.LOST ? Long.BYTES : 0;
    return new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JournalEntry that
        && offset == that.offset
        && kind == that.kind
        && at.equals(that.at)
        && Arrays.equals(payload, that.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(offset, kind, at, Arrays.hashCode(payload));
  }

  /** Returns which entry it is, without what it says. */
  @Override
  public String toString() {
    return kind + " " + offset + " of " + at + ", " + payload.length + " bytes";
  }
}
