package io.github.sparkpysocial.testkit.equivalence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function over rows as they come in files, one file a batch, and keeps of each key the row
 * that came last, as a sink that writes by key does.
 */
final class StreamedRun {
  /** A file of the past, so that all are older than the query. */
  private static final Instant FIRST_FILE = Instant.parse("2020-01-01T00:00:00Z");

  private final SparkSession spark;
  private final StructType schema;
  private final UnaryOperator<Dataset<Row>> function;
  private final List<String> key;

  StreamedRun(
      SparkSession spark,
      StructType schema,
      UnaryOperator<Dataset<Row>> function,
      List<String> key) {
    this.spark = spark;
    this.schema = schema;
    this.function = function;
    this.key = key;
  }

  /**
   * Returns the rows by key.
   *
   * @param batches what comes in each batch
   * @param restarts whether the query is stopped after each batch and started anew from its
   *     checkpoint
   */
  Map<String, Row> run(List<List<Row>> batches, boolean restarts) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("sparkpy-equivalence");
      Map<String, Row> rows = new LinkedHashMap<>();
      Path arrived = Files.createDirectory(directory.resolve("arrived"));
      for (int i = 0; i < batches.size(); i++) {
        write(directory, arrived, batches.get(i), i);
        if (restarts) {
          query(arrived, directory.resolve("checkpoint"), rows);
        }
      }
      if (!restarts) {
        query(arrived, directory.resolve("checkpoint"), rows);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("The files of a run failed", e);
    } catch (StreamingQueryException | TimeoutException e) {
      throw new IllegalStateException("The function failed as a stream: " + e.getMessage(), e);
    } finally {
      delete(directory);
    }
  }

  private void write(Path directory, Path arrived, List<Row> batch, int number) throws IOException {
    Path unfinished = directory.resolve("unfinished");
    spark
        .createDataFrame(batch, schema)
        .coalesce(1)
        .write()
        .mode("overwrite")
        .parquet(unfinished.toString());
    try (Stream<Path> files = Files.list(unfinished)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Path there = arrived.resolve(String.format("%06d.parquet", number));
      Files.move(file, there);
      Files.setLastModifiedTime(there, FileTime.from(FIRST_FILE.plusSeconds(number)));
    }
  }

  private void query(Path arrived, Path checkpoint, Map<String, Row> rows)
      throws StreamingQueryException, TimeoutException {
    Dataset<Row> input =
        spark
            .readStream()
            .schema(schema)
            .option("maxFilesPerTrigger", 1)
            .parquet(arrived.toString());
    function
        .apply(input)
        .writeStream()
        .outputMode("update")
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", checkpoint.toString())
        .foreachBatch(
            (batch, id) -> {
              batch.collectAsList().forEach(row -> rows.put(Keys.of(row, key), row));
            })
        .start()
        .awaitTermination();
  }

  private static void delete(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The files of a run stay in " + directory, e);
    }
  }
}
