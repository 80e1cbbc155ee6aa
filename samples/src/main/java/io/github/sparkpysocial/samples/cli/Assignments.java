package io.github.sparkpysocial.samples.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes what a model says of each post. */
final class Assignments {
  private Assignments() {}

  /**
   * Writes a CSV file of network, id and the columns of a model, one partition in memory at a time.
   *
   * @throws Failure if the file cannot be written
   */
  static void write(Dataset<Row> rows, Path file, String... columns) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        out.write("network,id," + String.join(",", columns) + '\n');
        Iterator<Row> each =
            rows.select(
                    "network",
                    Stream.concat(Stream.of("id"), Stream.of(columns)).toArray(String[]::new))
                .toLocalIterator();
        while (each.hasNext()) {
          Row row = each.next();
          StringBuilder line = new StringBuilder(row.getString(0));
          for (int i = 1; i < row.size(); i++) {
            line.append(',').append(cell(row.get(i)));
          }
          out.write(line.append('\n').toString());
        }
      }
    } catch (IOException e) {
      throw Failure.failed(
          file + " cannot be written: " + Outputs.reason(e) + "; name another file", e);
    }
  }

  private static String cell(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + text.replace("\"", "\"\"") + '"';
    }
    return value == null ? "" : value.toString();
  }
}
