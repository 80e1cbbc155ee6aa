package io.github.sparkpysocial.streaming.journal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the last segment holds.
 *
 * @param hasHeader whether it is a segment at all
 * @param end the position after its last sound entry
 * @param bytes how long the file is; what is after the end is torn or damaged
 * @param damaged how many entries before the end cannot be read
 * @param state the last entry of kind {@link JournalEntry.Kind#STATE}, or {@code null}
 */
record Tail(
    boolean hasHeader,
    JournalPosition end,
    long bytes,
    long damaged,
    @Nullable JournalEntry state) {

  static Tail of(Segment segment) throws IOException {
    try (SegmentBytes bytes = new SegmentBytes(segment)) {
      long size = bytes.size();
      JournalPosition end = segment.start();
      if (!bytes.hasHeader()) {
        return new Tail(false, end, size, 0, null);
      }
      JournalEntry state = null;
      long at = end.at();
      long offset = end.offset();
      long damagedHere = 0;
      long damaged = 0;
      int length;
      while ((length = bytes.length(at, size)) > 0) {
        boolean sound = bytes.isSound(at, length);
        if (sound) {
          JournalEntry entry = bytes.entry(offset, at, length);
          state = entry.kind() == JournalEntry.Kind.STATE ? entry : state;
          damaged += damagedHere;
          damagedHere = 0;
          end = new JournalPosition(offset + 1, segment.base(), at + length);
        } else if (++damagedHere > 1) {
          break; // two in a row: nobody knows what the lengths are worth
        }
        at += length;
        offset++;
      }
      return new Tail(true, end, size, damaged, state);
    }
  }
}
