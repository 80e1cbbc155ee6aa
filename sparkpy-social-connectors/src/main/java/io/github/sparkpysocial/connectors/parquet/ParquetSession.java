package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Batches;
import io.github.sparkpysocial.spi.WriterLock;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
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

  private final KnownRows known = new KnownRows();

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
      known.learn(part);
    }
    for (PartFile delta : deltas) {
      known.learn(delta);
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

  /** Writes records; see {@link io.github.sparkpysocial.store.RecordStore#write(Iterator)}. */
  WriteSummary write(Iterator<? extends SocialRecord> records) {
    requireUsable();
    long refused = 0;
    WriteSummary summary = WriteSummary.NONE;
    boolean read = false;
    try (Batches<NewRow> batches = new Batches<>(options.batchSize(), this::writeBatch)) {
      while (records.hasNext()) {
        SocialRecord record = records.next();
        NewRow row = NewRow.of(record, options.keepRaw());
        if (row == null) {
          setAside(record);
          refused++;
        } else {
          batches.add(row, row.characters());
        }
      }
      summary = batches.finish();
      read = true;
    } finally {
      if (!read && !failed) {
        publish(); // what came before the source failed
      }
    }
    publish();
    return summary.plus(new WriteSummary(0, 0, 0, 0, refused));
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          "An earlier write to " + place + " failed; close the store and open it again");
    }
  }

  private WriteSummary writeBatch(List<NewRow> batch) {
    failed = true; // until it is known better
    WriteSummary summary = WriteSummary.NONE;
    List<NewRow> changes = new ArrayList<>();
    boolean areNew = true;
    for (NewRow row : batch) {
      WriteSummary change = known.add(row);
      summary = summary.plus(change);
      if (change.unchanged() == 0) {
        changes.add(row);
        areNew &= change.updated() == 0 && change.deleted() == 0;
      }
    }
    append(changes, areNew);
    failed = false;
    return summary;
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

  private void append(List<NewRow> rows, boolean areNew) {
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
      for (NewRow row : rows) {
        open.write(row.values());
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
      Folding.merge(place, steps, limits, known.contents(), deltas.subList(merged, deltas.size()));
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
    Folding.fold(place, steps, limits, known.contents(), parts, deltas, deltasAreNew);
    look();
    merged = 0;
    deltasAreNew = true;
  }

  /** Deletes by key. */
  long delete(Collection<RecordKey> keys) {
    requireUsable();
    failed = true; // until it is known better
    List<NewRow> rows = new ArrayList<>();
    for (RecordKey key : keys) {
      if (known.remove(key)) {
        rows.add(NewRow.gone(key));
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
