package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second writer away from a file, in this process or another, by a locked, empty file
 * {@code .NAME.lock} beside it: the file itself is replaced when it is rewritten, and a lock on it
 * would be lost. The lock file stays when the lock is released, as removing it would let two
 * writers lock two files of one name; the lock itself ends with the process that has it.
 */
public final class WriterLock implements AutoCloseable {
  /**
   * The files locked by this process. Needed, since on POSIX closing any channel of a file ends all
   * locks that the process has on it.
   */
  private static final Set<Path> LOCKED_HERE = new HashSet<>();

  private final Path key;
  private final FileChannel channel;

  private WriterLock(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Locks a file for writing.
   *
   * @param directory where the file is, or will be
   * @param file the file; only its name counts
   * @throws StoreException if somebody else writes it
   * @throws IOException if the lock file cannot be made
   */
  public static WriterLock of(Path directory, Path file) throws IOException {
    Path lockFile = directory.toRealPath().resolve("." + file.getFileName() + ".lock");
    synchronized (LOCKED_HERE) {
      if (!LOCKED_HERE.add(lockFile)) {
        throw busy(file);
      }
    }
    boolean locked = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      if (!locked) {
        throw busy(file);
      }
      return new WriterLock(lockFile, channel);
    } finally {
      if (!locked) {
        release(lockFile, channel);
      }
    }
  }

  private static StoreException busy(Path file) {
    return new StoreException(
        "Another writer has " + file + " open; wait until it is done, or write to another file");
  }

  private static void release(Path key, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      synchronized (LOCKED_HERE) {
        LOCKED_HERE.remove(key);
      }
    }
  }

  /** Lets others write. */
  @Override
  public void close() throws IOException {
    release(key, channel);
  }
}
