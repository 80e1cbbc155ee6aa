package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be in which store and what is known to be missing, kept in one small JSON file
 * beside the data ({@code docs/harvest.md} shows one). Several listings and stores share a file. A
 * change is written beside the file, forced to disk and moved over it, so that after a crash either
 * the old or the new state is there.
 *
 * <p>Thread-safe; several processes may use one file, each for its own listings.
 */
public final class Ledger {
  private static final Object IN_PROCESS = new Object();

  private final @Nullable Path file;
  private List<LedgerEntry> memory = List.of();

  private Ledger(@Nullable Path file) {
    this.file = file;
  }

  /** Returns the ledger in a file, which is made with the first entry. */
  public static Ledger open(Path file) {
    return new Ledger(Objects.requireNonNull(file, "file"));
  }

  /** Returns a ledger that is forgotten when the process ends. */
  public static Ledger inMemory() {
    return new Ledger(null);
  }

  /** Returns the file, or {@code null} if it is kept in memory. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * Returns all entries, the one that changed last at the end.
   *
   * @throws StoreException if the file cannot be read or is no ledger
   */
  public List<LedgerEntry> entries() {
    synchronized (IN_PROCESS) {
      return file == null ? memory : read(file);
    }
  }

  /**
   * Returns the entry of a listing in a store.
   *
   * @param source the URI of the listing, without secrets, as {@code RecordSource.uri()} prints it
   * @param store the URI of the store, without secrets
   * @throws StoreException if the file cannot be read or is no ledger
   */
  public Optional<LedgerEntry> find(String source, String store) {
    return entries().stream().filter(entry -> isOf(entry, source, store)).findFirst();
  }

  /**
   * Notes that something is missing, such as what a stream did not deliver while it was not
   * connected; durable when it returns. A hole that overlaps one that is known becomes part of it.
   *
   * @param source the URI of the stream or listing, without secrets
   * @param store the URI of the store, without secrets
   * @param hole what is missing; with bounds in time
   * @throws StoreException if the file cannot be written
   */
  public void noteHole(String source, String store, LedgerHole hole) {
    Objects.requireNonNull(hole, "hole");
    change(
        source,
        store,
        Order.OLDEST_FIRST,
        entry -> {
          List<LedgerHole> holes = new ArrayList<>(entry.holes());
          LedgerHole all = hole;
          for (LedgerHole known : entry.holes()) {
            if (!known.isOpen() && touches(known, all)) {
              holes.remove(known);
              all = union(known, all);
            }
          }
          holes.add(all);
          holes.sort(NEWEST_FIRST);
          return entry.with(entry.intervals(), holes);
        });
  }

  /**
   * Notes that something is missing; see {@link #noteHole(String, String, LedgerHole)}.
   *
   * @param from when it begins
   * @param to when it ends
   * @param reason why, fit for a message
   */
  public void noteHole(String source, String store, Instant from, Instant to, String reason) {
    noteHole(source, store, LedgerHole.between(from, to, reason));
  }

  /**
   * Notes that what was missing in a time is there now, such as after a search for it; durable when
   * it returns. Of a hole that reaches beyond that time the rest stays.
   *
   * @throws StoreException if the file cannot be written
   */
  public void noteFilled(String source, String store, Instant from, Instant to) {
    change(
        source,
        store,
        Order.OLDEST_FIRST,
        entry -> {
          List<LedgerHole> left = new ArrayList<>();
          for (LedgerHole hole : entry.holes()) {
            if (hole.isOpen() || !hole.overlaps(from, to)) {
              left.add(hole);
              continue;
            }
            if (hole.to() == null || hole.to().isAfter(to)) {
              left.add(
                  new LedgerHole(null, hole.before(), to, hole.to(), hole.reason(), hole.next()));
            }
            if (hole.from() == null || hole.from().isBefore(from)) {
              left.add(new LedgerHole(hole.after(), null, hole.from(), from, hole.reason(), null));
            }
          }
          return entry.with(entry.intervals(), left);
        });
  }

  /**
   * Notes that everything in a part of a stream is in the store, except for its holes; durable when
   * it returns. Parts that touch in time become one.
   *
   * @throws StoreException if the file cannot be written
   */
  public void noteInterval(String source, String store, Interval interval) {
    Objects.requireNonNull(interval, "interval");
    change(
        source,
        store,
        Order.OLDEST_FIRST,
        entry -> {
          List<Interval> intervals = new ArrayList<>(entry.intervals());
          intervals.add(interval);
          return entry.with(Interval.joined(intervals), entry.holes());
        });
  }

