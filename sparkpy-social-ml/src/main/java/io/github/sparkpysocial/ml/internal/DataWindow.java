package io.github.sparkpysocial.ml.internal;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import java.time.Instant;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * How many rows there are, and of when.
 *
 * @param rows how many
 * @param from the earliest time, or {@code null} if no row has one
 * @param to the latest time, or {@code null} if no row has one
 */
public record DataWindow(long rows, @Nullable Instant from, @Nullable Instant to) {
  /** The column of posts' times. */
  public static final String CREATED_AT = "created_at";

  /** Returns the times of rows; nulls if there is no such column, or it holds no timestamps. */
  public static Column time(Dataset<Row> rows, String column) {
    return Columns.has(rows, column)
            && rows.schema().apply(column).dataType().equals(DataTypes.TimestampType)
        ? Columns.of(column)
        : lit(null).cast(DataTypes.TimestampType);
  }

  /** Measures rows, in one job. */
  public static DataWindow of(Dataset<Row> rows, String timeColumn) {
    Column time = time(rows, timeColumn);
    Row row = rows.agg(count(lit(1)), min(time), max(time)).first();
    return new DataWindow(row.getLong(0), instant(row, 1), instant(row, 2));
  }

  private static @Nullable Instant instant(Row row, int i) {
    return row.isNullAt(i) ? null : row.getTimestamp(i).toInstant();
  }
}
