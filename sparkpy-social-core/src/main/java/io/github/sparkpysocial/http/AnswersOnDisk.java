package io.github.sparkpysocial.http;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers in a directory, one file each. The time of a file is when it was used last. That a file
 * cannot be read or written costs a request more and never fails a caller.
 */
final class AnswersOnDisk implements ConditionalCache.KeptAnswers {
  private static final Logger log = LoggerFactory.getLogger(AnswersOnDisk.class);
  private static final String SUFFIX = ".answer";

  /** How much is left when room has to be made, so that it is not made for each file. */
  private static final double KEPT_SHARE = 0.8;

  private final Path directory;
  private final long maxBytes;
  private final Clock clock = Clock.systemUTC();
  private long writtenSinceCount;
  private long counted;

  private AnswersOnDisk(Path directory, long maxBytes) {
    this.directory = directory;
    this.maxBytes = maxBytes;
  }

  static AnswersOnDisk open(Path directory, long maxBytes) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] forOwner =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
            }
            : new FileAttribute<?>[0];
    Files.createDirectories(directory, forOwner);
    AnswersOnDisk answers = new AnswersOnDisk(directory, maxBytes);
    answers.makeRoom();
    return answers;
  }

  @Override
  public @Nullable KeptAnswer find(String key) {
    Path file = file(key);
    try {
      KeptAnswer answer = KeptAnswer.fromBytes(Files.readAllBytes(file));
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      return answer;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      log.warn("The kept answer {} is dropped: {}", file, e.toString());
      drop(key);
      return null;
    }
  }

  @Override
  public void keep(String key, KeptAnswer answer) {
    byte[] bytes = answer.toBytes();
    if (bytes.length > maxBytes * KEPT_SHARE) {
      drop(key);
      return;
    }
    try {
      Path part = Files.createTempFile(directory, "part", ".tmp");
      try {
        Files.write(part, bytes);
        Files.move(
            part, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
      synchronized (this) {
        writtenSinceCount += bytes.length;
        if (counted + writtenSinceCount > maxBytes) {
          makeRoom();
        }
      }
    } catch (IOException e) {
      log.warn("An answer cannot be kept in {}: {}", directory, e.toString());
    }
  }

  @Override
  public void drop(String key) {
    try {
      Files.deleteIfExists(file(key));
    } catch (IOException e) {
      log.warn("A kept answer cannot be deleted in {}: {}", directory, e.toString());
    }
  }

  private Path file(String key) {
    return directory.resolve(key + SUFFIX);
  }

  private record Kept(Path file, long sizeBytes, FileTime usedAt) {}

  /** Counts what is there, others' files included, and deletes what was not used longest. */
  private synchronized void makeRoom() throws IOException {
    List<Kept> files = new ArrayList<>();
    long bytes = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : entries) {
        try {
          BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
          files.add(new Kept(file, attributes.size(), attributes.lastModifiedTime()));
          bytes += attributes.size();
        } catch (NoSuchFileException e) {
          log.debug("Another process has deleted {}", file);
        }
      }
    }
    if (bytes > maxBytes) {
      files.sort(Comparator.comparing(Kept::usedAt));
      for (Kept kept : files) {
        if (bytes <= maxBytes * KEPT_SHARE) {
          break;
        }
        Files.deleteIfExists(kept.file());
        bytes -= kept.sizeBytes();
      }
    }
    counted = bytes;
    writtenSinceCount = 0;
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
