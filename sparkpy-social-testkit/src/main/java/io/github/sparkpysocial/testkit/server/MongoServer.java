package io.github.sparkpysocial.testkit.server;

import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A server for tests that speaks MongoDB's wire protocol on loopback: mongo-java-server, which
 * starts in milliseconds and keeps its data in memory or in a file. What it leaves out, such as
 * change streams and transactions, a test tries against a real one, by {@link #real()}.
 *
 * <p>Needs {@code de.bwaldvogel:mongo-java-server} or, for files, {@code
 * de.bwaldvogel:mongo-java-server-h2-backend} on the class path. Thread-safe.
 */
public final class MongoServer implements AutoCloseable {
  private static final String REAL = "SPARKPY_MONGODB_URI";

  private final String uri;
  private final de.bwaldvogel.mongo.@Nullable MongoServer server;

  private MongoServer(String uri, de.bwaldvogel.mongo.@Nullable MongoServer server) {
    this.uri = uri;
    this.server = server;
  }

  private static MongoServer start(de.bwaldvogel.mongo.MongoServer server) {
    return new MongoServer(server.bindAndGetConnectionString(), server);
  }

  /** Starts a server that forgets everything when it is closed. */
  public static MongoServer inMemory() {
    return start(new de.bwaldvogel.mongo.MongoServer(new MemoryBackend()));
  }

  /**
   * Starts a server that keeps its data in a file, larger than memory if need be.
   *
   * @param file the name of a database of H2, made if it is not there, without its ending {@code
   *     .mv.db}
   */
  public static MongoServer onDisk(Path file) {
    return start(
        new de.bwaldvogel.mongo.MongoServer(new H2Backend(file.toAbsolutePath().toString())));
  }

  /**
   * Returns the real server that the environment variable {@code SPARKPY_MONGODB_URI} names, such
   * as {@code mongodb://localhost:27017}.
   *
   * @throws TestAbortedException if it names none, so that the test is skipped and says why
   */
  public static MongoServer real() {
    String named = System.getenv(REAL);
    if (named == null || named.isBlank()) {
      throw new TestAbortedException("Not run: " + REAL + " names no real MongoDB server");
    }
    return new MongoServer(named.replaceAll("/+$", ""), null);
  }

  /** Returns the address as drivers take it: {@code mongodb://host:port}. */
  public String uri() {
    return uri;
  }

  /** Returns the URI of a collection here as a place of records. */
  public String uri(String database, String collection) {
    Objects.requireNonNull(database, "database");
    return uri + '/' + database + "::" + Objects.requireNonNull(collection, "collection");
  }

  /** Stops a server that was started here; a real one stays. Closing twice does nothing. */
  @Override
  public void close() {
    if (server != null) {
      server.shutdownNow();
    }
  }
}