  /**
   * Notes how far a stream was taken; durable when it returns.
   *
   * @param newest the newest post taken, or {@code null} if none was
   * @param from since when the stream is taken, except for its holes
   * @param taken when its last message was taken
   * @param mark the network's mark to go on after it, or {@code null} if it has none
   * @throws StoreException if the file cannot be written
   */
  void noteStream(
      String source,
      String store,
      @Nullable Position newest,
      @Nullable Instant from,
      Instant taken,
      @Nullable String mark) {
    change(
        source,
        store,
        Order.OLDEST_FIRST,
        entry -> {
          List<Interval> intervals = new ArrayList<>(entry.intervals());
          if (newest != null) {
            intervals.add(0, new Interval(newest, null, from, taken));
          }
          return entry.with(Interval.joined(intervals), entry.holes()).lastPage(mark);
        });
  }

  static final Comparator<LedgerHole> NEWEST_FIRST =
      Comparator.comparing(
          LedgerHole::to, Comparator.nullsFirst(Comparator.<Instant>reverseOrder()));

  private static boolean touches(LedgerHole one, LedgerHole other) {
    boolean before = one.to() != null && other.from() != null && one.to().isBefore(other.from());
    boolean after = one.from() != null && other.to() != null && one.from().isAfter(other.to());
    return !before && !after;
  }

  private static LedgerHole union(LedgerHole one, LedgerHole other) {
    boolean firstBegins =
        one.from() == null || (other.from() != null && !one.from().isAfter(other.from()));
    boolean firstEnds = one.to() == null || (other.to() != null && !one.to().isBefore(other.to()));
    LedgerHole begin = firstBegins ? one : other;
    LedgerHole end = firstEnds ? one : other;
    return new LedgerHole(
        begin.after(), end.before(), begin.from(), end.to(), other.reason(), null);
  }

  /** Returns the entry of a listing and a store, a blank one if there is none. */
  LedgerEntry entry(String source, String store, Order order) {
    return find(source, store).orElseGet(() -> LedgerEntry.none(source, store, order));
  }

  /** Replaces the entry of this listing and store; durable when it returns. */
  void commit(LedgerEntry changed) {
    change(changed.source(), changed.store(), changed.order(), entry -> changed);
  }

  private void change(
      String source, String store, Order order, UnaryOperator<LedgerEntry> operator) {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(store, "store");
    synchronized (IN_PROCESS) { // a FileLock is held by the whole process, not by a thread
      if (file == null) {
        memory = changed(memory, source, store, order, operator);
        return;
      }
      try {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
          Files.createDirectories(directory);
        }
        try (FileChannel lockFile =
                FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = lockFile.lock()) {
          Objects.requireNonNull(lock, "lock");
          write(file, changed(read(file), source, store, order, operator));
        }
      } catch (IOException e) {
        throw new StoreException("The ledger " + file + " cannot be written: " + e, e);
      }
    }
  }

  private static List<LedgerEntry> changed(
      List<LedgerEntry> entries,
      String source,
      String store,
      Order order,
      UnaryOperator<LedgerEntry> operator) {
    List<LedgerEntry> all = new ArrayList<>(entries.size() + 1);
    LedgerEntry entry = LedgerEntry.none(source, store, order);
    for (LedgerEntry known : entries) {
      if (isOf(known, source, store)) {
        entry = known;
      } else {
        all.add(known);
      }
    }
    all.add(operator.apply(entry));
    return List.copyOf(all);
  }

  private static boolean isOf(LedgerEntry entry, String source, String store) {
    return entry.source().equals(source) && entry.store().equals(store);
  }

  private static void write(Path file, List<LedgerEntry> entries) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(LedgerJson.write(entries));
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(file);
  }

  /** Makes the move itself durable, where the system can open a directory. */
  private static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !System.getProperty("file.separator").equals("/")) {
      return; // Windows cannot open directories, and its moves are durable by themselves
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<LedgerEntry> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return LedgerJson.read(file, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new StoreException("The ledger " + file + " cannot be read: " + e, e);
    }
  }
}
