package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.spi.WriterLock;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file. New records, new versions and tombstones are appended, a batch at a time, each
 * batch made durable before the next; gzip gets a member a batch. Old versions and deleted records
 * are passed over by readers at once, and leave the file when it is rewritten: on close, or when
 * they outnumber the living.
 */
final class FileWriter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileWriter.class);
  private static final byte[] LINE_FEED = {'\n'};
  private static final long DEAD_BEFORE_REWRITE = 10_000;

  private final Path path;
  private final FileType type;
  private final StoreOptions options;
  private final Supplier<DataFile> file;
  private final WriterLock lock;

  /** From each key in the file to its content, tombstones included. */
  private final KeyIndex contents = new KeyIndex();

  /** The keys that tombstones keep away. */
  private final KeyIndex deleted = new KeyIndex();

  /** From each key with old versions in the file to how many there are. */
  private KeyIndex superseded = new KeyIndex();

  private long dead;
  private @Nullable RecordKind kind;
  private List<String> columns = List.of();
  private @Nullable FileChannel channel;
  private boolean failed;

  /** Whether the last line is whole but has no line feed after it. */
  private boolean unterminated;

  /** Where a line left by half begins, or -1 if the file ends well. */
  private long tornFrom = -1;

  private long tornLine;
  private byte[] tornBytes = {};

  private FileWriter(
      Path path, FileType type, StoreOptions options, Supplier<DataFile> file, WriterLock lock) {
    this.path = path;
    this.type = type;
    this.options = options;
    this.file = file;
    this.lock = lock;
  }

  /**
   * Locks a file, which need not be there yet, learns what is in it, and cuts off what a crash has
   * left by half.
   *
   * @throws StoreException if somebody else writes it, or its directory is not there
   */
  static FileWriter open(Path path, FileType type, StoreOptions options, Supplier<DataFile> file) {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreException(
          "Cannot write " + path + ": there is no directory " + directory + "; make it first");
    }
    if (Files.isDirectory(path)) {
      throw new StoreException(path + " is a directory; name a file in it");
    }
    FileWriter writer = null;
    WriterLock lock = null;
    try {
      lock = WriterLock.of(directory, path);
      writer = new FileWriter(path, type, options, file, lock);
      writer.learn();
      writer.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      writer.recover();
      return writer;
    } catch (IOException e) {
      throw unwritable(path, e);
    } finally {
      if (lock != null && (writer == null || writer.channel == null)) {
        closeQuietly(lock);
      }
    }
  }

  private static void closeQuietly(WriterLock lock) {
    try {
      lock.close();
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

  /** Reads the whole file once, to index it and to find a torn end. */
  private void learn() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (ItemReader items = file.get().open()) {
      long end = 0;
      if (items instanceof CsvFileReader csv) {
        columns = csv.columns();
        end = csv.headerEnd();
      }
      ByteArrayOutputStream bad = new ByteArrayOutputStream();
      long badLine = 0;
      Item last = null;
      Item item;
      while ((item = items.next()) != null) {
        last = item;
        if (item.problem() == null) {
          item.records().forEach(this::index);
          end = item.end();
          bad.reset();
        } else {
          if (bad.size() == 0) {
            badLine = item.line();
          } else {
            bad.write('\n');
          }
          bad.write(item.raw());
        }
      }
      if (last != null && !last.terminated() && last.problem() == null) {
        unterminated = true;
      } else if (last != null && !last.terminated()) {
        tornFrom = end;
        tornLine = badLine;
        tornBytes = bad.toByteArray();
      }
    }
    if (!columns.isEmpty()) {
      checkColumns();
    }
  }

  /** A CSV file of ours can be appended to if its columns are ours, in our order. */
  private void checkColumns() {
    for (RecordKind candidate : RecordKind.values()) {
      if (columns.equals(RecordCsv.columns(candidate))) {
        kind = candidate;
        return;
      }
    }
    throw new StoreException(
        path
            + " has other columns than this version writes; transfer it to a new file and write"
            + " there");
  }

  private void index(SocialRecord record) {
    Fingerprint key = Fingerprint.ofKey(record.key());
    if (contents.put(key, content(record)) != KeyIndex.ABSENT) {
      bury(key);
    }
    if (record instanceof Tombstone tombstone) {
      Fingerprint target = Fingerprint.ofKey(tombstone.target());
      deleted.put(target, 0);
      if (contents.remove(target) != KeyIndex.ABSENT) {
        dead++;
      }
    } else if (deleted.contains(key)) {
      contents.remove(key);
      dead++;
    }
  }

  private void bury(Fingerprint key) {
    long before = superseded.get(key);
    superseded.put(key, before == KeyIndex.ABSENT ? 1 : before + 1);
    dead++;
  }

  private long content(SocialRecord record) {
    return content(record, RecordSchema.of(record.recordKind()).values(record));
  }

  private long content(SocialRecord record, List<? extends @Nullable Object> values) {
    List<Column> schema = RecordSchema.of(record.recordKind()).columns();
    long content = Fingerprint.ofContent(schema, values, options.keepRaw()).high();
    return content == KeyIndex.ABSENT ? KeyIndex.ABSENT + 1 : content;
  }

  private void recover() throws IOException {
    if (tornFrom >= 0) {
      options
          .quarantine()
          .setAside(
              new Rejected(
                  path.toString(),
                  tornLine,
                  null,
                  "was left by half when its writer was stopped; it was cut off",
                  tornBytes));
      if (type.gzip()) {
        rewrite();
      } else {
        channel().truncate(tornFrom);
        channel().force(true);
      }
      tornBytes = new byte[0];
    }
  }

  /**
   * Writes one batch.
   *
   * @return what it did
   */
  WriteSummary write(List<? extends SocialRecord> batch) {
    requireUsable();
    requireOneKind(batch);
    long inserted = 0;
    long updated = 0;
    long unchanged = 0;
    long removed = 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      for (SocialRecord record : batch) {
        Fingerprint key = Fingerprint.ofKey(record.key());
        List<@Nullable Object> values = RecordSchema.of(record.recordKind()).values(record);
        long content = content(record, values);
        long before = contents.get(key);
        if (before == content || deleted.contains(key)) {
          unchanged++;
          continue;
        }
        encode(record, values, bytes);
        if (contents.put(key, content) == KeyIndex.ABSENT) {
          inserted++;
        } else {
          bury(key);
          updated++;
        }
        if (record instanceof Tombstone tombstone) {
          Fingerprint target = Fingerprint.ofKey(tombstone.target());
          deleted.put(target, 0);
          if (contents.remove(target) != KeyIndex.ABSENT) {
            dead++;
            removed++;
          }
        }
      }
      append(bytes);
      if (dead > Math.max(DEAD_BEFORE_REWRITE, contents.size())) {
        rewrite();
      }
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    } catch (RuntimeException e) {
      failed = true;
      throw e;
    }
    return new WriteSummary(inserted, updated, unchanged, removed, 0);
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          "An earlier write to " + path + " failed; close the store and open it again");
    }
  }

  /** Refuses a batch before anything of it is written. */
  private void requireOneKind(List<? extends SocialRecord> batch) {
    if (type.layout() != FileType.Layout.CSV) {
      return;
    }
    RecordKind kept = kind;
    for (SocialRecord record : batch) {
      if (kept == null) {
        kept = kindFor(record);
      } else if (kept != kindFor(record)) {
        throw new UnsupportedCapabilityException(
            "The CSV file "
                + path
                + " keeps records of kind "
                + kept.wireName()
                + " and does not claim MIXED_KINDS, so it cannot hold one of kind "
                + kindFor(record).wireName()
                + "; write to a .jsonl file, or filter by kind");
      }
    }
  }

  /** Returns the kind of the file that holds this record: a tombstone is kept with its target's. */
  private static RecordKind kindFor(SocialRecord record) {
    return record instanceof Tombstone tombstone ? tombstone.targetKind() : record.recordKind();
  }

  private void encode(
      SocialRecord record, List<? extends @Nullable Object> values, OutputStream out)
      throws IOException {
    if (type.layout() == FileType.Layout.JSON) {
      RecordJson.writeLine(record.recordKind(), values, options.keepRaw(), out);
    } else {
      if (kind == null) {
        kind = kindFor(record);
        columns = RecordCsv.columns(kind);
        out.write(RecordCsv.header(columns));
      }
      out.write(RecordCsv.row(record, columns, options.keepRaw()));
    }
  }

  /** Appends bytes and makes them durable; when that fails, the file is as it was before. */
  private void append(ByteArrayOutputStream bytes) throws IOException {
    if (bytes.size() == 0) {
      return;
    }
    ByteArrayOutputStream packed = bytes;
    if (type.gzip() || unterminated) {
      packed = new ByteArrayOutputStream();
      try (OutputStream out = type.gzip() ? new GZIPOutputStream(packed) : packed) {
        if (unterminated) {
          out.write(LINE_FEED);
        }
        bytes.writeTo(out);
      }
    }
    FileChannel file = channel();
    long before = file.size();
    try {
      file.position(before);
      ByteBuffer buffer = ByteBuffer.wrap(packed.toByteArray());
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      file.force(false);
      unterminated = false;
    } catch (IOException e) {
      try {
        file.truncate(before);
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /** Deletes by key; the file is rewritten before this returns. */
  long delete(Collection<RecordKey> keys) {
    requireUsable();
    long found = 0;
    try {
      if (dead > 0) {
        rewrite(); // what a tombstone keeps away must be gone before that tombstone is
      }
      found = bury(keys);
      if (found > 0) {
        rewrite();
      }
    } catch (IOException e) {
      failed = true;
      throw unwritable(path, e);
    }
    return found;
  }

  private long bury(Collection<RecordKey> keys) {
    long found = 0;
    for (RecordKey key : keys) {
      Fingerprint fingerprint = Fingerprint.ofKey(key);
      if (contents.remove(fingerprint) != KeyIndex.ABSENT) {
        found++;
        bury(fingerprint);
        if (key.kind() == RecordKind.TOMBSTONE) {
          deleted.remove(Fingerprint.ofKey(targetOf(key)));
        }
      }
    }
    return found;
  }

  private static RecordKey targetOf(RecordKey tombstone) {
    int slash = tombstone.id().indexOf('/');
    return new RecordKey(
        tombstone.network(),
        RecordKind.ofWireName(tombstone.id().substring(0, slash)),
        tombstone.id().substring(slash + 1));
  }

  /**
   * Writes what lives into a new file, character by character as it was, and puts it in the place
   * of the old one at once. Lines that cannot be read stay as they are.
   */
  private void rewrite() throws IOException {
    Path fresh = path.resolveSibling("." + path.getFileName() + ".new");
    FileChannel target =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try {
      OutputStream plain = new BufferedOutputStream(Channels.newOutputStream(target), 1 << 16);
      OutputStream out = type.gzip() ? new GZIPOutputStream(plain, 1 << 16) : plain;
      try (ItemReader items = file.get().open()) {
        if (items instanceof CsvFileReader) {
          out.write(RecordCsv.header(columns));
        }
        Item item;
        while ((item = items.next()) != null) {
          if (isToKeep(item)) {
            out.write(item.raw());
            out.write(LINE_FEED);
          }
        }
      }
      if (out instanceof GZIPOutputStream packed) {
        packed.finish();
      }
      plain.flush();
      target.force(true);
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
    } catch (IOException | RuntimeException e) {
      target.close();
      Files.deleteIfExists(fresh);
      throw e;
    }
    FileChannel old = channel();
    channel = target;
    old.close();
    superseded = new KeyIndex();
    dead = 0;
    tornFrom = -1;
    unterminated = false;
  }

  private boolean isToKeep(Item item) {
    if (item.problem() != null) {
      return item.terminated() || tornFrom < 0;
    }
    for (SocialRecord record : item.records()) {
      Fingerprint key = Fingerprint.ofKey(record.key());
      long old = superseded.get(key);
      if (old != KeyIndex.ABSENT) {
        if (old == 1) {
          superseded.remove(key);
        } else {
          superseded.put(key, old - 1);
        }
        return false;
      }
      if (deleted.contains(key)) {
        return false;
      }
    }
    return true;
  }

  /** Makes the new name durable, where directories can be synced at all. */
  private void syncDirectory() {
    try (FileChannel directory =
        FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException notOnThisSystem) {
      log.debug("The directory of {} cannot be synced", path, notOnThisSystem);
    }
  }

  private FileChannel channel() {
    FileChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("The store is closed");
    }
    return open;
  }

  @Override
  public void close() {
    FileChannel open = channel;
    if (open == null) {
      return;
    }
    try (lock) {
      try {
        if (dead > 0 && !failed) {
          rewrite();
        }
      } finally {
        channel().close();
        channel = null;
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }
}
