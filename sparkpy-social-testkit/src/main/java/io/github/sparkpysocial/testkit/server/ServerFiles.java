package io.github.sparkpysocial.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The temporary directory of a server, which goes when the server does. */
final class ServerFiles {
  private static final int ENDS_WITHIN_SECONDS = 20;

  private ServerFiles() {}

  /** Skips the test where there are no binaries of the server. */
  static void requireLinux(String server) {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64")) {
      throw new TestAbortedException(
          "Not run: the binaries of " + server + " are for Linux amd64, and this is " + system);
    }
  }

  static Path temporary(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException("No temporary directory for " + name, e);
    }
  }

  /** Waits until the process that wrote this file, in its first line, has ended. */
  static void awaitEnd(Optional<ProcessHandle> process) {
    try {
      if (process.isPresent()) {
        process.get().onExit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      process.get().destroyForcibly();
    }
  }

  /** Returns the process whose number stands in the first line of a file. */
  static Optional<ProcessHandle> process(Path pidFile) {
    try (Stream<String> lines = Files.lines(pidFile)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException notRunning) {
      return Optional.empty();
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not delete " + directory, e);
    }
  }
}
