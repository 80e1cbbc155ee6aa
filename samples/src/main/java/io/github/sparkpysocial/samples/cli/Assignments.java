package io.github.sparkpysocial.samples.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes which post belongs to which cluster. */
final class Assignments {
  private Assignments() {}

  /**
   * Writes a CSV file of network, id and cluster, one partition in memory at a time.
   *
   * @throws Failure if the file cannot be written
   */
  static void write(Dataset<Row> clustered, Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        out.write("network,id,cluster\n");
        Iterator<Row> rows = clustered.select("network", "id", "prediction").toLocalIterator();
        while (rows.hasNext()) {
          Row row = rows.next();
          out.write(row.getString(0) + ',' + quoted(row.getString(1)) + ',' + row.getInt(2) + '\n');
        }
      }
    } catch (IOException e) {
      throw Failure.failed(
          file + " cannot be written: " + Outputs.reason(e) + "; name another file", e);
    }
  }

  private static String quoted(String id) {
    return '"' + id.replace("\"", "\"\"") + '"';
  }
}
