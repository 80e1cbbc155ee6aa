package io.github.sparkpysocial.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts CSV into rows by RFC 4180, on bytes: a quoted field may hold separators, line ends and
 * doubled quotes. A row whose quotes are broken gives up its first line only, and reading goes on
 * with the next line; so a stray quote does not swallow the rest of the file.
 *
 * <p>No library cuts rows on bytes, decodes each by itself, and tells the raw bytes of a bad one;
 * hence this class.
 */
final class CsvRowReader implements Closeable {
  private static final byte QUOTE = '"';

  private final ByteInput in;
  private final byte separator;
  private final Bytes bytes = new Bytes();
  private final Deque<byte[]> replay = new ArrayDeque<>();
  private int replayAt;
  private long offset;
  private long line = 1;
  private boolean linesAreRows = true;

  /**
   * A row.
   *
   * @param line the line it starts on, counted from 1
   * @param raw its bytes, without the line's end
   * @param end the offset after it, with the line's end
   * @param terminated whether a line's end follows it
   * @param fields where its fields are in {@code raw}
   * @param problem what is wrong with its quotes, or {@code null}
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Row(
      long line,
      byte[] raw,
      long end,
      boolean terminated,
      List<Field> fields,
      @Nullable String problem) {

    boolean isBlank() {
      return problem == null && raw.length == 0;
    }
  }

  /** A field's bytes, without the quotes around it. */
  record Field(int start, int end, boolean quoted, boolean doubledQuotes) {

    String text(byte[] row, Utf8 utf8) throws BadItemException {
      String text = utf8.decode(Arrays.copyOfRange(row, start, end));
      return doubledQuotes ? text.replace("\"\"", "\"") : text;
    }
  }

  /**
   * Says that a field without an end, at the end of the file, is a row that was left by half: its
   * lines are then one bad row, for they are the text of somebody and not rows. Without this each
   * line is tried as a row of its own, as befits a table with a stray quote.
   */
  void expectTornEnd() {
    linesAreRows = false;
  }

  CsvRowReader(ByteInput in, char separator) {
    this.in = in;
    this.separator = (byte) separator;
    this.offset = in.offset();
  }

  /** Returns the next row, or {@code null} at the end. */
  @Nullable Row next() throws IOException {
    if (peek() < 0) {
      return null;
    }
    bytes.clear();
    long start = line;
    long startOffset = offset;
    List<Field> fields = new ArrayList<>();
    while (true) {
      int fieldStart = bytes.length();
      int b = peek();
      boolean quoted = b == QUOTE;
      boolean doubled = false;
      int fieldEnd;
      if (quoted) {
        take();
        fieldStart++;
        while (true) {
          b = take();
          if (b < 0 || bytes.length() == Bytes.MAX_LENGTH) {
            String problem =
                in.isBrokenOff() ? JsonLineReader.BROKEN_OFF : "a quoted field is not closed";
            return linesAreRows
                ? firstLine(start, startOffset, problem)
                : new Row(start, bytes.toArray(), offset, false, List.of(), problem);
          }
          if (b == QUOTE) {
            if (peek() != QUOTE) {
              break;
            }
            take();
            doubled = true;
          }
        }
        fieldEnd = bytes.length() - 1;
        b = peek();
        if (b == '\r') {
          take();
          b = peek();
          if (b != '\n' && b >= 0) {
            return firstLine(start, startOffset, "text follows the quotes of a field");
          }
        }
        if (b >= 0 && b != separator && b != '\n') {
          return firstLine(start, startOffset, "text follows the quotes of a field");
        }
      } else {
        while ((b = peek()) >= 0 && b != separator && b != '\n') {
          take();
        }
        fieldEnd = bytes.length();
        if (b != separator && fieldEnd > fieldStart && bytes.at(fieldEnd - 1) == '\r') {
          fieldEnd--;
        }
      }
      fields.add(new Field(fieldStart, fieldEnd, quoted, doubled));
      if (b == separator) {
        take();
      } else {
        boolean tooLong = bytes.isTooLong();
        byte[] raw = bytes.toArray();
        boolean terminated = b == '\n';
        if (terminated) {
          take();
        }
        if (raw.length > 0 && raw[raw.length - 1] == '\r') {
          raw = Arrays.copyOf(raw, raw.length - 1);
        }
        return new Row(
            start,
            raw,
            offset,
            terminated,
            fields,
            tooLong
                ? JsonLineReader.TOO_LONG
                : b < 0 && in.isBrokenOff() ? JsonLineReader.BROKEN_OFF : null);
      }
    }
  }

  /** Gives up the first line of what was taken, and puts the rest back. */
  private Row firstLine(long start, long startOffset, String problem) throws IOException {
    if (!bytes.contains('\n')) {
      while (peek() >= 0 && peek() != '\n') {
        take();
      }
      take();
    }
    byte[] taken = bytes.toArray();
    int end = 0;
    while (end < taken.length && taken[end] != '\n') {
      end++;
    }
    boolean terminated = end < taken.length;
    int rest = terminated ? end + 1 : end;
    if (rest < taken.length) {
      byte[] current = replay.peekFirst();
      if (current != null && replayAt > 0) {
        replay.pollFirst();
        if (replayAt < current.length) {
          replay.addFirst(Arrays.copyOfRange(current, replayAt, current.length));
        }
      }
      replay.addFirst(Arrays.copyOfRange(taken, rest, taken.length));
      replayAt = 0;
    }
    offset = startOffset + rest;
    line = terminated ? start + 1 : start;
    int rawEnd = end > 0 && taken[end - 1] == '\r' ? end - 1 : end;
    return new Row(start, Arrays.copyOf(taken, rawEnd), offset, terminated, List.of(), problem);
  }

  private int peek() throws IOException {
    while (!replay.isEmpty()) {
      byte[] first = replay.getFirst();
      if (replayAt < first.length) {
        return first[replayAt] & 0xFF;
      }
      replay.removeFirst();
      replayAt = 0;
    }
    return in.peek();
  }

  private int take() throws IOException {
    int b = peek();
    if (b < 0) {
      return b;
    }
    if (replay.isEmpty()) {
      in.read();
    } else {
      replayAt++;
    }
    offset++;
    if (b == '\n') {
      line++;
    }
    bytes.append(b);
    return b;
  }

  /**
   * Returns the most frequent of comma, semicolon, tab and pipe outside the quotes of a header, the
   * comma if there is none.
   */
  static char separatorOf(String header) {
    char best = ',';
    long most = 0;
    for (char candidate : new char[] {',', ';', '\t', '|'}) {
      long count = 0;
      boolean quoted = false;
      for (int i = 0; i < header.length(); i++) {
        char c = header.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (c == candidate && !quoted) {
          count++;
        }
      }
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
    return best;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
