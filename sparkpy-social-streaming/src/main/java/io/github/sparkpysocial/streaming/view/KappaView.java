package io.github.sparkpysocial.streaming.view;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A view of a log that keeps everything, a journal or a topic, in versions. Only streams write it:
 * to change the view, the log is replayed from its beginning by the new function into another
 * version, beside the one that is served; the two are compared, and then switched at once.
 *
 * <pre>{@code
 * KappaView trends = KappaView.open(spark, directory);
 * trends.follow("2", newView, journal, Trigger.AvailableNow()).awaitTermination();
 * ViewDifference difference = trends.compare("2", newView);
 * trends.serve("2");
 * }</pre>
 *
 * <p>The directory must be one that all executors see under this path. Its versions hold their
 * checkpoints, so that following one again goes on. Thread-safe, for one process that writes.
 */
public final class KappaView {
  private final SparkSession spark;
  private final Path directory;

  private KappaView(SparkSession spark, Path directory) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.directory = directory.toAbsolutePath();
  }

  /**
   * Opens a view, or makes one.
   *
   * @throws StoreException if the directory cannot be made
   */
  public static KappaView open(SparkSession spark, Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be made: " + e, e);
    }
    return new KappaView(spark, directory);
  }

  /**
   * Writes a version from a log, from its beginning or from where this version was left.
   *
   * @param version letters, digits, points and hyphens
   * @param log a streaming dataset that begins with the earliest of the log
   * @param trigger {@link Trigger#AvailableNow()} to replay what is there, another one to go on
   */
  public StreamingQuery follow(String version, View view, Dataset<Row> log, Trigger trigger)
      throws TimeoutException {
    ViewTable table = table(version, view);
    return view.function()
        .apply(log)
        .writeStream()
        .outputMode("update")
        .trigger(trigger)
        .option("checkpointLocation", home(version).resolve("checkpoint").toString())
        .foreachBatch(
            (batch, id) -> {
              table.put(batch, id, UnaryOperator.identity());
            })
        .start();
  }

  private ViewTable table(String version, View view) {
    return new ViewTable(spark, home(version).resolve("rows"), view.key());
  }

  private Path home(String version) {
    if (!version.matches("[A-Za-z0-9][A-Za-z0-9.-]*")) {
      throw new IllegalArgumentException(
          "A version is named by letters, digits, points and hyphens, was '" + version + "'");
    }
    return directory.resolve("version-" + version);
  }

  /**
   * Compares a version with the one that is served, by key.
   *
   * @param view has the key
   * @throws StoreException if none is served, or the version has no rows
   */
  public ViewDifference compare(String version, View view) {
    return ViewDifference.of(served(view), rows(version, view), view.key());
  }

  /**
   * Serves a version from now on.
   *
   * @throws StoreException if nothing was written to it
   */
  public void serve(String version) {
    if (!Files.isDirectory(home(version).resolve("rows"))) {
      throw new StoreException(
          "The view in "
              + directory
              + " has no version "
              + version
              + "; follow a log with it first");
    }
    new Served(version, null).write(directory);
  }

  /** Returns the version that is served, or {@code null} if none is. */
  public @Nullable String servedVersion() {
    Served served = Served.read(directory);
    return served == null ? null : served.version();
  }

  /**
   * Returns the rows that are served now; what is read from them does not change with a switch.
   *
   * @throws StoreException if no version is served
   */
  public Dataset<Row> served(View view) {
    String version = servedVersion();
    if (version == null) {
      throw new StoreException("The view in " + directory + " serves no version yet");
    }
    return rows(version, view);
  }

  private Dataset<Row> rows(String version, View view) {
    Dataset<Row> rows = table(version, view).read();
    if (rows == null) {
      throw new StoreException("The version " + version + " in " + directory + " has no rows");
    }
    return rows;
  }

  /**
   * Removes a version; stop its query before.
   *
   * @throws IllegalArgumentException if it is the one that is served
   */
  public void drop(String version) {
    if (version.equals(servedVersion())) {
      throw new IllegalArgumentException("Version " + version + " is served; serve another first");
    }
    try {
      ViewTable.delete(home(version));
    } catch (IOException e) {
      throw new StoreException("Version " + version + " cannot be removed: " + e, e);
    }
  }

  /** Returns the names of the versions that are there. */
  public List<String> versions() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("version-"))
          .map(name -> name.substring("version-".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be read: " + e, e);
    }
  }
}
