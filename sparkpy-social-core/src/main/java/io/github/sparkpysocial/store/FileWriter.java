package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
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

  /** The JVM copies what is written, outside of the heap, and keeps that space. */
  private static final int WRITTEN_AT_ONCE = 1 << 20;

  private final Path path;
  private final FileType type;
  private final StoreOptions options;
  private final Supplier<DataFile> file;
  private final WriterLock lock;

  private final FileIndex index;
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
      Path path,
      FileType type,
      StoreOptions options,
      Supplier<DataFile> file,
      WriterLock lock,
      SipHash hash) {
    this.path = path;
    this.type = type;
    this.options = options;
    this.file = file;
    this.lock = lock;
    this.index = new FileIndex(hash, options.keepRaw());
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
    return open(path, type, options, file, SipHash.withRandomKey());
  }

  /** Opens a file with a hash that is known. */
  static FileWriter open(
      Path path, FileType type, StoreOptions options, Supplier<DataFile> file, SipHash hash) {
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
      writer = new FileWriter(path, type, options, file, lock, hash);
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
      TornEnd torn = new TornEnd(items instanceof CsvFileReader csv ? csv.headerEnd() : 0);
      index.learn(items, torn, path.toString());
      unterminated = torn.isUnterminated();
      if (torn.isTorn()) {
        tornFrom = torn.from();
        tornLine = torn.line();
        tornBytes = torn.bytes();
      }
      encoder = RecordEncoder.of(type, path.toString(), options, items, torn.items());
    }
    ending = type.compression().member(encoder.ending());
    untidy = encoder.mustRewrite() || !before.isAtEnd(ending);
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
        List<@Nullable Object> values = RecordSchema.of(record.recordKind()).values(record);
        FileIndex.Change change = index.look(record, values);
        if (change == FileIndex.Change.UNCHANGED) {
          unchanged++;
          continue;
        }
        BadItemException problem = encoder.write(record, values, index.line(), rows);
        if (problem != null) {
          setAside(problem);
          refused++;
          continue;
        }
        index.keep();
        inserted += change == FileIndex.Change.INSERTED ? 1 : 0;
        updated += change == FileIndex.Change.UPDATED ? 1 : 0;
        if (record instanceof Tombstone tombstone && index.delete(tombstone)) {
          removed++;
        }
      }
      append();
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
    return new WriteSummary(inserted, updated, unchanged, removed, refused);
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
    while (buffer.position() < bytes.length) {
      buffer.limit(Math.min(bytes.length, buffer.position() + WRITTEN_AT_ONCE));
      file.write(buffer);
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
    index.cleared();
    untidy = false;
    tornFrom = -1;
    unterminated = false;
  }

  /** What follows the last good item in a torn file was set aside; others that are broken stay. */
  private boolean isToKeep(Item item) {
    boolean torn =
        item.problem() != null && tornFrom >= 0 && (!item.terminated() || item.end() > tornFrom);
    return !torn && index.isLiving(item);
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
        if (index.dead() > 0 && !failed) {
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
