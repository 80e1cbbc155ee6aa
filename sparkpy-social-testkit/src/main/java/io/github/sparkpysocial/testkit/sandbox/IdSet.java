package io.github.sparkpysocial.testkit.sandbox;

import java.util.Arrays;

/**
 * A set of numeric ids in one array: at most 24 bytes an id, where a {@code Set<String>} takes a
 * hundred, so that a sandbox remembers millions of posts. Not thread-safe.
 */
final class IdSet {
  private static final long FREE = Long.MIN_VALUE;

  private long[] slots = free(16);
  private int size;

  private static long[] free(int capacity) {
    long[] slots = new long[capacity];
    Arrays.fill(slots, FREE);
    return slots;
  }

  /** Adds an id, a number that is not negative, unless it is there. */
  void add(long id) {
    if (id < 0) {
      throw new IllegalArgumentException("No id is negative");
    }
    int slot = slot(id);
    if (slots[slot] == id) {
      return;
    }
    slots[slot] = id;
    if (++size > slots.length / 3 * 2) {
      long[] old = slots;
      slots = free(old.length * 2);
      for (long known : old) {
        if (known != FREE) {
          slots[slot(known)] = known;
        }
      }
    }
  }

  /** Returns where this id is or may be put: ids have a time in them, so that they are mixed. */
  private int slot(long id) {
    int mask = slots.length - 1;
    int slot = (int) ((id * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (slots[slot] != FREE && slots[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Returns how many ids there are. */
  int size() {
    return size;
  }
}
