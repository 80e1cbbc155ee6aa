package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one file. New records, new versions and tombstones are appended, a batch at a time, each
 * batch made durable before the next; a packed file gets a member a batch. Old versions and deleted
 * records are passed over by readers at once, and leave the file when it is rewritten: on close, or
 * when they outnumber the living.
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
  private RecordEncoder encoder;
  private byte[] ending;
  private final RowBuffer rows = new RowBuffer();
  private @Nullable FileChannel channel;
  private boolean failed;

  /** Whether the file must be rewritten before it can be appended to. */
  private boolean untidy;

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
    this.encoder = RecordEncoder.of(type, path.toString(), options);
    this.ending = type.compression().member(encoder.ending());
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
    if (!Files.exists(path) || Files.size(path) == 0) {
      return;
    }
    DataFile before = file.get();
    try (ItemReader items = before.open()) {
      long end = items instanceof CsvFileReader csv ? csv.headerEnd() : 0;
      ByteArrayOutputStream bad = new ByteArrayOutputStream();
      long badLine = 0;
      long count = 0;
      Item last = null;
      Item item;
      while ((item = items.next()) != null) {
        last = item;
        if (item.problem() == null) {
          if (item.unknownFields().contains(RecordJson.SCHEMA) && item.raw().length > 0) {
            RecordJson.requireKnownVersion(item, path.toString());
          }
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
        count += item.problem() == null || item.terminated() ? 1 : 0;
      }
      if (last != null && !last.terminated() && last.problem() == null) {
        unterminated = true;
      } else if (last != null && !last.terminated()) {
        tornFrom = end;
        tornLine = badLine;
        tornBytes = bad.toByteArray();
      }
      encoder = RecordEncoder.of(type, path.toString(), options, items, count);
    }
    ending = type.compression().member(encoder.ending());
    untidy = encoder.mustRewrite() || !before.isAtEnd(ending);
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
    boolean torn = tornFrom >= 0;
    if (tornBytes.length > 0 || (torn && type.compression() != Compression.NONE)) {
      options
          .quarantine()
          .setAside(
              new Rejected(
                  path.toString(),
                  tornLine,
                  null,
                  "was left by half when its writer was stopped; it was cut off",
                  tornBytes));
      tornBytes = new byte[0];
    }
    if (untidy || (torn && type.compression() != Compression.NONE)) {
      rewrite();
    } else if (torn) {
      channel().truncate(tornFrom);
      channel().force(true);
    }
  }

  /**
   * Writes one batch.
   *
   * @return what it did
   */
  WriteSummary write(List<? extends SocialRecord> batch) {
    requireUsable();
    encoder.require(batch);
    long inserted = 0;
    long updated = 0;
    long unchanged = 0;
    long removed = 0;
    long refused = 0;
    rows.clear();
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
        BadItemException problem = encoder.write(record, values, rows);
        if (problem != null) {
          setAside(record, problem);
          refused++;
          continue;
        }
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
      append();
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
    return new WriteSummary(inserted, updated, unchanged, removed, refused);
  }

  private void setAside(SocialRecord record, BadItemException problem) throws IOException {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    RecordJson.writeLine(record, options.keepRaw(), json);
    options
        .quarantine()
        .setAside(
            new Rejected(
                path.toString(), 0, problem.field(), problem.reason(), json.toByteArray()));
  }

  private void requireUsable() {
    if (failed) {
      throw new StoreException(
          "An earlier write to " + path + " failed; close the store and open it again");
    }
  }

  /**
   * Appends the rows, over what ended the file, and makes them durable; when that fails, the file
   * is as it was before.
   */
  private void append() throws IOException {
    if (rows.length() == 0) {
      return;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(rows.length());
    try (OutputStream out = type.compression().pack(packed)) {
      if (unterminated) {
        out.write(LINE_FEED);
      }
      rows.writeTo(out);
    }
    packed.write(ending);
    FileChannel file = channel();
    long before = Math.max(file.size() - ending.length, 0);
    try {
      file.position(before);
      write(file, packed.toByteArray());
      file.force(false);
      unterminated = false;
    } catch (IOException e) {
      try {
        file.truncate(before);
        if (before > 0) {
          file.position(before);
          write(file, ending);
        }
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  private static void write(FileChannel file, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
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

  static RecordKey targetOf(RecordKey tombstone) {
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
      try (ItemReader items = file.get().open();
          OutputStream out = type.compression().pack(plain)) {
        encoder.begin(out);
        Item item;
        while ((item = items.next()) != null) {
          if (isToKeep(item)) {
            encoder.copy(item, out);
          }
        }
      }
      plain.write(ending);
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
    untidy = false;
    tornFrom = -1;
    unterminated = false;
  }

  private boolean isToKeep(Item item) {
    if (item.problem() != null) {
      // What follows the last good one in a torn file was set aside.
      return tornFrom < 0 || (item.terminated() && item.end() <= tornFrom);
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
