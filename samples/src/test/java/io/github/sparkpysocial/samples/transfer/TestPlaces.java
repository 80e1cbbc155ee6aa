package io.github.sparkpysocial.samples.transfer;

import io.github.sparkpysocial.testkit.server.CassandraServer;
import io.github.sparkpysocial.testkit.server.MariaDbServer;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.nio.file.Path;
import java.util.List;

/** The kinds of place that transfers are tried between, with one server each for the whole JVM. */
final class TestPlaces {
  private TestPlaces() {}

  /** Names a place that is not there yet. */
  @FunctionalInterface
  private interface Naming {
    String uri(Path directory, String name);
  }

  /** A kind of place. */
  record Kind(String name, boolean oneKindOfRecord, Naming naming) {

    /**
     * Returns the URI of a place.
     *
     * @param directory where files go
     * @param place letters, digits and underscores; a place of another name is another place
     */
    String uri(Path directory, String place) {
      return naming.uri(directory, place);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Starts when it is first used. */
  private static final class Mongo {
    private static final MongoServer SERVER = MongoServer.inMemory();
  }

  private static Kind file(String ending) {
    return new Kind(
        ending,
        ending.startsWith("csv"),
        (directory, name) -> directory.resolve(name + '.' + ending).toString());
  }

  /** Returns all kinds; add one here and it is tried with all others, and killed. */
  static List<Kind> all() {
    return List.of(
        file("csv"),
        file("jsonl"),
        file("jsonl.gz"),
        file("json"),
        file("parquet"),
        new Kind("directory", false, (directory, name) -> directory.resolve(name) + "/"),
        new Kind(
            "sqlite",
            false,
            (directory, name) -> "jdbc:sqlite:" + directory.resolve("social.db") + "::" + name),
        new Kind(
            "h2",
            false,
            (directory, name) -> "jdbc:h2:" + directory.resolve("social") + "::" + name),
        new Kind("postgresql", false, (directory, name) -> PostgresServer.shared().uri(name)),
        new Kind("mariadb", false, (directory, name) -> MariaDbServer.shared().uri(name)),
        new Kind(
            "cassandra",
            false,
            (directory, name) -> CassandraServer.shared().uri("transfers", name)),
        new Kind("mongodb", false, (directory, name) -> Mongo.SERVER.uri("transfers", name)));
  }
}
