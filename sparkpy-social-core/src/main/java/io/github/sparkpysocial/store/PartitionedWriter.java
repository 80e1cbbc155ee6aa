package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.spi.WriterLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a partitioned directory, one writer at a time. It knows of each key in which file it is,
 * so that a record whose time has changed leaves its old partition, and a tombstone goes where its
 * target is. Few files are open at once; those not used for longest are closed.
 *
 * <p>A record that moves is written to its new file before it is deleted from the old one, and a
 * note in {@value #MOVES} says so meanwhile; after a crash the next writer ends what was begun.
 */
final class PartitionedWriter implements AutoCloseable {
  static final String MOVES = "_moves";
  private static final int OPEN_FILES = 64;

  private final Path directory;
  private final PartitionLayout layout;
  private final StoreOptions options;
  private final Function<Path, DataFile> dataFile;
  private final WriterLock lock;

  private final List<String> files = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Map<Integer, FileWriter> open = new LinkedHashMap<>(16, 0.75f, true);

  /** From each key to the number of its file. */
  private final KeyIndex where = new KeyIndex();

  /** The keys that tombstones keep away. */
  private final KeyIndex deleted = new KeyIndex();

  private @Nullable RecordKind kind;
  private boolean closed;

  private PartitionedWriter(
      Path directory,
      PartitionLayout layout,
      StoreOptions options,
      Function<Path, DataFile> dataFile,
      WriterLock lock) {
    this.directory = directory;
    this.layout = layout;
    this.options = options;
    this.dataFile = dataFile;
    this.lock = lock;
  }

  /**
   * Locks a directory, which is made if it is not there, and learns what is in it.
   *
   * @throws StoreException if somebody else writes it
   */
  static PartitionedWriter open(
      Path directory,
      PartitionLayout layout,
      StoreOptions options,
      List<Path> files,
      Function<Path, DataFile> dataFile) {
    PartitionedWriter writer = null;
    try {
      Files.createDirectories(directory);
      WriterLock lock = WriterLock.of(directory, directory.resolve(PartitionLayout.FILE));
      writer = new PartitionedWriter(directory, layout, options, dataFile, lock);
      layout.write(directory);
      writer.learn(files);
      PartitionedWriter ready = writer;
      writer = null;
      return ready;
    } catch (IOException e) {
      throw unwritable(directory, e);
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
  }

  private static StoreException unwritable(Path directory, IOException e) {
    return new StoreException(
        "Cannot write "
            + directory
            + " ("
            + e.getClass().getSimpleName()
            + "); is there space, and may you write there?",
        e);
  }

  private void learn(List<Path> paths) throws IOException {
    Path moves = directory.resolve(MOVES);
    Set<String> begun = new HashSet<>();
    if (Files.exists(moves)) {
      begun.addAll(Files.readAllLines(moves));
    }
    Map<Integer, List<RecordKey>> left = new HashMap<>();
    for (Path path : paths) {
      int file = number(directory.relativize(path).toString());
      try (ItemReader items = dataFile.apply(path).open()) {
        Item item;
        while ((item = items.next()) != null) {
          for (SocialRecord record : item.records()) {
            learn(record, file, begun, left);
          }
        }
      }
    }
    left.forEach((file, keys) -> writer(file).delete(keys));
    Files.deleteIfExists(moves);
  }

  private void learn(
      SocialRecord record, int file, Set<String> begun, Map<Integer, List<RecordKey>> left) {
    Fingerprint key = Fingerprint.ofKey(record.key());
    if (record instanceof Tombstone tombstone) {
      deleted.put(Fingerprint.ofKey(tombstone.target()), 0);
    }
    kind = kind == null ? CsvEncoder.kindFor(record) : kind;
    long other = where.get(key);
    if (other != KeyIndex.ABSENT && other != file) {
      boolean leavesThis = begun.contains(move(key, file));
      int old = leavesThis ? file : (int) other;
      left.computeIfAbsent(old, each -> new ArrayList<>()).add(record.key());
      if (leavesThis) {
        return;
      }
    }
    where.put(key, file);
  }

  private String move(Fingerprint key, int from) {
    return key + " " + files.get(from);
  }

  private int number(String file) {
    return numbers.computeIfAbsent(
        file,
        each -> {
          files.add(each);
          return files.size() - 1;
        });
  }

  /** Returns the writer of a file, and closes the one that was not used for longest. */
  private FileWriter writer(int file) {
    FileWriter writer = open.get(file);
    if (writer == null) {
      if (open.size() == OPEN_FILES) {
        Iterator<FileWriter> eldest = open.values().iterator();
        FileWriter old = eldest.next();
        eldest.remove();
        old.close();
      }
      Path path = directory.resolve(files.get(file));
      try {
        Files.createDirectories(path.getParent());
      } catch (IOException e) {
        throw unwritable(directory, e);
      }
      writer = FileWriter.open(path, layout.type(), options, () -> dataFile.apply(path));
      open.put(file, writer);
    }
    return writer;
  }

  /** Writes one batch: each record is whole in its file or not there. */
  WriteSummary write(List<? extends SocialRecord> batch) {
    requireOneKind(batch);
    WriteSummary summary = WriteSummary.NONE;
    Map<Integer, List<SocialRecord>> groups = new LinkedHashMap<>();
    Map<Integer, List<RecordKey>> left = new LinkedHashMap<>();
    try {
      for (SocialRecord record : batch) {
        Fingerprint key = Fingerprint.ofKey(record.key());
        if (deleted.contains(key)) {
          summary = summary.plus(new WriteSummary(0, 0, 1, 0, 0));
          continue;
        }
        int file;
        try {
          file = file(record, key);
        } catch (BadItemException e) {
          setAside(record, e);
          summary = summary.plus(new WriteSummary(0, 0, 0, 0, 1));
          continue;
        }
        long before = where.get(key);
        if (before != KeyIndex.ABSENT && before != file) {
          summary = summary.plus(flush(groups));
          summary = summary.plus(move(record, key, (int) before, file, left));
          continue;
        }
        where.put(key, file);
        groups.computeIfAbsent(file, each -> new ArrayList<>()).add(record);
        if (record instanceof Tombstone tombstone) {
          Fingerprint target = Fingerprint.ofKey(tombstone.target());
          deleted.put(target, 0);
          where.remove(target);
          Path marker =
              directory.resolve(files.get(file)).resolveSibling(PartitionedStore.TOMBSTONES);
          Files.createDirectories(marker.getParent());
          if (!Files.exists(marker)) {
            Files.createFile(marker);
          }
        }
      }
      summary = summary.plus(flush(groups));
      left.forEach((file, keys) -> writer(file).delete(keys));
      Files.deleteIfExists(directory.resolve(MOVES));
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
    return summary;
  }

  private WriteSummary flush(Map<Integer, List<SocialRecord>> groups) {
    WriteSummary summary = WriteSummary.NONE;
    for (Map.Entry<Integer, List<SocialRecord>> group : groups.entrySet()) {
      summary = summary.plus(writer(group.getKey()).write(group.getValue()));
    }
    groups.clear();
    return summary;
  }

  /** Returns the number of the file for a record: that of its target for a tombstone. */
  private int file(SocialRecord record, Fingerprint key) throws BadItemException {
    if (record instanceof Tombstone tombstone) {
      long known = where.get(key);
      long target = where.get(Fingerprint.ofKey(tombstone.target()));
      if (known != KeyIndex.ABSENT || target != KeyIndex.ABSENT) {
        return (int) (known == KeyIndex.ABSENT ? target : known);
      }
    }
    return number(layout.file(record));
  }

  private WriteSummary move(
      SocialRecord record, Fingerprint key, int from, int to, Map<Integer, List<RecordKey>> left)
      throws IOException {
    note(move(key, from));
    List<RecordKey> leaving = left.get(to);
    if (leaving != null && leaving.remove(record.key())) { // it comes back in the same batch
      writer(to).delete(List.of(record.key()));
    }
    WriteSummary written = writer(to).write(List.of(record));
    if (written.quarantined() > 0) {
      return written;
    }
    where.put(key, to);
    left.computeIfAbsent(from, each -> new ArrayList<>()).add(record.key());
    return new WriteSummary(0, 1, 0, 0, 0);
  }

  private void note(String move) throws IOException {
    try (FileChannel notes =
        FileChannel.open(
            directory.resolve(MOVES),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      ByteBuffer line = ByteBuffer.wrap((move + "\n").getBytes(StandardCharsets.UTF_8));
      while (line.hasRemaining()) {
        notes.write(line);
      }
      notes.force(true);
    }
  }

  private void setAside(SocialRecord record, BadItemException problem) {
    LineEncoder line = new LineEncoder();
    line.add(record, options.keepRaw());
    options
        .quarantine()
        .setAside(
            new Rejected(
                directory.toString(), 0, problem.field(), problem.reason(), line.toArray()));
  }

  /** Refuses a second kind in a directory of CSV before anything of a batch is written. */
  private void requireOneKind(List<? extends SocialRecord> batch) {
    if (layout.type().layout() != FileType.Layout.CSV) {
      return;
    }
    RecordKind kept = kind;
    for (SocialRecord record : batch) {
      kept = kept == null ? CsvEncoder.kindFor(record) : kept;
      if (kept != CsvEncoder.kindFor(record)) {
        throw new UnsupportedCapabilityException(
            "The CSV files in "
                + directory
                + " keep records of kind "
                + kept.wireName()
                + " and do not claim MIXED_KINDS, so they cannot hold one of kind "
                + CsvEncoder.kindFor(record).wireName()
                + "; use ;format=jsonl, or filter by kind");
      }
    }
    kind = kept;
  }

  /** Deletes by key. */
  long delete(Collection<RecordKey> keys) {
    Map<Integer, List<RecordKey>> groups = new LinkedHashMap<>();
    for (RecordKey key : keys) {
      Fingerprint fingerprint = Fingerprint.ofKey(key);
      long file = where.remove(fingerprint);
      if (file != KeyIndex.ABSENT) {
        groups.computeIfAbsent((int) file, each -> new ArrayList<>()).add(key);
        if (key.kind() == RecordKind.TOMBSTONE) {
          deleted.remove(Fingerprint.ofKey(FileIndex.targetOf(key)));
        }
      }
    }
    long found = 0;
    for (Map.Entry<Integer, List<RecordKey>> group : groups.entrySet()) {
      found += writer(group.getKey()).delete(group.getValue());
    }
    return found;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (lock) {
      open.values().forEach(FileWriter::close);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }
}
