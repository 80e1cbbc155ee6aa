package io.github.sparkpysocial.store;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * A growing run of bytes that rows are written into; the last can be taken back. Used by one thread
 * and by many rows, so that a batch costs no memory of its own.
 */
final class RowBuffer extends OutputStream {
  private static final int SMALL = 1 << 16;
  private static final int KEPT = 8 << 20;

  private byte[] bytes = new byte[SMALL];
  private int length;

  @Override
  public void write(int b) {
    reserve(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int start, int count) {
    reserve(count);
    System.arraycopy(source, start, bytes, length, count);
    length += count;
  }

  @Override
  public void write(byte[] source) {
    write(source, 0, source.length);
  }

  /** Appends a text of ASCII characters. */
  @SuppressWarnings("deprecation") // the one call that copies ASCII without an encoder
  void ascii(String text) {
    int count = text.length();
    reserve(count);
    text.getBytes(0, count, bytes, length);
    length += count;
  }

  /** Appends a text as UTF-8, each quote twice, and U+FFFD for half a character. */
  void doublingQuotes(String text) {
    int count = text.length();
    reserve(Math.multiplyExact(count, 3));
    byte[] out = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        if (c == '"') {
          out[at++] = '"';
        }
        out[at++] = (byte) c;
      } else if (c < 0x800) {
        out[at++] = (byte) (0xC0 | (c >> 6));
        out[at++] = following(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < count
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int point = Character.toCodePoint(c, text.charAt(++i));
        out[at++] = (byte) (0xF0 | (point >> 18));
        out[at++] = following(point >> 12);
        out[at++] = following(point >> 6);
        out[at++] = following(point);
      } else {
        int point = Character.isSurrogate(c) ? 0xFFFD : c;
        out[at++] = (byte) (0xE0 | (point >> 12));
        out[at++] = following(point >> 6);
        out[at++] = following(point);
      }
    }
    length = at;
  }

  /** Appends a character that is no surrogate as UTF-8. */
  void character(char c) {
    if (c < 0x80) {
      write(c);
    } else if (c < 0x800) {
      write(0xC0 | (c >> 6));
      write(following(c));
    } else {
      write(0xE0 | (c >> 12));
      write(following(c >> 6));
      write(following(c));
    }
  }

  /** Returns a byte of UTF-8 after the first, with the last six bits. */
  private static byte following(int bits) {
    return (byte) (0x80 | (bits & 0x3F));
  }

  private void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, 1 << 30)));
    }
  }

  int length() {
    return length;
  }

  /** Returns the buffer; it is another one after it has grown. */
  byte[] bytes() {
    return bytes;
  }

  /** Takes back what was written after a length. */
  void cutTo(int earlier) {
    length = earlier;
  }

  /** Forgets all; a buffer that has grown large is given up. */
  void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[SMALL];
    }
  }

  /** Writes all that is in it. */
  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, length);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, length);
  }
}
