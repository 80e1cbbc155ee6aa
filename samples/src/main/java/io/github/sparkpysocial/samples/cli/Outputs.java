package io.github.sparkpysocial.samples.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where results are written. */
final class Outputs {
  private Outputs() {}

  /**
   * Makes a directory for results, so that what cannot work fails before the work.
   *
   * @throws Failure if it cannot be made or written
   */
  static Path directory(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".sparkpy", null));
      return directory;
    } catch (IOException e) {
      throw Failure.failed(
          "Cannot write to the directory " + directory + ": " + reason(e) + "; name another one",
          e);
    }
  }

  /**
   * Makes the directory of a file, so that what cannot work fails before the work.
   *
   * @throws Failure if it cannot be made or written
   */
  static Path file(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      directory(parent);
    }
    if (Files.isDirectory(file)) {
      throw Failure.failed(file + " is a directory; name a file in it", null);
    }
    return file;
  }

  /** Says in words why a file could not be used. */
  static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "there is no right to do so";
    }
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
      return "there is a file of that name";
    }
    @Nullable String said =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }
}
