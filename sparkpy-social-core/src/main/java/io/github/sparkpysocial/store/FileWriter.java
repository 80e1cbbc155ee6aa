package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file. New records, new versions and tombstones are appended, a batch at a time. Old
 * versions and deleted records are passed over by readers at once, and leave the file when it is
 * rewritten: on close, or when they outnumber the living.
 */
final class FileWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileWriter.class);
  private static final long DEAD_BEFORE_REWRITE = 10_000;

  private final Path path;
  private final FileType type;
  private final StoreOptions options;
  private final FileBody body;

  private final FileIndex index;
  private RecordEncoder encoder;
  private final RowBuffer rows = new RowBuffer();
  private long inserted;
  private long updated;
  private long unchanged;
  private long removed;
  private long refused;
  private boolean failed;
  private boolean closed;

  /** Where a line left by half begins, or -1 if the file ends well. */
  private long tornFrom = -1;

  private FileWriter(Path path, FileType type, StoreOptions options, FileBody body, SipHash hash) {
    this.path = path;
    this.type = type;
    this.options = options;
    this.body = body;
    this.index = new FileIndex(hash, options.keepRaw());
    this.encoder = RecordEncoder.of(type, path.toString(), options);
  }

  /**
   * Locks a file, which need not be there yet, learns what is in it, and cuts off what a crash has
   * left by half.
   *
   * @throws StoreException if somebody else writes it, or its directory is not there
   */
  static FileWriter open(Path path, FileType type, StoreOptions options, Supplier<DataFile> file) {
    return open(path, type, options, file, SipHash.withRandomKey());
  }

  /** Opens a file with a hash that is known. */
  static FileWriter open(
      Path path, FileType type, StoreOptions options, Supplier<DataFile> file, SipHash hash) {
    FileBody body = null;
    boolean ready = false;
    try {
      body = FileBody.lock(path, type, file);
      FileWriter writer = new FileWriter(path, type, options, body, hash);
      writer.recover(file);
      ready = true;
      return writer;
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      if (body != null && !ready) {
        closeQuietly(body);
      }
    }
  }

  private static void closeQuietly(FileBody body) {
    try {
      body.close();
    } catch (IOException e) {
      log.warn("Could not release a lock", e);
    }
  }

  private static StoreException unwritable(Path path, IOException e) {
    return new StoreException(
        "Cannot write "
            + path
            + " ("
            + e.getClass().getSimpleName()
            + "); is there space, and may you write there?",
        e);
  }

  /** Reads the whole file once, to index it, and mends its end. */
  private void recover(Supplier<DataFile> file) throws IOException {
    if (!Files.exists(path) || Files.size(path) == 0) {
      body.open(type.compression().member(encoder.ending()), false);
      return;
    }
    DataFile before = file.get();
    TornEnd torn;
    try (ItemReader items = before.open()) {
      torn = new TornEnd(items instanceof CsvFileReader csv ? csv.headerEnd() : 0);
      index.learn(items, torn, path.toString());
      encoder = RecordEncoder.of(type, path.toString(), options, items, torn.items());
    }
    byte[] ending = type.compression().member(encoder.ending());
    boolean packed = type.compression() != Compression.NONE;
    body.open(ending, torn.isUnterminated());
    if (torn.isTorn()) {
      tornFrom = torn.from();
      setAsideEnd(torn, packed);
    }
    if (encoder.mustRewrite() || !before.isAtEnd(ending) || (torn.isTorn() && packed)) {
      rewrite();
    } else if (torn.isTorn()) {
      body.truncate(tornFrom);
    }
  }

  private void setAsideEnd(TornEnd torn, boolean packed) {
    byte[] bytes = torn.bytes();
    if (bytes.length > 0 || packed) {
      options
          .quarantine()
          .setAside(
              new Rejected(
                  path.toString(),
                  torn.line(),
                  null,
                  "was left by half when its writer was stopped; it was cut off",
                  bytes));
    }
  }

  /**
   * Writes one batch, and makes it durable.
   *
   * @return what it did
   */
  WriteSummary write(List<? extends SocialRecord> batch) {
    WriteSummary summary = append(batch);
    sync();
    return summary;
  }

  /**
   * Writes one batch, which {@link #sync} makes durable.
   *
   * @return what it did
   */
  WriteSummary append(List<? extends SocialRecord> batch) {
    requireUsable();
    encoder.require(batch);
    for (SocialRecord record : batch) {
      put(record);
    }
    return commit();
  }

  /**
   * Adds a record to the batch, which {@link #commit} writes.
   *
   * @throws UnsupportedCapabilityException if the file cannot keep its kind of record; the batch
   *     stays as it was
   */
  void add(SocialRecord record) {
    requireUsable();
    encoder.require(List.of(record));
    put(record);
  }

  private void put(SocialRecord record) {
    try {
      List<@Nullable Object> values = RecordSchema.of(record.recordKind()).values(record);
      FileIndex.Change change = index.look(record, values);
      if (change == FileIndex.Change.UNCHANGED) {
        unchanged++;
        return;
      }
      BadItemException problem = encoder.write(record, values, index.line(), rows);
      if (problem != null) {
        setAside(problem);
        refused++;
        return;
      }
      keep(change);
      if (record instanceof Tombstone tombstone && index.delete(tombstone)) {
        removed++;
      }
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
  }

  /**
   * Adds a line to the batch, as it is.
   *
   * @return whether the file can hold it as it is; if not, what is in it has to be added as a
   *     record
   * @throws UnsupportedCapabilityException if the file cannot keep its kind of record; the batch
   *     stays as it was
   */
  boolean add(SpelledLine line) {
    requireUsable();
    try {
      FileIndex.Change change = index.look(line);
      if (change == FileIndex.Change.UNCHANGED) {
        unchanged++;
        return true;
      }
      if (!encoder.write(line, rows)) {
        return false;
      }
      keep(change);
      return true;
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    }
  }

  private void keep(FileIndex.Change change) {
    index.keep();
    if (change == FileIndex.Change.INSERTED) {
      inserted++;
    } else {
      updated++;
    }
  }

  private void setAside(BadItemException problem) {
    options
        .quarantine()
        .setAside(
            new Rejected(
                path.toString(), 0, problem.field(), problem.reason(), index.line().toArray()));
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          "An earlier write to " + path + " failed; close the store and open it again");
    }
  }

  /**
   * Writes the batch, which {@link #sync} makes durable.
   *
   * @return what it did since the last one
   */
  WriteSummary commit() {
    requireUsable();
    try {
      if (rows.length() > 0) {
        body.append(rows);
      }
      if (index.dead() > Math.max(DEAD_BEFORE_REWRITE, index.living())) {
        rewrite();
      }
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
    rows.clear();
    WriteSummary summary = new WriteSummary(inserted, updated, unchanged, removed, refused);
    inserted = 0;
    updated = 0;
    unchanged = 0;
    removed = 0;
    refused = 0;
    return summary;
  }

  /** Makes durable what was written. */
  void sync() {
    try {
      body.sync();
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    }
  }

  /** Deletes by key; the file is rewritten before this returns. */
  long delete(Collection<RecordKey> keys) {
    requireUsable();
    long found = 0;
    try {
      if (index.dead() > 0) {
        rewrite(); // what a tombstone keeps away must be gone before that tombstone is
      }
      found = index.remove(keys);
      if (found > 0) {
        rewrite();
      }
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    }
    return found;
  }

  private void rewrite() throws IOException {
    body.rewrite(encoder, this::isToKeep);
    index.cleared();
    tornFrom = -1;
  }

  /** What follows the last good item in a torn file was set aside; others that are broken stay. */
  private boolean isToKeep(Item item) {
    boolean torn =
        item.problem() != null && tornFrom >= 0 && (!item.terminated() || item.end() > tornFrom);
    return !torn && index.isLiving(item);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (body) {
      boolean batchIsLost = rows.length() > 0; // the index has what the file has not
      if (index.dead() > 0 && !failed && !batchIsLost) {
        rewrite();
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }
}
