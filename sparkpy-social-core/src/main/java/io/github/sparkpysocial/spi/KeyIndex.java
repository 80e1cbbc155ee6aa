package io.github.sparkpysocial.spi;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A map from fingerprints to one {@code long} each, in primitive arrays: 30 to 38 bytes an entry
 * for any large number of entries, since it grows one of its many small tables at a time, by a
 * quarter once it has some 200,000 entries. For stores that keep an index of what they hold. Not
 * thread-safe.
 */
public final class KeyIndex {
  private static final int SEGMENTS = 256;

  /** A table that is smaller is doubled: growing by little moves each entry several times. */
  private static final int DOUBLED_UP_TO = 1 << 10;

  private final @Nullable Segment[] segments = new Segment[SEGMENTS];
  private long size;

  /** What {@link #get} returns for a key that is not there; no entry has it as its value. */
  public static final long ABSENT = Long.MIN_VALUE;

  /** Returns the value of this key, or {@link #ABSENT}. */
  public long get(Fingerprint key) {
    Segment segment = segments[segmentOf(key)];
    return segment == null ? ABSENT : segment.get(key);
  }

  /** Returns whether the key is there. */
  public boolean contains(Fingerprint key) {
    return get(key) != ABSENT;
  }

  /**
   * Sets the value of this key, which is not {@link #ABSENT}.
   *
   * @return the value before, or {@link #ABSENT}
   */
  public long put(Fingerprint key, long value) {
    if (value == ABSENT) {
      throw new IllegalArgumentException("The value stands for an absent one");
    }
    Segment segment = segments[segmentOf(key)];
    if (segment == null) {
      segment = new Segment();
      segments[segmentOf(key)] = segment;
    }
    long before = segment.put(key, value);
    if (before == ABSENT) {
      size++;
    }
    return before;
  }

  /** Removes a key; returns its value, or {@link #ABSENT}. */
  public long remove(Fingerprint key) {
    Segment segment = segments[segmentOf(key)];
    long before = segment == null ? ABSENT : segment.remove(key);
    if (before != ABSENT) {
      size--;
    }
    return before;
  }

  /** Returns how many keys there are. */
  public long size() {
    return size;
  }

  private static int segmentOf(Fingerprint key) {
    return (int) (key.high() >>> 56);
  }

  /** Open addressing with linear probing; a fingerprint is its own hash. */
  private static final class Segment {
    private int size;
    private long[] high = new long[16];
    private long[] low = new long[16];
    private long[] values = empty(16);

    private static long[] empty(int capacity) {
      long[] values = new long[capacity];
      Arrays.fill(values, ABSENT);
      return values;
    }

    private int slot(long keyHigh, long keyLow) {
      int slot = (int) (((keyLow >>> 32) * values.length) >>> 32); // spread over any length
      while (values[slot] != ABSENT && (low[slot] != keyLow || high[slot] != keyHigh)) {
        slot = after(slot);
      }
      return slot;
    }

    private int after(int slot) {
      return slot + 1 == values.length ? 0 : slot + 1;
    }

    long get(Fingerprint key) {
      return values[slot(key.high(), key.low())];
    }

    long put(Fingerprint key, long value) {
      int slot = slot(key.high(), key.low());
      long before = values[slot];
      if (before == ABSENT) {
        if (++size > values.length / 5 * 4) {
          grow();
          slot = slot(key.high(), key.low());
        }
        high[slot] = key.high();
        low[slot] = key.low();
      }
      values[slot] = value;
      return before;
    }

    long remove(Fingerprint key) {
      int slot = slot(key.high(), key.low());
      long before = values[slot];
      if (before != ABSENT) {
        size--;
        values[slot] = ABSENT;
        for (int next = after(slot); values[next] != ABSENT; next = after(next)) {
          long value = values[next];
          values[next] = ABSENT;
          int moved = slot(high[next], low[next]);
          high[moved] = high[next];
          low[moved] = low[next];
          values[moved] = value;
        }
      }
      return before;
    }

    private void grow() {
      long[] oldHigh = high;
      long[] oldLow = low;
      long[] oldValues = values;
      int capacity =
          oldValues.length < DOUBLED_UP_TO ? oldValues.length * 2 : oldValues.length / 4 * 5;
      high = new long[capacity];
      low = new long[capacity];
      values = empty(capacity);
      for (int i = 0; i < oldValues.length; i++) {
        if (oldValues[i] != ABSENT) {
          int slot = slot(oldHigh[i], oldLow[i]);
          high[slot] = oldHigh[i];
          low[slot] = oldLow[i];
          values[slot] = oldValues[i];
        }
      }
    }
  }
}
