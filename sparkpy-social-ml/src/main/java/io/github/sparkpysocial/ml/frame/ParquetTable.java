package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Parquet that the store has written and folded into parts. */
final class ParquetTable {
  private ParquetTable() {}

  static @Nullable NativeTable of(SparkSession spark, PlaceUri place) {
    if (!place.location().toLowerCase(Locale.ROOT).endsWith(".parquet")
        || !place.options().isEmpty()) {
      return null;
    }
    Path directory = Partitions.directoryOfParts(place);
    if (directory == null) {
      return null;
    }
    NativeTable.check(place);
    Dataset<Row> rows = spark.read().parquet(directory.toUri().toString());
    return NativeTable.isOurs(rows) ? new NativeTable(rows, false) : null;
  }
}
