package io.github.sparkpysocial.ml.internal;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;

/** What builders check of a frame before any job runs. */
public final class Columns {
  private Columns() {}

  /** Returns the column of this very name, whatever characters it has. */
  public static Column of(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  public static boolean has(Dataset<Row> frame, String name) {
    return Arrays.asList(frame.columns()).contains(name);
  }

  /**
   * Makes sure of columns.
   *
   * @throws IllegalArgumentException if one is missing; the message lists those there are
   */
  public static void require(Dataset<Row> frame, List<String> names) {
    for (String name : names) {
      if (!has(frame, name)) {
        throw new IllegalArgumentException(
            "No column '" + name + "'; the columns are " + String.join(", ", frame.columns()));
      }
    }
  }

  /**
   * Makes sure of columns of numbers or truth values.
   *
   * @throws IllegalArgumentException if one is missing or of another type
   */
  public static void requireNumbers(Dataset<Row> frame, List<String> names) {
    require(frame, names);
    for (String name : names) {
      DataType type = frame.schema().apply(name).dataType();
      if (!(type instanceof NumericType || type instanceof BooleanType)) {
        throw new IllegalArgumentException(
            "Column '" + name + "' holds no numbers, it is of type " + type.simpleString());
      }
    }
  }

  /** Makes sure that there is room for a column. */
  public static void requireAbsent(Dataset<Row> frame, String name) {
    if (has(frame, name)) {
      throw new IllegalArgumentException(
          "There is a column '" + name + "' already; drop it, or name another");
    }
  }
}
