package io.github.sparkpysocial.limit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A small file that the threads of several processes change, one at a time. It is written aside and
 * moved, so that whoever is killed leaves the old or the new content. Thread-safe.
 */
final class LockedFile {
  /** A file lock belongs to the whole process, so its threads need a lock of their own. */
  private static final ConcurrentMap<Path, Object> IN_PROCESS = new ConcurrentHashMap<>();

  private static final long RETRY_NANOS = 1_000_000;

  private final Path file;
  private final Path lockFile;
  private final boolean durable;
  private final Object inProcess;

  /**
   * Names a file; nothing is made yet.
   *
   * @param durable whether a change must survive a power cut, which costs a write to the disk
   */
  LockedFile(Path file, boolean durable) {
    this.file = file.toAbsolutePath().normalize();
    this.lockFile = this.file.resolveSibling(this.file.getFileName() + ".lock");
    this.durable = durable;
    this.inProcess = IN_PROCESS.computeIfAbsent(this.file, key -> new Object());
  }

  /**
   * What a change makes of the content.
   *
   * @param content the new content, or {@code null} to leave the file as it is
   * @param result what the caller wants to know
   */
  record Change<T>(@Nullable String content, T result) {}

  /**
   * Changes the file while nobody else can. The function may be called again, with the same
   * content, if the thread is interrupted; an interrupt neither stops the change nor gets lost.
   *
   * @param change gets the content, or {@code null} if there is no file
   */
  <T> T change(Function<@Nullable String, Change<T>> change) throws IOException {
    boolean interrupted = false;
    try {
      synchronized (inProcess) {
        while (true) {
          try {
            return changeLocked(change);
          } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            interrupted = true; // a change takes no time worth interrupting; do it all the same
            Thread.interrupted();
          } catch (OverlappingFileLockException e) {
            // Another class loader of this process has it.
            LockSupport.parkNanos(RETRY_NANOS);
          }
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private <T> T changeLocked(Function<@Nullable String, Change<T>> change) throws IOException {
    Path directory = file.getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Change<T> changed = change.apply(lock.isValid() ? read() : null);
      if (changed.content() != null) {
        write(changed.content());
      }
      return changed.result();
    }
  }

  private @Nullable String read() throws IOException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void write(String content) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = StandardCharsets.UTF_8.encode(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (durable) {
        channel.force(true);
      }
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (durable) {
      forceMove();
    }
  }

  /**
   * Makes the move itself durable; Windows needs and allows no such thing. The change is done by
   * now, so an interrupt must not have it done again.
   */
  private void forceMove() throws IOException {
    Path directory = file.getParent();
    if (directory == null || !System.getProperty("file.separator").equals("/")) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (ClosedByInterruptException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
