package io.github.sparkpysocial.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * hence this class. After {@link #next} it stands on a row, which its other methods describe.
 */
final class CsvRowReader implements Closeable {
  private static final byte QUOTE = '"';
  private static final int QUOTED = 1;
  private static final int DOUBLED = 2;
  private static final String NOT_CLOSED = "a quoted field is not closed";
  private static final String TEXT_FOLLOWS = "text follows the quotes of a field";

  private final ByteInput in;
  private final byte separator;
  private final Utf8 utf8 = new Utf8();
  private final Bytes bytes = new Bytes();
  private final Deque<Line> putBack = new ArrayDeque<>();
  private long offset;
  private boolean linesAreRows = true;
  private boolean brokenOffTold;

  private long line;
  private long nextLine = 1;
  private byte[] raw = {};
  private boolean terminated;
  private @Nullable String problem;
  private int count;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private byte[] marks = new byte[64];
  private byte[] undoubled = new byte[256];

  /** A line that is read again, without its end; {@code cut} if it was too long to be kept. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  private record Line(byte[] bytes, boolean terminated, boolean cut) {}

  CsvRowReader(ByteInput in, char separator) {
    this.in = in;
    this.separator = (byte) separator;
    this.offset = in.offset();
  }

  /**
   * Says that a field without an end, at the end of the file, is a row that was left by half: its
   * lines are then one bad row, for they are the text of somebody and not rows. Without this each
   * line is tried as a row of its own, as befits a table with a stray quote.
   */
  void expectTornEnd() {
    linesAreRows = false;
  }

  char separator() {
    return (char) separator;
  }

  /** Goes to the next row and returns whether there is one. */
  boolean next() throws IOException {
    bytes.clear();
    count = 0;
    problem = null;
    line = nextLine;
    long start = offset;
    if (!takeLine()) {
      if (!in.isBrokenOff() || brokenOffTold) {
        return false;
      }
      brokenOffTold = true;
      raw = new byte[0];
      problem = JsonLineReader.BROKEN_OFF;
      return true;
    }
    String broken = cut();
    if (broken != null && (linesAreRows || !broken.equals(NOT_CLOSED))) {
      giveUpFirstLine(start, broken);
      return true;
    }
    int length = bytes.length();
    raw = bytes.toArray();
    if (length > 0 && raw[length - 1] == '\r' && broken == null) {
      raw = Arrays.copyOf(raw, length - 1);
    }
    nextLine += terminated ? 1 : 0;
    if (!terminated && in.isBrokenOff()) {
      problem = JsonLineReader.BROKEN_OFF;
      brokenOffTold = true;
    } else {
      problem = bytes.isTooLong() ? JsonLineReader.TOO_LONG : broken;
    }
    return true;
  }

  /** Takes a line, without its end, and returns whether there was one. */
  private boolean takeLine() throws IOException {
    int before = bytes.length();
    Line again = putBack.poll();
    if (again == null) {
      long at = in.offset();
      terminated = in.readLine(bytes);
      offset += in.offset() - at;
      return terminated || bytes.length() > before;
    }
    bytes.append(again.bytes(), 0, again.bytes().length);
    terminated = again.terminated();
    offset += again.bytes().length + (terminated ? 1 : 0);
    if (again.cut()) {
      problem = JsonLineReader.TOO_LONG;
    }
    return true;
  }

  /** Cuts the row into fields, taking more lines while a quoted field is open. */
  private @Nullable String cut() throws IOException {
    int at = 0;
    while (true) {
      int length = bytes.length();
      int start = at;
      int mark = 0;
      int end;
      if (at < length && bytes.at(at) == QUOTE) {
        mark = QUOTED;
        start = ++at;
        while (true) {
          while (at < length && bytes.at(at) != QUOTE) {
            at++;
          }
          if (at == length) {
            if (!terminated || bytes.isTooLong()) {
              return NOT_CLOSED;
            }
            bytes.append('\n');
            nextLine++;
            if (!takeLine()) {
              return NOT_CLOSED;
            }
            at++;
            length = bytes.length();
          } else if (at + 1 < length && bytes.at(at + 1) == QUOTE) {
            mark |= DOUBLED;
            at += 2;
          } else {
            break;
          }
        }
        end = at++;
        if (at < length && bytes.at(at) == '\r' && at + 1 == length) {
          at++;
        }
        if (at < length && bytes.at(at) != separator) {
          return TEXT_FOLLOWS;
        }
      } else {
        while (at < length && bytes.at(at) != separator) {
          at++;
        }
        end = at;
        if (at == length && end > start && bytes.at(end - 1) == '\r') {
          end--;
        }
      }
      field(start, end, mark);
      if (at == length) {
        return problem;
      }
      at++;
    }
  }

  private void field(int start, int end, int mark) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      marks = Arrays.copyOf(marks, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    marks[count++] = (byte) mark;
  }

  /** Gives up the first line of what was taken, and puts the rest back. */
  private void giveUpFirstLine(long start, String reason) {
    byte[] taken = bytes.toArray();
    List<Line> rest = new ArrayList<>();
    int end = indexOfLineFeed(taken, 0);
    boolean more = end < taken.length;
    int from = end + 1;
    while (more) {
      int to = indexOfLineFeed(taken, from);
      more = to < taken.length;
      boolean whole = more || terminated;
      if (whole || to > from) {
        rest.add(new Line(Arrays.copyOfRange(taken, from, to), whole, !more && bytes.isTooLong()));
      }
      from = to + 1;
    }
    for (int i = rest.size() - 1; i >= 0; i--) {
      putBack.addFirst(rest.get(i));
    }
    boolean single = end == taken.length;
    terminated = !single || terminated;
    count = 0;
    problem = reason;
    offset = single ? offset : start + end + 1;
    nextLine = line + (terminated ? 1 : 0);
    raw = Arrays.copyOf(taken, end > 0 && taken[end - 1] == '\r' ? end - 1 : end);
    if (!terminated && in.isBrokenOff()) {
      problem = JsonLineReader.BROKEN_OFF;
      brokenOffTold = true;
    }
  }

  private static int indexOfLineFeed(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Returns the line that the row starts on, counted from 1. */
  long line() {
    return line;
  }

  /** Returns the bytes of the row, without the line's end. */
  byte[] raw() {
    return raw;
  }

  /** Returns the offset after the row, with the line's end. */
  long end() {
    return offset;
  }

  /** Returns whether a line's end follows the row. */
  boolean terminated() {
    return terminated;
  }

  /** Returns what is wrong with the row, or {@code null}. */
  @Nullable String problem() {
    return problem;
  }

  boolean isBlank() {
    return problem == null && raw.length == 0;
  }

  int fieldCount() {
    return count;
  }

  boolean isQuoted(int field) {
    return (marks[field] & QUOTED) != 0;
  }

  boolean isEmpty(int field) {
    return starts[field] == ends[field];
  }

  /** Returns a field, without the quotes around it. */
  String text(int field) throws BadItemException {
    if ((marks[field] & DOUBLED) == 0) {
      return text(raw, starts[field], ends[field]);
    }
    int length = ends[field] - starts[field];
    if (undoubled.length < length) {
      undoubled = new byte[2 * length];
    }
    int out = 0;
    for (int i = starts[field]; i < ends[field]; i++) {
      byte b = raw[i];
      undoubled[out++] = b;
      i += b == QUOTE ? 1 : 0;
    }
    return text(undoubled, 0, out);
  }

  /** Decodes fast, and again in the strict way if there is a sign that the bytes are no text. */
  private String text(byte[] from, int start, int end) throws BadItemException {
    String text = new String(from, start, end - start, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 && text.indexOf('\0') < 0
        ? text
        : utf8.decode(Arrays.copyOfRange(from, start, end));
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
