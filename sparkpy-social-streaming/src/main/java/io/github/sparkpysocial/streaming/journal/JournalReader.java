package io.github.sparkpysocial.streaming.journal;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a journal, also while another process writes it. What a reader sees is durable. Immutable
 * and thread-safe; cursors are not.
 */
public final class JournalReader {
  private final Path directory;

  private JournalReader(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns a reader.
   *
   * @throws StoreException if there is no journal in the directory
   */
  public static JournalReader of(Path directory) {
    JournalReader reader = new JournalReader(directory.toAbsolutePath());
    if (!Files.isDirectory(directory) || reader.segments().isEmpty()) {
      throw new StoreException(
          "There is no journal in " + directory + "; it is made by whoever takes the stream");
    }
    return reader;
  }

  /** Returns where the journal is. */
  public Path directory() {
    return directory;
  }

  /** Returns the position of the oldest entry that is kept. */
  public JournalPosition start() {
    return segments().get(0).start();
  }

  /** Returns the position after the newest entry that is durable. */
  public JournalPosition end() {
    try {
      JournalPosition end = DurableEnd.read(directory);
      return end == null ? soundEnd() : end;
    } catch (IOException e) {
      throw UnreadableJournal.because(directory, e);
    }
  }

  private JournalPosition soundEnd() throws IOException {
    List<Segment> segments = segments();
    return Tail.of(segments.get(segments.size() - 1)).end();
  }

  /**
   * Returns the entries between two positions, which are of this journal. Nothing is opened yet.
   *
   * @return a cursor to be closed by the caller
   */
  public JournalCursor read(JournalPosition from, JournalPosition to) {
    return new JournalCursor(directory, from, to);
  }

  /** Returns all durable entries; see {@link #read}. */
  public JournalCursor readAll() {
    return read(start(), end());
  }

  /**
   * Returns the position that is so many entries after another, but not after {@code to}. Reads
   * what is between.
   */
  public JournalPosition advance(JournalPosition from, JournalPosition to, long entries) {
    try (JournalCursor cursor = read(from, to)) {
      while (cursor.position().offset() - from.offset() < entries && cursor.hasNext()) {
        JournalEntry unused = cursor.next();
      }
      return cursor.position();
    }
  }

  private List<Segment> segments() {
    try {
      return Segment.list(directory);
    } catch (IOException e) {
      throw UnreadableJournal.because(directory, e);
    }
  }
}
