package io.github.sparkpysocial.streaming.journal;

/**
 * A place between two entries of a journal. The offset says which entry comes next; the rest says
 * where its bytes are, so that nobody searches for them.
 *
 * @param offset the offset of the entry that comes next, counted from 0 over the whole journal
 * @param segment the offset of the first entry of the segment file
 * @param at the byte of that file
 */
public record JournalPosition(long offset, long segment, long at)
    implements Comparable<JournalPosition>, java.io.Serializable {

  public JournalPosition {
    if (segment < 0 || offset < segment || at < 0) {
      throw new IllegalArgumentException(
          "No position has offset " + offset + " in segment " + segment + " at byte " + at);
    }
  }

  @Override
  public int compareTo(JournalPosition other) {
    return offset == other.offset
        ? Long.compare(segment, other.segment)
        : Long.compare(offset, other.offset);
  }
}
