package io.github.sparkpysocial.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks the members of a gzip file (RFC 1952), and says so when one is broken. The JDK's own
 * stream takes a member that was left by half for the end of the file, and all that was appended
 * after it is then gone without a word.
 */
final class GzipInput extends InputStream {
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECK = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean inMember;

  GzipInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int start, int count) throws IOException {
    while (count > 0) {
      if (!inMember && !header()) {
        return -1;
      }
      int unpacked = inflate(bytes, start, count);
      if (unpacked > 0) {
        check.update(bytes, start, unpacked);
        return unpacked;
      }
      if (inflater.finished()) {
        position = limit - inflater.getRemaining();
        trailer();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("needs a dictionary");
      } else {
        require(fill());
        inflater.setInput(buffer, 0, limit);
        position = limit;
      }
    }
    return 0;
  }

  private int inflate(byte[] bytes, int start, int count) throws ZipException {
    try {
      return inflater.inflate(bytes, start, count);
    } catch (DataFormatException e) {
      ZipException broken = new ZipException("the packed data is damaged");
      broken.initCause(e);
      throw broken;
    }
  }

  /** Reads what begins a member, and returns whether there is one. */
  private boolean header() throws IOException {
    if (position == limit && !fill()) {
      return false;
    }
    if (octet() != 0x1F || octet() != 0x8B || octet() != DEFLATE) {
      throw new ZipException("something else follows a gzip member");
    }
    int flags = octet();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(octet() | octet() << 8);
    }
    for (int text = 0; text < Integer.bitCount(flags & (NAME | COMMENT)); text++) {
      while (octet() != 0) {
        // A name or comment ends with a zero.
      }
    }
    if ((flags & HEADER_CHECK) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, limit - position);
    position = limit;
    check.reset();
    inMember = true;
    return true;
  }

  private void trailer() throws IOException {
    long expected = number();
    long size = number();
    if (expected != check.getValue() || size != (inflater.getBytesWritten() & 0xFFFF_FFFFL)) {
      throw new ZipException("a gzip member does not keep to its checksum");
    }
    inMember = false;
  }

  private long number() throws IOException {
    return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      octet();
    }
  }

  private int octet() throws IOException {
    require(position < limit || fill());
    return buffer[position++] & 0xFF;
  }

  private static void require(boolean more) throws EOFException {
    if (!more) {
      throw new EOFException("a gzip member breaks off");
    }
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(in.read(buffer, 0, buffer.length), 0);
    return limit > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
