package io.github.sparkpysocial.testkit.server;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs Cassandra's server until the process that started it is gone, however it ended: then nobody
 * holds the other end of standard input. Runs in the server's JVM, with the JDK alone.
 */
final class CassandraMain {
  private CassandraMain() {}

  /** Called by the JVM, with the server's directory. */
  public static void main(String[] args) throws ReflectiveOperationException {
    Path home = Path.of(args[0]);
    Thread watch = new Thread(() -> endWithStarter(home), "ends with its starter");
    watch.setDaemon(true);
    watch.start();
    try {
      Class.forName("org.apache.cassandra.service.CassandraDaemon")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("Cassandra failed", e.getCause());
    }
  }

  private static void endWithStarter(Path home) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said.
      }
    } catch (IOException gone) {
      // As good as the end.
    }
    remove(home);
    Runtime.getRuntime().halt(0);
  }

  /** Removes a directory with all that is in it, as far as it lets itself be removed. */
  static void remove(Path directory) {
    try (Stream<Path> inside = Files.walk(directory)) {
      for (Path one : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException | java.io.UncheckedIOException leftToTheSystem) {
      // It is in the directory for temporary files.
    }
  }
}
