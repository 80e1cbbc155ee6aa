package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.spi.WriterLock;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;

/**
 * Writes a place, from its first write until it is closed. Records go into one hidden file, which
 * gets its name when a write ends or the file is full: that of a part if it is large and holds
 * nothing but new records, else that of a delta. So each write is there as a whole or not at all,
 * and a long one by large pieces. Deltas are {@linkplain Folding folded} into the parts when they
 * are many bytes, and on close.
 */
final class ParquetSession implements AutoCloseable {
  private final Path place;
  private final StoreOptions options;
  private final FileSteps steps;
  private final Limits limits;
  private final WriterLock lock;

  /** From each key to its content, tombstones included. */
  private final KeyIndex contents = new KeyIndex();

  /** The keys that tombstones keep away. */
  private final KeyIndex deleted = new KeyIndex();

  private List<PartFile> parts = List.of();
  private final List<PartFile> deltas = new ArrayList<>();

  /** How many deltas, from the first, are merged ones or others too large to be merged. */
  private int merged;

  /** Whether the deltas hold nothing but new records, each once. */
  private boolean deltasAreNew = true;

  private @Nullable PartWriter file;
  private boolean fileIsNew;
  private boolean failed;
  private boolean closed;

  private ParquetSession(
      Path place, StoreOptions options, FileSteps steps, Limits limits, WriterLock lock) {
    this.place = place;
    this.options = options;
    this.steps = steps;
    this.limits = limits;
    this.lock = lock;
  }

