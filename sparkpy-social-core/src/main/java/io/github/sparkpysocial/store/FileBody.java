package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
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
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of a file that has one writer: rows are appended to it, and it is rewritten without
 * what is dead. A packed file gets a member a batch. Used by one thread.
 */
final class FileBody implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileBody.class);
  private static final byte[] LINE_FEED = {'\n'};

  /** The JVM copies what is written, outside of the heap, and keeps that space. */
  private static final int WRITTEN_AT_ONCE = 1 << 20;

  private static final long MOST_UNSYNCED = 64 << 20;

  private final Path path;
  private final Compression compression;
  private final Supplier<DataFile> file;
  private final WriterLock lock;
  private byte[] ending = {};
  private @Nullable FileChannel channel;

  /** How many bytes may be lost when the machine stops; nobody was told yet that they are kept. */
  private long unsynced;

  /** Whether the last line is whole but has no line feed after it. */
  private boolean unterminated;

  private FileBody(Path path, FileType type, Supplier<DataFile> file, WriterLock lock) {
    this.path = path;
    this.compression = type.compression();
    this.file = file;
    this.lock = lock;
  }

  /**
   * Locks a file, which need not be there yet.
   *
   * @throws StoreException if somebody else writes it, or its directory is not there
   */
  static FileBody lock(Path path, FileType type, Supplier<DataFile> file) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new StoreException(
          "Cannot write " + path + ": there is no directory " + directory + "; make it first");
    }
    if (Files.isDirectory(path)) {
      throw new StoreException(path + " is a directory; name a file in it");
    }
    return new FileBody(path, type, file, WriterLock.of(directory, path));
  }

  /**
   * Opens the file to be written.
   *
   * @param closedBy what ends the file
   * @param isUnterminated whether the last line lacks its line feed
   */
  void open(byte[] closedBy, boolean isUnterminated) throws IOException {
    ending = closedBy.clone();
    unterminated = isUnterminated;
    channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Cuts the file off. */
  void truncate(long size) throws IOException {
    channel().truncate(size);
    channel().force(true);
  }

  /**
   * Appends rows, over what ended the file; when that fails, the file is as it was before. They are
   * durable after the next {@link #sync}, or when enough has come together.
   */
  void append(RowBuffer rows) throws IOException {
    FileChannel open = channel();
    long before = Math.max(open.size() - ending.length, 0);
    try {
      open.position(before);
      if (compression == Compression.NONE) {
        if (unterminated) {
          write(open, LINE_FEED, 1);
        }
        write(open, rows.bytes(), rows.length());
      } else {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(rows.length());
        try (OutputStream out = compression.pack(packed)) {
          if (unterminated) {
            out.write(LINE_FEED);
          }
          rows.writeTo(out);
        }
        write(open, packed.toByteArray(), packed.size());
      }
      write(open, ending, ending.length);
      unterminated = false;
      unsynced += open.position() - before;
      if (unsynced > MOST_UNSYNCED) {
        sync();
      }
    } catch (IOException e) {
      try {
        open.truncate(before);
        if (before > 0) {
          open.position(before);
          write(open, ending, ending.length);
        }
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /** Makes durable what was appended. */
  void sync() throws IOException {
    if (unsynced > 0) {
      channel().force(false);
      unsynced = 0;
    }
  }

  private static void write(FileChannel file, byte[] bytes, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.position() < length) {
      buffer.limit(Math.min(length, buffer.position() + WRITTEN_AT_ONCE));
      file.write(buffer);
    }
  }

  /**
   * Writes what is to be kept into a new file, character by character as it was, and puts it in the
   * place of the old one at once.
   *
   * @param isKept asked for each item, in the order of the file
   */
  void rewrite(RecordEncoder encoder, Predicate<Item> isKept) throws IOException {
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
          OutputStream out = compression.pack(plain)) {
        encoder.begin(out);
        Item item;
        while ((item = items.next()) != null) {
          if (isKept.test(item)) {
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
    unterminated = false;
    unsynced = 0;
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

  /** Closes the file and gives up the lock. */
  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    try (lock) {
      if (open != null) {
        try (open) {
          if (unsynced > 0) {
            open.force(false);
          }
        }
      }
    }
  }
}
