package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.UtcTimes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as lines of JSON into one growing buffer: one field for each column of the {@link
 * RecordSchema} that has a value, in the schema's order. A record has one spelling only, so that
 * equal bytes are equal records: {@link LineScan} and the index of a file rely on it. Used by one
 * thread.
 */
final class LineEncoder implements ValuePlaces {
  private static final int ABSENT = -1;

  /** A buffer that has grown beyond is given back when it is cleared. */
  private static final int MOST_KEPT = 8 << 20;

  /** So many characters are written between two looks at the space that is left. */
  private static final int STRETCH = 1 << 10;

  /** The longest that a character becomes, an escape such as {@code \u0085}. */
  private static final int WIDEST = 6;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** For each ASCII character 0, or the letter of its escape; {@code u} if it has none. */
  private static final byte[] ESCAPES = escapes();

  private byte[] bytes = new byte[1 << 13];
  private int size;

  /** Where the values of the last record are, beside those of its key. */
  private int[] from = {};

  private int[] to = {};

  private static byte[] escapes() {
    byte[] escapes = new byte[0x80];
    Arrays.fill(escapes, 0, ' ', (byte) 'u');
    escapes['\b'] = 'b';
    escapes['\t'] = 't';
    escapes['\n'] = 'n';
    escapes['\f'] = 'f';
    escapes['\r'] = 'r';
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    return escapes;
  }

  @Override
  public boolean has(int column) {
    return from[column] != ABSENT;
  }

  @Override
  public int from(int column) {
    return from[column];
  }

  @Override
  public int to(int column) {
    return to[column];
  }

  /** Returns the buffer; it is another one after it has grown. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns how many bytes were written. */
  int size() {
    return size;
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Takes back all but the first bytes. */
  void truncate(int toSize) {
    size = toSize;
    if (size == 0 && bytes.length > MOST_KEPT) {
      bytes = new byte[1 << 13];
    }
  }

  /** Adds a record and a line feed. */
  void add(SocialRecord record, boolean keepRaw) {
    add(record, RecordSchema.of(record.recordKind()).values(record), keepRaw);
  }

  /**
   * Adds a record and a line feed.
   *
   * @param values its values, in the order of its schema
   */
  void add(SocialRecord record, List<? extends @Nullable Object> values, boolean keepRaw) {
    LineLayout layout = LineLayout.of(record.recordKind());
    if (from.length != layout.size()) {
      from = new int[layout.size()];
      to = new int[layout.size()];
    }
    addKey(layout, record.network().name(), record.id());
    for (int i = LineLayout.KEY_COLUMNS; i < layout.size(); i++) {
      Object value = values.get(i);
      boolean left =
          value == null
              || (value instanceof List<?> list && list.isEmpty())
              || (!keepRaw && layout.isRaw(i));
      if (!left) {
        put(layout.name(i));
        from[i] = size;
        value(value);
        to[i] = size;
      } else {
        from[i] = ABSENT;
      }
    }
    reserve(2);
    bytes[size++] = '}';
    bytes[size++] = '\n';
  }

  /** Adds what the line of a record with this key begins with, to the end of its id. */
  void addKey(RecordKey key) {
    addKey(LineLayout.of(key.kind()), key.network().name(), key.id());
  }

  private void addKey(LineLayout layout, String network, String id) {
    put(layout.start());
    ascii(network);
    put(LineLayout.id());
    restOfString(id);
  }

  private void value(@Nullable Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Long || value instanceof Boolean) {
      ascii(value.toString());
    } else if (value instanceof Instant time) {
      time(time);
    } else if (value instanceof Double number) {
      boolean finite = Double.isFinite(number);
      ascii(finite ? number.toString() : '"' + number.toString() + '"');
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Map<?, ?> struct) {
      struct(struct);
    } else if (value == null) {
      ascii("null");
    } else {
      throw new IllegalStateException("No schema has values of " + value.getClass());
    }
  }

  private void list(List<?> list) {
    char before = '[';
    for (Object element : list) {
      put(before);
      value(element);
      before = ',';
    }
    put(']');
  }

  private void struct(Map<?, ?> struct) {
    char before = '{';
    for (Map.Entry<?, ?> field : struct.entrySet()) {
      if (field.getValue() != null) {
        put(before);
        string(String.valueOf(field.getKey()));
        put(':');
        value(field.getValue());
        before = ',';
      }
    }
    if (before == '{') {
      put('{');
    }
    put('}');
  }

  private void time(Instant time) {
    put('"');
    reserve(UtcTimes.LONGEST);
    int end = UtcTimes.write(time, bytes, size);
    if (end < 0) {
      ascii(time.toString()); // years that need more than four digits
    } else {
      size = end;
    }
    put('"');
  }

  /**
   * Adds a text. U+0085, U+2028 and U+2029 are legal in JSON, but many tools end a line there, so
   * that they are escaped; a lone surrogate becomes U+FFFD.
   */
  private void string(String text) {
    put('"');
    restOfString(text);
  }

  private void restOfString(String text) {
    int length = text.length();
    for (int at = 0; at < length; ) {
      reserve((STRETCH + 1) * WIDEST);
      at = stretch(text, at, Math.min(length, at + STRETCH));
    }
    put('"');
  }

  /** Adds characters, for which there is space; returns where the next one is. */
  private int stretch(String text, int start, int end) {
    byte[] target = bytes;
    int to = size;
    int at = start;
    while (at < end) {
      char c = text.charAt(at);
      byte letter = c < 0x80 ? ESCAPES[c] : (byte) 'u';
      if (letter == 0) {
        target[to++] = (byte) c;
        at++;
      } else if (letter != 'u') {
        target[to++] = '\\';
        target[to++] = letter;
        at++;
      } else {
        size = to;
        at = special(text, at);
        to = size;
      }
    }
    size = to;
    return at;
  }

  /** Adds another character; returns where the next one is. */
  private int special(String text, int at) {
    char c = text.charAt(at);
    if (c < 0x80 || c == 0x85 || c == 0x2028 || c == 0x2029) {
      escape(c);
    } else if (Character.isHighSurrogate(c)
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1))) {
      fourBytes(Character.toCodePoint(c, text.charAt(at + 1)));
      return at + 2;
    } else {
      twoOrThreeBytes(Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    return at + 1;
  }

  private void escape(char c) {
    bytes[size++] = '\\';
    bytes[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[size++] = HEX[(c >> shift) & 0xF];
    }
  }

  private void twoOrThreeBytes(char c) {
    if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | (c >> 6));
    } else {
      bytes[size++] = (byte) (0xE0 | (c >> 12));
      bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    }
    bytes[size++] = (byte) (0x80 | (c & 0x3F));
  }

  private void fourBytes(int codePoint) {
    bytes[size++] = (byte) (0xF0 | (codePoint >> 18));
    bytes[size++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
    bytes[size++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    bytes[size++] = (byte) (0x80 | (codePoint & 0x3F));
  }

  private void put(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
  }

  @SuppressWarnings("deprecation") // the one call that copies ASCII without an encoder
  private void ascii(String text) {
    int length = text.length();
    reserve(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  private void put(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
