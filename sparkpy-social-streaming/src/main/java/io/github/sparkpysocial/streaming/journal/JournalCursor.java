package io.github.sparkpysocial.streaming.journal;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The entries between two positions of a journal, in order and in constant memory. Every offset
 * between them comes: where entries cannot be read, one {@link JournalEntry.Kind#LOST} stands for
 * all that are lost there. The same journal gives the same entries each time.
 *
 * <p>Used by one thread.
 */
public final class JournalCursor implements Iterator<JournalEntry>, AutoCloseable {
  private final Path directory;
  private final JournalPosition to;
  private JournalPosition position;
  private @Nullable SegmentBytes open;
  private @Nullable JournalEntry next;

  JournalCursor(Path directory, JournalPosition from, JournalPosition to) {
    this.directory = directory;
    this.position = from;
    this.to = to;
  }

  /**
   * Returns whether there is another entry.
   *
   * @throws StoreException if the journal cannot be read, or its retention has removed what comes
   *     next
   */
  @Override
  public boolean hasNext() {
    try {
      while (next == null && position.offset() < to.offset()) {
        next = advance();
      }
      return next != null;
    } catch (IOException e) {
      throw UnreadableJournal.because(directory, e);
    }
  }

  @Override
  public JournalEntry next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("All entries were read");
    }
    JournalEntry entry = next;
    next = null;
    return entry;
  }

  /** Returns the position after the entry that {@link #next} has returned last. */
  public JournalPosition position() {
    if (next != null) {
      throw new IllegalStateException("The position is known after next(), not after hasNext()");
    }
    return position;
  }

  /** Goes over one entry, or to another file. */
  private @Nullable JournalEntry advance() throws IOException {
    SegmentBytes bytes = segment();
    long at = position.at();
    long bound = position.segment() == to.segment() ? to.at() : bytes.size();
    if (at >= bound || !bytes.hasHeader()) {
      return goOn("the file ends");
    }
    int length = bytes.length(at, bound);
    if (length < 0) {
      return goOn("the bytes from " + at + " on are no entries");
    }
    long end = at + length;
    if (!bytes.isSound(at, length)) {
      int following = bytes.length(end, bound);
      if (end != bound && (following < 0 || !bytes.isSound(end, following))) {
        return goOn("the bytes from " + at + " on are no entries");
      }
      return lost(
          new JournalPosition(position.offset() + 1, position.segment(), end),
          "the entry at byte " + at + " has another checksum than it was written with");
    }
    JournalEntry entry = bytes.entry(position.offset(), at, length);
    position = new JournalPosition(position.offset() + 1, position.segment(), end);
    return entry;
  }

  /** Goes to the next file; what should have been before it is lost. */
  private @Nullable JournalEntry goOn(String reason) throws IOException {
    JournalPosition following = to;
    if (position.segment() != to.segment()) {
      following =
          Segment.list(directory).stream()
              .filter(segment -> segment.base() > position.segment())
              .map(Segment::start)
              .findFirst()
              .orElse(to);
    }
    if (following.offset() > position.offset()) {
      return lost(following.compareTo(to) > 0 ? to : following, reason);
    }
    position = following;
    return null;
  }

  private JournalEntry lost(JournalPosition following, String reason) {
    JournalEntry lost =
        JournalEntry.lost(
            position.offset(),
            following.offset() - position.offset(),
            Segment.at(directory, position.segment()).file().getFileName() + ": " + reason);
    position = following;
    return lost;
  }

  private SegmentBytes segment() throws IOException {
    SegmentBytes current = open;
    if (current != null && current.segment().base() == position.segment()) {
      return current;
    }
    close();
    try {
      current = new SegmentBytes(Segment.at(directory, position.segment()));
    } catch (NoSuchFileException e) {
      throw gone(e);
    }
    open = current;
    return current;
  }

  private StoreException gone(NoSuchFileException cause) throws IOException {
    List<Segment> kept = Segment.list(directory);
    String first = kept.isEmpty() ? "none is left" : "the oldest is " + kept.get(0).base();
    return new StoreException(
        "The journal "
            + directory
            + " no longer has the entries from "
            + position.offset()
            + " on; "
            + first
            + ". Keep more (keepBytes, keepFor) than the slowest reader lags behind, or begin anew"
            + " with another checkpoint",
        cause);
  }

  @Override
  public void close() {
    SegmentBytes current = open;
    open = null;
    if (current != null) {
      try {
        current.close();
      } catch (IOException e) {
        throw new StoreException("A file of the journal " + directory + " cannot be closed", e);
      }
    }
  }
}
