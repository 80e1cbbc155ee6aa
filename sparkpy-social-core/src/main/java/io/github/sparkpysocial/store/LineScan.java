package io.github.sparkpysocial.store;

import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which record a line is, and whether two lines say the same, without reading them as JSON:
 * it knows the spelling of {@link LineEncoder} and nothing else. It does not find out whether a
 * line is sound; where that matters, the line is read. Its fingerprints are good for this scan
 * only. Used by one thread.
 */
final class LineScan {
  private static final RecordKind[] KINDS = RecordKind.values();
  private static final int MILLISECOND_DIGITS = 3;

  private final SipHash hash;
  private final LineEncoder keys = new LineEncoder();
  private final LineEncoder records = new LineEncoder();
  private byte[] line = {};
  private int start;
  private int end;
  private int keyEnd;
  private LineLayout layout = LineLayout.of(RecordKind.POST);

  /** What the line says without where and when it was fetched. */
  private byte[] said = {};

  private int saidSize;

  /** From where on the line is not yet in {@link #said}. */
  private int unsaid;

  LineScan(SipHash hash) {
    this.hash = hash;
  }

  /**
   * Looks at the beginning of a line.
   *
   * @param start where it begins
   * @param end where it ends, without its line feed
   * @return whether it begins as a record of this library does; otherwise nothing is known of it
   */
  boolean isRecord(byte[] line, int start, int end) {
    this.line = line;
    this.start = start;
    this.end = end;
    if (!findLayout()) {
      return false;
    }
    int at = start + layout.start().length;
    while (at < end && isOfName(line[at])) {
      at++;
    }
    byte[] id = LineLayout.id();
    keyEnd = follows(at, id) ? stringEnd(at + id.length) : -1;
    return keyEnd > at + id.length + 1; // an id is not empty
  }

  private boolean findLayout() {
    if (follows(start, layout.start())) { // usually as the line before
      return true;
    }
    for (RecordKind kind : KINDS) {
      LineLayout candidate = LineLayout.of(kind);
      if (follows(start, candidate.start())) {
        layout = candidate;
        return true;
      }
    }
    return false;
  }

  private static boolean isOfName(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-';
  }

  private boolean follows(int at, byte[] expected) {
    return end - at >= expected.length
        && Arrays.equals(line, at, at + expected.length, expected, 0, expected.length);
  }

  /** Returns the kind of the record. */
  RecordKind kind() {
    return layout.kind();
  }

  /** Returns the fingerprint of the record's key, unless the record is a tombstone. */
  Fingerprint key() {
    return hash.of(line, start, keyEnd);
  }

  /** Returns the fingerprint of a key. */
  Fingerprint key(RecordKey key) {
    keys.truncate(0);
    keys.addKey(key);
    return hash.of(keys.bytes(), 0, keys.size());
  }

  /**
   * Looks at a record as if it stood in a line.
   *
   * @param values its values, in the order of its schema
   */
  void take(SocialRecord record, List<? extends @Nullable Object> values, boolean keepRaw) {
    records.truncate(0);
    records.add(record, values, keepRaw);
    if (!isRecord(records.bytes(), 0, records.size() - 1)) {
      throw new IllegalStateException("A record is spelled in an unknown way");
    }
  }

  /** Returns the line of the record that was taken last, with its line feed. */
  LineEncoder taken() {
    return records;
  }

  /**
   * Returns the fingerprint of all that the record says, without where and when it was fetched;
   * times count to the millisecond, as some stores keep them.
   *
   * @param withRaw whether the raw JSON counts, too
   * @return the fingerprint, or {@code null} if the line is not spelled as this library does
   */
  @Nullable Fingerprint content(boolean withRaw) {
    beginToSay();
    int column = LineLayout.KEY_COLUMNS;
    int at = keyEnd;
    while (at < end && line[at] == ',') {
      while (column < layout.size() && !follows(at, layout.name(column))) {
        column++;
      }
      if (column == layout.size()) {
        return null;
      }
      int value = at + layout.name(column).length;
      int next = valueEnd(value, layout.type(column));
      if (next < 0) {
        return null;
      }
      say(column, value, next, withRaw);
      column++;
      at = next;
    }
    if (at + 1 != end || line[at] != '}') {
      return null;
    }
    leaveOut(end, end);
    return hash.of(said, 0, saidSize);
  }

