package io.github.sparkpysocial.streaming.journal;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.spi.WriterLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a journal: entries are {@linkplain #append gathered} and {@linkplain #commit committed}.
 * Before it is committed an entry has no offset and no reader sees it; after, it survives what
 * {@link JournalOptions.Sync} says.
 *
 * <p>A directory has one writer; another one, in this process or elsewhere, is refused. Readers may
 * follow. Opening a journal that a killed process left sets a torn tail aside, into a file {@code
 * torn-OFFSET} beside the segments, and goes on. If entries that had been committed turn out to be
 * damaged, what is sound stays readable, the damage is told by {@link #findings()}, and readers get
 * {@link JournalEntry.Kind#LOST} where they were.
 *
 * <p>Used by one thread at a time, which nobody interrupts: an interrupt closes the file.
 */
public final class Journal implements AutoCloseable {
  /** How large the payload of an entry is at most. */
  public static final int MOST_PAYLOAD_BYTES = Segment.MOST_ENTRY_BYTES - Segment.META_BYTES;

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final Path directory;
  private final JournalOptions options;
  private final WriterLock lock;
  private final FileChannel endFile;
  private final List<String> findings;
  private final Gathered gathered;
  private byte @Nullable [] state;
  private @Nullable FileChannel segment;
  private volatile JournalPosition end;
  private boolean closed;

  private Journal(Path directory, JournalOptions options, WriterLock lock) throws IOException {
    this.directory = directory;
    this.options = options;
    this.lock = lock;
    this.gathered = new Gathered(options.clock());
    Recovery recovery = Recovery.of(directory);
    this.findings = recovery.findings();
    this.state = recovery.state();
    this.end = recovery.end();
    this.segment =
        recovery.goesOn()
            ? FileChannel.open(
                Segment.at(directory, end.segment()).file(), StandardOpenOption.WRITE)
            : null;
    this.endFile =
        FileChannel.open(
            DurableEnd.file(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (segment == null) {
      roll(); // so that a reader finds a journal
    }
    DurableEnd.write(endFile, end);
    findings.forEach(finding -> log.warn("{}: {}", directory, finding));
  }

  /**
   * Opens a journal to go on with it, or makes one.
   *
   * @param directory made if it is not there
   * @throws StoreException if another writer has it, or it cannot be read or written
   */
  public static Journal open(Path directory, JournalOptions options) {
    Objects.requireNonNull(options, "options");
    Path absolute = directory.toAbsolutePath();
    WriterLock lock = null;
    try {
      Files.createDirectories(absolute);
      lock = WriterLock.of(absolute, absolute.resolve("journal"));
      return new Journal(absolute, options, lock);
    } catch (IOException | RuntimeException e) {
      try {
        if (lock != null) {
          lock.close();
        }
      } catch (IOException alsoWrong) {
        e.addSuppressed(alsoWrong);
      }
      if (e instanceof StoreException known) {
        throw known;
      }
      throw new StoreException("The journal " + directory + " cannot be opened: " + e, e);
    }
  }

  /** Returns where the journal is. */
  public Path directory() {
    return directory;
  }

  /** Returns what was wrong with the journal when it was opened, fit for messages; mostly empty. */
  public List<String> findings() {
    return findings;
  }

  /** Returns the position after the last committed entry. Any thread may ask. */
  public JournalPosition end() {
    return end;
  }

  /** Returns the payload of the last committed {@link JournalEntry.Kind#STATE}, or null. */
  public byte @Nullable [] state() {
    return state == null ? null : state.clone();
  }

  /** Returns a reader of this journal. */
  public JournalReader reader() {
    return JournalReader.of(directory);
  }

  /**
   * Gathers an entry. When a megabyte has been gathered, it is committed.
   *
   * @throws IllegalArgumentException if the entry is larger than 16 MiB, or of kind {@link
   *     JournalEntry.Kind#LOST}
   * @throws StoreException as {@link #commit}; the entry is gathered then
   */
  public void append(JournalEntry.Kind kind, byte[] payload) {
    if (kind == JournalEntry.Kind.LOST) {
      throw new IllegalArgumentException("Nobody writes that entries are lost");
    }
    if (payload.length > MOST_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "An entry has at most "
              + Segment.MOST_ENTRY_BYTES
              + " bytes, this has "
              + payload.length);
    }
    gathered.add(kind, payload);
    if (gathered.isLarge()) {
      JournalPosition unused = commit();
    }
  }

  /**
   * Makes durable what was gathered, and shows it to readers.
   *
   * @return the position after it
   * @throws StoreException if it cannot be written, such as on a full disk. What was gathered stays
   *     gathered, nothing of it is in the file, and it can be committed again
   */
  public JournalPosition commit() {
    if (closed) {
      throw new IllegalStateException("The journal " + directory + " is closed");
    }
    if (gathered.entries() == 0) {
      return end;
    }
    try {
      if (segment == null || end.at() >= options.segmentBytes()) {
        roll();
      }
      FileChannel file = Objects.requireNonNull(segment);
      long after = write(file, gathered.bytes(), end.at());
      sync(file);
      JournalPosition durable =
          new JournalPosition(end.offset() + gathered.entries(), end.segment(), after);
      DurableEnd.write(endFile, durable);
      end = durable;
    } catch (IOException e) {
      throw failed(e);
    }
    byte[] newState = gathered.state();
    state = newState == null ? state : newState;
    gathered.clear();
    return end;
  }

  /** Begins another segment, with the last state, and lets the oldest go. */
  private void roll() throws IOException {
    Segment next = Segment.at(directory, end.offset());
    ByteBuffer first =
        ByteBuffer.allocate(
            Segment.HEADER_BYTES
                + (state == null ? 0 : Segment.FRAME_BYTES + Segment.META_BYTES + state.length));
    first.put(next.header());
    if (state != null) {
      gathered.put(first, JournalEntry.Kind.STATE, state);
    }
    FileChannel file =
        FileChannel.open(
            next.file(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      long after = write(file, first.flip(), 0);
      sync(file);
      syncDirectory();
      closeSegment();
      end = new JournalPosition(end.offset() + (state == null ? 0 : 1), next.base(), after);
      segment = file;
    } catch (IOException e) {
      file.close();
      Files.deleteIfExists(next.file());
      throw e;
    }
    Retention.apply(directory, options);
  }

  private static long write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
    return position;
  }

  private void sync(FileChannel file) throws IOException {
    if (options.sync() == JournalOptions.Sync.DISK) {
      file.force(false);
    }
  }

  private void syncDirectory() throws IOException {
    if (options.sync() == JournalOptions.Sync.DISK) {
      try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
  }

  /**
   * Takes back what was half written. After a failed fsync nobody knows what the file holds beyond
   * the last commit, so that the next commit begins another one.
   */
  private StoreException failed(IOException cause) {
    try {
      FileChannel file = segment;
      if (file != null && file.isOpen()) {
        file.truncate(end.at());
      }
      closeSegment();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    segment = null;
    return new StoreException(
        "The journal "
            + directory
            + " cannot be written: "
            + cause.getMessage()
            + ". Nothing that was committed is lost; "
            + gathered.entries()
            + " entries wait in memory. Make room on its disk, or keep less (keepBytes, keepFor)",
        cause);
  }

  private void closeSegment() throws IOException {
    FileChannel file = segment;
    segment = null;
    if (file != null) {
      file.close();
    }
  }

  /**
   * Commits what was gathered and lets another writer in. Closing twice does nothing.
   *
   * @throws StoreException as {@link #commit}; the journal is closed all the same
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    try {
      JournalPosition unused = commit();
    } finally {
      closed = true;
      try {
        closeSegment();
        endFile.close();
        lock.close();
      } catch (IOException e) {
        log.warn("{} could not be closed in order", directory, e);
      }
    }
  }
}