  /**
   * Locks a place, which need not be there yet, and learns what is in it.
   *
   * @throws StoreException if somebody else writes it, or its parent directory is not there
   */
  static ParquetSession open(Path place, StoreOptions options, FileSteps steps, Limits limits) {
    Path parent = place.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      throw new StoreException(
          "Cannot write " + place + ": there is no directory " + parent + "; make it first");
    }
    ParquetSession session = null;
    WriterLock lock = null;
    try {
      lock = WriterLock.of(parent, place);
      ParquetSession opened = new ParquetSession(place, options, steps, limits, lock);
      if (!Files.isDirectory(place)) {
        Files.createDirectory(place);
      }
      steps.delete(PartDirectory.writing(place));
      opened.learn();
      session = opened;
      return opened;
    } catch (IOException e) {
      throw unwritable(place, e);
    } finally {
      if (session == null && lock != null) {
        release(lock, place);
      }
    }
  }

  private static void release(WriterLock lock, Path place) {
    try {
      lock.close();
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  private static StoreException unwritable(Path place, IOException e) {
    return new StoreException(
        "Cannot write "
            + place
            + " ("
            + e.getClass().getSimpleName()
            + "); is there space, and may you write there?",
        e);
  }

  private void learn() throws IOException {
    look();
    for (PartFile part : parts) {
      part.isOlder(); // refuses a newer one
      learn(part);
    }
    for (PartFile delta : deltas) {
      delta.isOlder(); // refuses a newer one
      learn(delta);
    }
    deltasAreNew = deltas.isEmpty();
  }

  /** Looks at the files anew. */
  private void look() throws IOException {
    PartDirectory directory = PartDirectory.of(place);
    parts = directory.parts();
    deltas.clear();
    deltas.addAll(directory.deltas());
  }

  private void learn(PartFile each) throws IOException {
    try (PartFile from = each;
        PartRows rows =
            from.read(Set.of(TableLayout.KEY, TableLayout.CONTENT), FilterCompat.NOOP)) {
      Map<String, @Nullable Object> row;
      while ((row = rows.next()) != null) {
        String content = String.valueOf(row.get(TableLayout.CONTENT));
        RecordKey key = Keys.parse(String.valueOf(row.get(TableLayout.KEY)));
        if (content.equals(Overlay.NO_CONTENT)) {
          forget(key);
        } else {
          contents.put(Fingerprint.ofKey(key), Keys.content(content));
          bury(key);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          each.path()
              + " has a key or content that this library does not write; restore the file, or"
              + " transfer what is readable to a new place",
          e);
    }
  }

  private boolean bury(RecordKey key) {
    Fingerprint target = Keys.targetOf(key);
    if (target == null) {
      return false;
    }
    deleted.put(target, 0);
    return contents.remove(target) != KeyIndex.ABSENT;
  }

  private boolean forget(RecordKey key) {
    Fingerprint target = Keys.targetOf(key);
    if (target != null) {
      deleted.remove(target);
    }
    return contents.remove(Fingerprint.ofKey(key)) != KeyIndex.ABSENT;
  }

  /** Writes records; see {@link io.github.sparkpysocial.store.RecordStore#write(Iterator)}. */
  WriteSummary write(Iterator<? extends SocialRecord> records) {
    requireUsable();
    WriteSummary summary = WriteSummary.NONE;
    boolean read = false;
    try {
      List<SocialRecord> batch = new ArrayList<>();
      while (records.hasNext()) {
        batch.add(records.next());
        if (batch.size() == options.batchSize()) {
          summary = summary.plus(writeBatch(batch));
          batch.clear();
        }
      }
      summary = summary.plus(writeBatch(batch));
      read = true;
    } finally {
      if (!read && !failed) {
        publish(); // what came before the source failed
      }
    }
    publish();
    return summary;
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          "An earlier write to " + place + " failed; close the store and open it again");
    }
  }

  private WriteSummary writeBatch(List<SocialRecord> batch) {
    failed = true; // until it is known better
    long inserted = 0;
    long updated = 0;
    long unchanged = 0;
    long removed = 0;
    long quarantined = 0;
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SocialRecord record : batch) {
      RecordSchema schema = RecordSchema.of(record.recordKind());
      List<@Nullable Object> values = schema.values(record);
      if (!fits(values)) {
        quarantined++;
        setAside(record);
        continue;
      }
      Fingerprint content = Fingerprint.ofContent(schema, values, options.keepRaw());
      Fingerprint key = Fingerprint.ofKey(record.key());
      long before = contents.get(key);
      if (before == Keys.content(content) || deleted.contains(key)) {
        unchanged++;
      } else {
        rows.add(row(record, content, values));
        contents.put(key, Keys.content(content));
        if (before == KeyIndex.ABSENT) {
          inserted++;
        } else {
          updated++;
        }
        if (record instanceof Tombstone && bury(record.key())) {
          removed++;
        }
      }
    }
    append(rows, updated == 0 && removed == 0);
    failed = false;
    return new WriteSummary(inserted, updated, unchanged, removed, quarantined);
  }

  /** Returns whether all times are such as Parquet has. */
  private static boolean fits(List<? extends @Nullable Object> values) {
    for (Object value : values) {
      if (value instanceof Instant time) {
        try {
          Micros.of(time);
        } catch (ArithmeticException outOfRange) {
          return false;
        }
      }
    }
    return true;
  }

  private void setAside(SocialRecord record) {
    String raw = record.raw();
    options
        .quarantine()
        .setAside(
            new Rejected(
                place.toString(),
                0,
                null,
                "has a time more than 292,000 years from now, which Parquet cannot hold",
                (raw == null ? record.key().toString() : raw).getBytes(StandardCharsets.UTF_8)));
  }

  private @Nullable Object[] row(
      SocialRecord record, Fingerprint content, List<? extends @Nullable Object> values) {
    @Nullable Object[] row = new Object[TableLayout.WIDTH];
    row[0] = WellFormed.text(record.key().toString());
    row[1] = content.toString();
    int[] positions = TableLayout.positions(record.recordKind());
    for (int i = 0; i < positions.length; i++) {
      row[positions[i]] = values.get(i);
    }
    if (!options.keepRaw()) {
      row[TableLayout.RAW] = null;
    }
    return row;
  }

  private void append(List<@Nullable Object[]> rows, boolean areNew) {
    if (rows.isEmpty()) {
      return;
    }
    try {
      PartWriter open = file;
      if (open != null && !areNew && fileIsNew && open.bytes() >= limits.smallBytes()) {
        publish(open);
        open = null;
      }
      if (open == null) {
        Path writing = PartDirectory.writing(place);
        open = PartWriter.of(writing, steps.create(writing));
        file = open;
        fileIsNew = true;
      }
      fileIsNew &= areNew;
      for (@Nullable Object[] row : rows) {
        open.write(row);
      }
      if (open.bytes() >= limits.partBytes()) {
        publish(open);
      }
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  private void publish() {
    PartWriter open = file;
    if (open != null) {
      failed = true; // until it is known better
      try {
        publish(open);
      } catch (IOException e) {
        throw unwritable(place, e);
      }
      failed = false;
    }
  }

  /** Ends the file that is being written and gives it a name, by which all of it is there. */
  private void publish(PartWriter open) throws IOException {
    try (open) {
      open.finish(steps);
    }
    file = null;
    if (fileIsNew && Files.size(open.path()) >= limits.smallBytes()) {
      steps.move(open.path(), PartDirectory.part(place, PartDirectory.next(parts)));
    } else {
      steps.move(open.path(), PartDirectory.delta(place, PartDirectory.next(deltas)));
      deltasAreNew &= fileIsNew;
    }
    look();
    if (deltas.size() - merged >= limits.deltas()) {
      Folding.merge(place, steps, limits, contents, deltas.subList(merged, deltas.size()));
      look();
      merged = deltas.size();
    }
    if (bytes(deltas) > Math.max(limits.deltaBytes(), bytes(parts) / 4)) {
      fold();
    }
  }

  private static long bytes(List<PartFile> files) {
    return files.stream().mapToLong(PartFile::size).sum();
  }

  private void fold() throws IOException {
    Folding.fold(place, steps, limits, contents, parts, deltas, deltasAreNew);
    look();
    merged = 0;
    deltasAreNew = true;
  }

  /** Deletes by key. */
  long delete(Collection<RecordKey> keys) {
    requireUsable();
    failed = true; // until it is known better
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (RecordKey key : keys) {
      if (forget(key)) {
        @Nullable Object[] row = new Object[TableLayout.WIDTH];
        row[0] = WellFormed.text(key.toString());
        row[1] = Overlay.NO_CONTENT;
        row[TableLayout.FIRST] = key.kind().wireName();
        row[TableLayout.FIRST + 1] = key.network().name();
        row[TableLayout.FIRST + 2] = key.id();
        rows.add(row);
      }
    }
    append(rows, false);
    failed = false;
    publish();
    return rows.size();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!failed) {
        fold();
      } else if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw unwritable(place, e);
    } finally {
      release(lock, place);
    }
  }
}
