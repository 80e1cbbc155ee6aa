package io.github.sparkpysocial.streaming.view;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view as Parquet, exactly once: what each batch of a query changed is a directory
 * that appears as a whole, and a batch that is run again finds it there. Of a key the row of the
 * latest batch counts. Now and then all are merged into one.
 */
final class ViewTable {
  private static final String CHANGES = "batch-";
  private static final String MERGED = "merged-";
  private static final String NUMBER = "__batch";
  private static final int MERGE_AFTER = 10;

  private final SparkSession spark;
  private final Path directory;
  private final List<String> key;

  ViewTable(SparkSession spark, Path directory, List<String> key) {
    this.spark = spark;
    this.directory = directory.toAbsolutePath();
    this.key = key;
  }

  /**
   * Adds what a batch changed, unless it is there.
   *
   * @param keeps what of the rows is kept when they are merged
   */
  synchronized void put(Dataset<Row> batch, long number, UnaryOperator<Dataset<Row>> keeps) {
    try {
      Files.createDirectories(directory);
      if (number <= merged() || Files.exists(directory.resolve(CHANGES + number))) {
        return;
      }
      write(batch.withColumn(NUMBER, lit(number)), CHANGES + number);
      if (changes(merged()).size() >= MERGE_AFTER) {
        merge(number, keeps);
      }
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be written: " + e, e);
    }
  }

  /** Replaces everything by other rows, as the only ones. */
  synchronized void replace(Dataset<Row> rows) {
    try {
      Files.createDirectories(directory);
      write(rows.withColumn(NUMBER, lit(0L)), MERGED + 0);
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be written: " + e, e);
    }
  }

  private void write(Dataset<Row> rows, String name) throws IOException {
    Path unfinished = directory.resolve("_unfinished-" + name);
    rows.write().mode("overwrite").parquet(unfinished.toString());
    Path unused = Files.move(unfinished, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes one of all up to a batch. What it replaces stays until the next time, for readers. */
  private void merge(long number, UnaryOperator<Dataset<Row>> keeps) throws IOException {
    long before = merged();
    Dataset<Row> all = keeps.apply(latest(parts(before)));
    write(all, MERGED + number);
    for (Path old : listed()) {
      String name = old.getFileName().toString();
      long oldNumber = number(name);
      if (oldNumber < before || (name.startsWith(CHANGES) && oldNumber <= before)) {
        delete(old);
      }
    }
  }

  /** Returns the rows, or {@code null} if nothing was put there yet. */
  synchronized @Nullable Dataset<Row> read() {
    try {
      List<String> parts = parts(merged());
      return parts.isEmpty() ? null : latest(parts).drop(NUMBER);
    } catch (IOException e) {
      throw new StoreException("The view in " + directory + " cannot be read: " + e, e);
    }
  }

  private Dataset<Row> latest(List<String> parts) {
    String rank = "__rank";
    Column[] columns = key.stream().map(name -> col(name)).toArray(Column[]::new);
    return spark
        .read()
        .parquet(parts.toArray(String[]::new))
        .withColumn(
            rank, row_number().over(Window.partitionBy(columns).orderBy(col(NUMBER).desc())))
        .where(col(rank).equalTo(1))
        .drop(rank);
  }

  private List<String> parts(long merged) throws IOException {
    List<String> parts = new ArrayList<>();
    if (merged >= 0) {
      parts.add(directory.resolve(MERGED + merged).toString());
    }
    changes(merged).forEach(path -> parts.add(path.toString()));
    return parts;
  }

  private long merged() throws IOException {
    return listed().stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.startsWith(MERGED))
        .mapToLong(ViewTable::number)
        .max()
        .orElse(-1);
  }

  private List<Path> changes(long after) throws IOException {
    return listed().stream()
        .filter(path -> path.getFileName().toString().startsWith(CHANGES))
        .filter(path -> number(path.getFileName().toString()) > after)
        .toList();
  }

  private List<Path> listed() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(path -> path.getFileName().toString().matches("(batch|merged)-\\d+"))
          .toList();
    }
  }

  private static long number(String name) {
    return Long.parseLong(name.substring(name.indexOf('-') + 1));
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
