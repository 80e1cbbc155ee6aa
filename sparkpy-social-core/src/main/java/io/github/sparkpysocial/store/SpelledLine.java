package io.github.sparkpysocial.store;

import static io.github.sparkpysocial.store.Spelling.NOT_OURS;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.spi.RoundedIds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A line that is a record, sound and spelled as {@link LineEncoder} spells it: reading and writing
 * it again would give the same bytes, so that it can be passed on as it is. Tombstones never are,
 * for they have to be carried out. Used by one thread and for many lines.
 */
final class SpelledLine implements ValuePlaces {
  private static final int LONGEST_NETWORK = 32;
  private static final int ABSENT = -1;
  private static final byte[] RECORD = LineLayout.ascii("{\"record\":");

  private byte[] line = {};
  private int start;
  private int end;
  private SpelledLayout layout = SpelledLayout.of(RecordKind.POST);
  private int[] from = {};
  private int[] to = {};

  /**
   * Looks at a line.
   *
   * @param start where it begins
   * @param end where it ends, without its line feed
   * @return whether it is a record, sound and spelled as ours are; {@code false} does not mean that
   *     it is broken
   */
  boolean read(byte[] line, int start, int end, RecordKind kind) {
    this.line = line;
    this.start = start;
    this.end = end;
    layout = SpelledLayout.of(kind);
    if (kind == RecordKind.TOMBSTONE) {
      return false;
    }
    if (from.length != layout.size()) {
      from = new int[layout.size()];
      to = new int[layout.size()];
    }
    Arrays.fill(from, ABSENT);
    int at = key();
    return at >= 0 && columns(at) && layout.isSound(this);
  }

  /** Reads the kind, the network and the id; returns the place after. */
  private int key() {
    byte[] begin = layout.lines().start();
    int network = start + begin.length;
    int at = network;
    while (at < end && at - network <= LONGEST_NETWORK && isOfName(line[at])) {
      at++;
    }
    int length = at - network;
    byte[] id = LineLayout.id();
    boolean sound =
        Spelling.has(line, start, end, begin)
            && length > 0
            && length <= LONGEST_NETWORK
            && line[network] >= 'a'
            && Spelling.has(line, at, end, id);
    if (!sound) {
      return NOT_OURS;
    }
    put(0, start + RECORD.length, start + RECORD.length + kind().wireName().length() + 2);
    put(1, network - 1, at + 1);
    int quote = at + id.length - 1;
    int after = Spelling.text(line, quote, end);
    if (after <= quote + 2 || isSuspicious(quote + 1, after - 1)) {
      return NOT_OURS;
    }
    put(2, quote, after);
    return after;
  }

  private static boolean isOfName(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-';
  }

  /** A number that does not end with zero was not rounded; others are looked at as texts. */
  private boolean isSuspicious(int idStart, int idEnd) {
    boolean digits = line[idEnd - 1] != '0';
    for (int i = idStart; digits && i < idEnd; i++) {
      digits = line[i] >= '0' && line[i] <= '9';
    }
    return !digits
        && RoundedIds.suspicion(new String(line, idStart, idEnd - idStart, StandardCharsets.UTF_8))
            != null;
  }

  private boolean columns(int after) {
    int at = after;
    int column = LineLayout.KEY_COLUMNS;
    LineLayout lines = layout.lines();
    while (at < end && line[at] == ',') {
      while (column < layout.size() && !Spelling.has(line, at, end, lines.name(column))) {
        column++;
      }
      if (column == layout.size()) {
        return false;
      }
      int value = at + lines.name(column).length;
      at = layout.valueEnd(column, line, value, end);
      if (at < 0) {
        return false;
      }
      put(column, value, at);
      column++;
    }
    return at + 1 == end && line[at] == '}';
  }

  private void put(int column, int valueFrom, int valueTo) {
    from[column] = valueFrom;
    to[column] = valueTo;
  }

  RecordKind kind() {
    return layout.lines().kind();
  }

  /** Returns the bytes that the line is among. */
  byte[] bytes() {
    return line;
  }

  /** Returns where the line begins. */
  int start() {
    return start;
  }

  /** Returns where the line ends, without its line feed. */
  int end() {
    return end;
  }

  @Override
  public boolean has(int column) {
    return from[column] >= 0;
  }

  @Override
  public int from(int column) {
    return from[column];
  }

  @Override
  public int to(int column) {
    return to[column];
  }

  /** Returns the value of a column that holds a number. */
  double real(int column) {
    return Spelling.realValue(line, from[column], to[column]);
  }
}
