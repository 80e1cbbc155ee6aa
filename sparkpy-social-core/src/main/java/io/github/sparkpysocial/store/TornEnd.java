package io.github.sparkpysocial.store;

import java.io.ByteArrayOutputStream;

/** Finds out, item by item, whether a file ends well or with something left by half. */
final class TornEnd {
  private final ByteArrayOutputStream bad = new ByteArrayOutputStream();
  private long soundEnd;
  private long badLine;
  private long items;
  private boolean sound = true;
  private boolean terminated = true;

  /**
   * Begins.
   *
   * @param soundEnd the offset after what is not an item, such as the header of a table
   */
  TornEnd(long soundEnd) {
    this.soundEnd = soundEnd;
  }

  /** Takes an item that is sound and has a line's end, which is at this offset. */
  void sound(long end) {
    items++;
    sound = true;
    terminated = true;
    soundEnd = end;
    if (bad.size() > 0) {
      bad.reset();
    }
  }

  /** Takes any item. */
  void take(Item item) {
    if (item.problem() == null) {
      sound(item.end());
    } else {
      sound = false;
      items += item.terminated() ? 1 : 0;
      if (bad.size() == 0) {
        badLine = item.line();
      } else {
        bad.write('\n');
      }
      bad.writeBytes(item.raw());
    }
    terminated = item.terminated();
  }

  /** Returns whether the last item is sound, and only its line's end is missing. */
  boolean isUnterminated() {
    return sound && !terminated;
  }

  /** Returns whether the last item was left by half. */
  boolean isTorn() {
    return !sound && !terminated;
  }

  /** Returns how many items there are, without one that was left by half. */
  long items() {
    return items;
  }

  /** Returns the offset after the last sound item. */
  long from() {
    return soundEnd;
  }

  /** Returns the first line after that. */
  long line() {
    return badLine;
  }

  /** Returns what stands there. */
  byte[] bytes() {
    return bad.toByteArray();
  }
}
