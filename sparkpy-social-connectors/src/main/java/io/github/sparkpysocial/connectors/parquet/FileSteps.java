package io.github.sparkpysocial.connectors.parquet;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a writer does to the file system, a step each; a test stops it before any of them. */
class FileSteps {
  private static final Logger log = LoggerFactory.getLogger(FileSteps.class);

  /** Makes an empty file, or empties the one that a crash has left. */
  FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING);
  }

  /** Makes what was written to a file durable. */
  void force(FileChannel file) throws IOException {
    file.force(true);
  }

  /** Gives a file its name, in place of the one that has it; at once, and durably. */
  void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectoryOf(to);
  }

  /** Deletes a file. */
  void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Makes the name of a file durable, where directories can be synced at all. */
  void forceDirectoryOf(Path file) {
    try (FileChannel directory =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException notOnThisSystem) {
      log.debug("The directory of {} cannot be synced", file, notOnThisSystem);
    }
  }
}
