package io.github.sparkpysocial.streaming.journal;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The entries that wait for a commit, as they are to be in the file. Used by one thread. */
final class Gathered {
  private static final int LARGE_BYTES = 1 << 20;
  private static final int MOST_KEPT_BYTES = 8 * LARGE_BYTES;

  private final Clock clock;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(LARGE_BYTES);
  private long entries;
  private byte @Nullable [] state;

  Gathered(Clock clock) {
    this.clock = clock;
  }

  void add(JournalEntry.Kind kind, byte[] payload) {
    int needed = Segment.FRAME_BYTES + Segment.META_BYTES + payload.length;
    if (bytes.remaining() < needed) {
      ByteBuffer larger =
          ByteBuffer.allocateDirect(Math.max(2 * bytes.capacity(), bytes.position() + needed));
      bytes = larger.put(bytes.flip());
    }
    put(bytes, kind, payload);
    entries++;
    state = kind == JournalEntry.Kind.STATE ? payload.clone() : state;
  }

  /** Writes an entry into a buffer, with the time of now. */
  void put(ByteBuffer buffer, JournalEntry.Kind kind, byte[] payload) {
    Instant now = clock.instant();
    int frame = buffer.position();
    buffer.putInt(Segment.META_BYTES + payload.length).putInt(0);
    buffer.put(kind.code()).putLong(ChronoUnit.MICROS.between(Instant.EPOCH, now)).put(payload);
    int body = frame + Segment.FRAME_BYTES;
    buffer.putInt(
        frame + Integer.BYTES, Segment.checksum(buffer.slice(body, buffer.position() - body)));
  }

  /** Returns whether a megabyte or more waits. */
  boolean isLarge() {
    return bytes.position() >= LARGE_BYTES;
  }

  long entries() {
    return entries;
  }

  /** Returns the payload of the last state that waits, or {@code null}. */
  byte @Nullable [] state() {
    return state;
  }

  /** Returns what waits, to be read; it goes on waiting. */
  ByteBuffer bytes() {
    return bytes.duplicate().flip();
  }

  /** Forgets all of it, as it is durable. */
  void clear() {
    bytes.clear();
    if (bytes.capacity() > MOST_KEPT_BYTES) {
      bytes = ByteBuffer.allocateDirect(LARGE_BYTES);
    }
    entries = 0;
    state = null;
  }
}
