package io.github.sparkpysocial.store;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.sparkpysocial.StoreException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * How the bytes of a file are packed. A packed file is a row of members that are unpacked one after
 * the other (gzip's members, RFC 1952; zstd's frames, RFC 8878), so that a batch is appended as one
 * more member.
 */
enum Compression {
  NONE("", ""),
  GZIP(".gz", "gzip"),
  ZSTD(".zst", "zstd");

  private static final int BUFFER_BYTES = 1 << 16;

  private final String ending;
  private final String label;

  Compression(String ending, String label) {
    this.ending = ending;
    this.label = label;
  }

  /** Returns what each member begins with. */
  private byte[] magic() {
    return switch (this) {
      case NONE -> new byte[0];
      case GZIP -> new byte[] {0x1F, (byte) 0x8B};
      case ZSTD -> new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD};
    };
  }

  /** Returns the ending that it adds to a file's name, with its dot; empty for none. */
  String ending() {
    return ending;
  }

  /** Returns its name, for people; empty for none. */
  String label() {
    return label;
  }

  /**
   * Unpacks a stream.
   *
   * @return a stream that throws {@link EOFException} where packed data breaks off, and {@link
   *     ZipException} where it is damaged
   * @throws ZipException if it does not begin as packed data does
   */
  InputStream unpack(InputStream in) throws IOException {
    if (this == NONE) {
      return in;
    }
    byte[] magic = magic();
    PushbackInputStream packed = new PushbackInputStream(in, magic.length);
    byte[] start = packed.readNBytes(magic.length);
    packed.unread(start);
    if (start.length == 0) {
      return packed;
    }
    if (!Arrays.equals(start, Arrays.copyOf(magic, start.length))) {
      throw new ZipException("does not begin as " + label + " does");
    }
    if (start.length < magic.length) {
      return new BrokenOff(in);
    }
    return this == ZSTD ? unpackZstd(packed) : new GzipInput(packed);
  }

  private static InputStream unpackZstd(InputStream in) throws IOException {
    try {
      return Zstd.unpack(in);
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  /**
   * Returns a stream that packs into another as one member.
   *
   * @param out stays open when the stream is closed, which ends the member
   */
  OutputStream pack(OutputStream out) throws IOException {
    OutputStream shielded = new StaysOpen(out);
    try {
      return switch (this) {
        case NONE -> shielded;
        case GZIP -> new GZIPOutputStream(shielded, BUFFER_BYTES);
        case ZSTD -> Zstd.pack(shielded);
      };
    } catch (NoClassDefFoundError e) {
      throw missing(e);
    }
  }

  private static StoreException missing(NoClassDefFoundError e) {
    return new StoreException(
        "Files that end in .zst need com.github.luben:zstd-jni on the class path; add it, or use"
            + " .gz",
        e);
  }

  /**
   * Returns a few bytes as a member of their own, stored and not compressed, so that it is the same
   * whatever library or version wrote it and can be found again at the end of a file.
   */
  byte[] member(byte[] few) {
    return switch (this) {
      case NONE -> few;
      case GZIP -> gzipMember(few);
      case ZSTD ->
          ByteBuffer.allocate(few.length + 9)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(magic())
              .put((byte) 0x20) // one segment, whose size is told in one byte
              .put((byte) few.length)
              .put((byte) (few.length << 3 | 1)) // the last block, stored
              .putShort((short) 0)
              .put(few)
              .array();
    };
  }

  private static byte[] gzipMember(byte[] few) {
    CRC32 check = new CRC32();
    check.update(few);
    return ByteBuffer.allocate(few.length + 23)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, (byte) 0xFF})
        .put((byte) 1) // the last block, stored
        .putShort((short) few.length)
        .putShort((short) ~few.length)
        .put(few)
        .putInt((int) check.getValue())
        .putInt(few.length)
        .array();
  }

  /** Packed data that ends before it began. */
  private static final class BrokenOff extends FilterInputStream {
    BrokenOff(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      throw new EOFException("the packed data breaks off");
    }

    @Override
    public int read(byte[] bytes, int start, int count) throws IOException {
      throw new EOFException("the packed data breaks off");
    }
  }

  /** The stream beneath a packed member, which outlives it. */
  private static final class StaysOpen extends FilterOutputStream {
    StaysOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int start, int count) throws IOException {
      out.write(bytes, start, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** Needs zstd-jni, which is there only if a program wants {@code .zst}. */
  private static final class Zstd {
    private Zstd() {}

    static InputStream unpack(InputStream in) throws IOException {
      return new ZstdBytes(new ZstdInputStream(in));
    }

    static OutputStream pack(OutputStream out) throws IOException {
      return new ZstdOutputStream(out).setChecksum(true);
    }
  }

  /** Says in the JDK's words that packed data breaks off or is damaged. */
  private static final class ZstdBytes extends FilterInputStream {
    ZstdBytes(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int start, int count) throws IOException {
      try {
        return super.read(bytes, start, count);
      } catch (ZstdIOException e) {
        ZipException broken = new ZipException("the zstd data breaks off or is damaged");
        broken.initCause(e);
        throw broken;
      }
    }
  }
}
