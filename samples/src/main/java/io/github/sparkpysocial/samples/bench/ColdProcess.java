package io.github.sparkpysocial.samples.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM as a command starts it: without the compiler that only long runs repay. */
final class ColdProcess {
  private ColdProcess() {}

  /**
   * Runs the {@code main} of a class on the class path of this JVM, and waits for its end.
   *
   * @throws IOException if it cannot be started, or fails
   */
  static void run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                classPath(),
                main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(
          "The process of " + main.getSimpleName() + " failed; see what it said above");
    }
  }

  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }
}
