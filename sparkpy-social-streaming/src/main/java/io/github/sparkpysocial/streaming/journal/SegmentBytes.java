package io.github.sparkpysocial.streaming.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one segment, one after the other, and notices what is wrong with them. */
final class SegmentBytes implements Closeable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Segment segment;
  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  /** The byte of the file that the buffer begins with. */
  private long bufferAt;

  /** Whether the header was found in order; it is looked at once. */
  private boolean headerFound;

  SegmentBytes(Segment segment) throws IOException {
    this.segment = segment;
    this.channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
  }

  Segment segment() {
    return segment;
  }

  long size() throws IOException {
    return channel.size();
  }

  boolean hasHeader() throws IOException {
    if (!headerFound) {
      headerFound =
          load(0, Segment.HEADER_BYTES)
              && segment.isHeader(buffer.slice(buffer.position(), Segment.HEADER_BYTES));
    }
    return headerFound;
  }

  /**
   * Returns how long the entry at a byte is, with its frame, or -1 if there is none before the
   * bound that could be one.
   */
  int length(long at, long bound) throws IOException {
    if (bound - at < Segment.FRAME_BYTES + Segment.META_BYTES || !load(at, Segment.FRAME_BYTES)) {
      return -1;
    }
    int length = buffer.getInt(buffer.position());
    return length < Segment.META_BYTES
            || length > Segment.MOST_ENTRY_BYTES
            || at + Segment.FRAME_BYTES + length > bound
        ? -1
        : Segment.FRAME_BYTES + length;
  }

  /** Returns whether the entry at a byte, of this length with its frame, is as it was written. */
  boolean isSound(long at, int length) throws IOException {
    if (!load(at, length)) {
      return false;
    }
    int frame = buffer.position();
    ByteBuffer body = buffer.slice(frame + Segment.FRAME_BYTES, length - Segment.FRAME_BYTES);
    return Segment.checksum(body) == buffer.getInt(frame + Integer.BYTES)
        && JournalEntry.Kind.of(body.get(0)) != null;
  }

  /** Returns the entry at a byte, which is sound. */
  JournalEntry entry(long offset, long at, int length) throws IOException {
    if (!load(at, length)) {
      throw new IOException(segment.file() + " became shorter while it was read");
    }
    ByteBuffer body = buffer.duplicate();
    body.position(body.position() + Segment.FRAME_BYTES);
    JournalEntry.Kind kind = kind(body.get());
    Instant time = Instant.EPOCH.plus(body.getLong(), ChronoUnit.MICROS);
    byte[] payload = new byte[length - Segment.FRAME_BYTES - Segment.META_BYTES];
    body.get(payload);
    return new JournalEntry(offset, kind, time, payload);
  }

  private static JournalEntry.Kind kind(byte code) throws IOException {
    JournalEntry.@Nullable Kind kind = JournalEntry.Kind.of(code);
    if (kind == null) {
      throw new IOException("No entry has kind " + code);
    }
    return kind;
  }

  /** Makes sure that bytes of the file are in the buffer, from its position on. */
  private boolean load(long at, int bytes) throws IOException {
    if (at >= bufferAt && at + bytes <= bufferAt + buffer.limit()) {
      buffer.position((int) (at - bufferAt));
      return true;
    }
    if (buffer.capacity() < bytes || buffer.capacity() > Math.max(bytes, BUFFER_BYTES)) {
      buffer = ByteBuffer.allocate(Math.max(bytes, BUFFER_BYTES));
    }
    buffer.clear();
    bufferAt = at;
    while (buffer.position() < bytes) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        break;
      }
    }
    buffer.flip();
    return buffer.limit() >= bytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
