package io.github.sparkpysocial.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, unpacked, without a byte order mark. Packed data that breaks off ends the
 * input and is remembered, so that everything before it can be used.
 */
final class ByteInput implements Closeable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long LINE_FEEDS = ONES * '\n';

  private static final int[] BYTE_ORDER_MARK = {0xEF, 0xBB, 0xBF};

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private long bufferOffset;
  private boolean brokenOff;

  private ByteInput(InputStream in) {
    this.in = in;
  }

  /** Takes over the stream; closes it when it cannot be used. */
  static ByteInput of(InputStream in, boolean gzip) throws IOException {
    try {
      ByteInput input = new ByteInput(gzip ? new GZIPInputStream(in, 1 << 16) : in);
      input.skipByteOrderMark();
      return input;
    } catch (EOFException emptyArchive) {
      in.close();
      return new ByteInput(InputStream.nullInputStream());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void skipByteOrderMark() throws IOException {
    if (fill() && limit >= 3) {
      for (int i = 0; i < 3; i++) {
        if ((buffer[i] & 0xFF) != BYTE_ORDER_MARK[i]) {
          return;
        }
      }
      position = 3;
    }
  }

  /** Returns the next byte, or -1 at the end. */
  int read() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position++] & 0xFF;
  }

  /** Returns the next byte and leaves it there, or -1 at the end. */
  int peek() throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    return buffer[position] & 0xFF;
  }

  /**
   * Appends the bytes up to the next line feed, which is taken and not appended.
   *
   * @return whether there was a line feed
   */
  boolean readLine(Bytes line) throws IOException {
    while (position < limit || fill()) {
      int end = lineFeed();
      line.append(buffer, position, end);
      if (end < limit) {
        position = end + 1;
        return true;
      }
      position = limit;
    }
    return false;
  }

  /** Returns where the next line feed is, or {@link #limit}; looks at eight bytes at once. */
  private int lineFeed() {
    int at = position;
    for (; at <= limit - Long.BYTES; at += Long.BYTES) {
      long zeroWhereFound = (long) LONGS.get(buffer, at) ^ LINE_FEEDS;
      long found = (zeroWhereFound - ONES) & ~zeroWhereFound & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < limit && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Returns how many bytes were read, unpacked. */
  long offset() {
    return bufferOffset + position;
  }

  /** Returns whether packed data ended before its end, or was damaged. */
  boolean isBrokenOff() {
    return brokenOff;
  }

  private boolean fill() throws IOException {
    bufferOffset += limit;
    position = 0;
    limit = 0;
    if (brokenOff) {
      return false;
    }
    try {
      int count = 0;
      while (limit < buffer.length && count >= 0) {
        limit += count;
        count = in.read(buffer, limit, buffer.length - limit);
      }
    } catch (EOFException | ZipException e) {
      brokenOff = true;
    }
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