  /**
   * Returns the same of a line that is sound, without looking for its values again.
   *
   * @param values where they are in the line, which {@link #isRecord} has looked at, too
   */
  Fingerprint content(ValuePlaces values, boolean withRaw) {
    beginToSay();
    for (int column = LineLayout.KEY_COLUMNS; column < layout.size(); column++) {
      if (layout.mayBeLeftOut(column) && values.has(column)) {
        say(column, values.from(column), values.to(column), withRaw);
      }
    }
    leaveOut(end, end);
    return hash.of(said, 0, saidSize);
  }

  private void beginToSay() {
    saidSize = 0;
    unsaid = start;
    if (said.length < end - start) {
      said = new byte[Math.max(end - start, 2 * said.length)];
    }
  }

  /** Leaves out what does not count of a column, whose value lies between these places. */
  private void say(int column, int value, int next, boolean withRaw) {
    if (layout.isProvenance(column) || (!withRaw && layout.isRaw(column))) {
      leaveOut(value - layout.name(column).length, next);
    } else if (layout.type(column) == ColumnType.TIMESTAMP) {
      leaveOutMicroseconds(value, next);
    }
  }

  private void leaveOut(int from, int to) {
    System.arraycopy(line, unsaid, said, saidSize, from - unsaid);
    saidSize += from - unsaid;
    unsaid = to;
  }

  /** Leaves out what comes after the milliseconds, and those if they are all zeros. */
  private void leaveOutMicroseconds(int value, int next) {
    int z = next - 2;
    int digit = z;
    while (digit > value && line[digit - 1] >= '0' && line[digit - 1] <= '9') {
      digit--;
    }
    if (line[digit - 1] == '.' && z - digit > MILLISECOND_DIGITS) {
      boolean none = line[digit] == '0' && line[digit + 1] == '0' && line[digit + 2] == '0';
      leaveOut(none ? digit - 1 : digit + MILLISECOND_DIGITS, z);
    }
  }

  private int valueEnd(int at, ColumnType type) {
    if (at >= end) {
      return -1;
    }
    return switch (type) {
      case STRING, TIMESTAMP -> line[at] == '"' ? stringEnd(at + 1) : -1;
      case LONG, DOUBLE, BOOLEAN -> wordEnd(at);
      case STRING_LIST, STRUCT_LIST -> line[at] == '[' ? arrayEnd(at) : -1;
    };
  }

  /** Returns where a number or a truth value ends. */
  private int wordEnd(int from) {
    int at = from;
    while (at < end && line[at] != ',' && line[at] != '}') {
      byte b = line[at++];
      if (b <= ' ' || b == '"' || b == '[' || b == '{') {
        return -1;
      }
    }
    return at == from ? -1 : at;
  }

  private int arrayEnd(int from) {
    int depth = 0;
    int at = from;
    while (at >= 0 && at < end) {
      byte b = line[at++];
      if (b == '"') {
        at = stringEnd(at);
      } else if (b == '[' || b == '{') {
        depth++;
      } else if (b == ']' || b == '}') {
        if (--depth == 0) {
          return at;
        }
      } else if (b <= ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Returns the place after the closing quotes, or -1 if there is none or it is not our JSON. */
  private int stringEnd(int from) {
    byte[] bytes = line;
    int last = end;
    int at = from;
    while (at < last) {
      byte b = bytes[at++];
      if (b == '"') {
        return at;
      }
      if (b == '\\') {
        at = escapeEnd(at);
        if (at < 0) {
          return -1;
        }
      } else if (b >= 0 && b < ' ') {
        return -1;
      }
    }
    return -1;
  }

  /** Returns where an escape ends of which the backslash was read. */
  private int escapeEnd(int at) {
    if (at >= end) {
      return -1;
    }
    return switch (line[at]) {
      case '"', '\\', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> isOurEscape(at + 1) ? at + 5 : -1;
      default -> -1;
    };
  }

  /** Returns whether these are the digits of a character that has no other spelling here. */
  private boolean isOurEscape(int at) {
    if (end - at < 4) {
      return false;
    }
    int character = 0;
    for (int i = at; i < at + 4; i++) {
      int digit = line[i] >= 'a' ? -1 : Character.digit(line[i], 16);
      if (digit < 0) {
        return false;
      }
      character = character << 4 | digit;
    }
    return character < ' ' || character == 0x85 || character == 0x2028 || character == 0x2029;
  }
}
