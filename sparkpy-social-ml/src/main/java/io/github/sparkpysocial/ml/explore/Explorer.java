package io.github.sparkpysocial.ml.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.VariantType;

/**
 * Looks at a frame. Every method but {@link #describe} runs a query, in which only the answer comes
 * to the driver. Immutable and thread-safe.
 */
public final class Explorer {
  /** What {@code approx_top_k} tracks for each column; exact up to three quarters of it. */
  private static final int TRACKED = 1_000;

  private static final int LONGEST_VALUE = 200;

  private final Dataset<Row> frame;

  private Explorer(Dataset<Row> frame) {
    this.frame = frame;
  }

  /** Returns an explorer of a batch frame. */
  public static Explorer of(Dataset<Row> frame) {
    Objects.requireNonNull(frame, "frame");
    if (frame.isStreaming()) {
      throw new IllegalArgumentException(
          "A streaming frame has no end to explore; explore what has been stored of it");
    }
    return new Explorer(frame);
  }

  /** Returns what each column is, without reading any data. */
  public List<ColumnDescription> describe() {
    List<ColumnDescription> columns = new ArrayList<>();
    for (StructField field : frame.schema().fields()) {
      columns.add(
          new ColumnDescription(
              field.name(),
              field.dataType().sql(),
              field.nullable(),
              field.getComment().getOrElse(() -> "")));
    }
    return columns;
  }

  /** Profiles all columns in one pass, with up to ten top values for each. */
  public Profile profile() {
    return profile(10);
  }

  /**
   * Profiles all columns in one pass.
   *
   * @param top how many top values to give for each column, from 0 to 100
   */
  public Profile profile(int top) {
    if (top < 0 || top > 100) {
      throw new IllegalArgumentException("top must be from 0 to 100, was " + top);
    }
    StructField[] fields = frame.schema().fields();
    List<String> aggregates = new ArrayList<>();
    aggregates.add("count(1) AS rows");
    for (int i = 0; i < fields.length; i++) {
      aggregates.addAll(aggregates(fields[i], i, top));
    }
    Dataset<Row> query = frame.selectExpr(aggregates.toArray(new String[0]));
    String plan = plan(query);
    Row row = query.first();
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      columns.add(column(fields[i], i, row));
    }
    return new Profile(
        row.<Long>getAs("rows"),
        columns,
        "SELECT\n  " + String.join(",\n  ", aggregates) + "\nFROM records",
        plan);
  }

  private static List<String> aggregates(StructField field, int i, int top) {
    String name = quoted(field.name());
    DataType type = field.dataType();
    List<String> aggregates = new ArrayList<>();
    aggregates.add("count(" + name + ") AS count_" + i);
    if (isOrdered(type) || type instanceof BinaryType) {
      aggregates.add(
          "coalesce(hll_sketch_estimate(hll_sketch_agg("
              + hashable(name, type)
              + ")), 0L) AS distinct_"
              + i);
    }
    if (isOrdered(type)) {
      aggregates.add("CAST(min(" + name + ") AS STRING) AS min_" + i);
      aggregates.add("CAST(max(" + name + ") AS STRING) AS max_" + i);
    }
    if (type instanceof NumericType) {
      aggregates.add("CAST(avg(" + name + ") AS DOUBLE) AS mean_" + i);
    }
    String length =
        type instanceof StringType
            ? "length(" + name + ")"
            : type instanceof ArrayType || type instanceof MapType
                ? "CASE WHEN " + name + " IS NOT NULL THEN size(" + name + ") END"
                : null;
    if (length != null) {
      aggregates.add("CAST(min(" + length + ") AS BIGINT) AS minlen_" + i);
      aggregates.add("CAST(max(" + length + ") AS BIGINT) AS maxlen_" + i);
      aggregates.add("avg(" + length + ") AS meanlen_" + i);
    }
    if (top > 0 && isOrdered(type)) {
      String value =
          type instanceof StringType
              ? "CASE WHEN length(" + name + ") <= " + LONGEST_VALUE + " THEN " + name + " END"
              : name;
      aggregates.add(
          "transform(filter(approx_top_k("
              + value
              + ", "
              + (top + 1)
              + ", "
              + TRACKED
              + "), t -> t.item IS NOT NULL), t -> struct(CAST(t.item AS STRING) AS value, t.count"
              + " AS count)) AS top_"
              + i);
    }
    return aggregates;
  }

  /** The sketch takes whole numbers, texts and bytes; other values are taken by their spelling. */
  private static String hashable(String name, DataType type) {
    return type instanceof StringType || type instanceof BinaryType || type instanceof IntegralType
        ? name
        : "CAST(" + name + " AS STRING)";
  }

  private static ColumnProfile column(StructField field, int i, Row row) {
    long rows = row.<Long>getAs("rows");
    long count = row.<Long>getAs("count_" + i);
    List<String> names = Arrays.asList(row.schema().fieldNames());
    List<ValueCount> top = new ArrayList<>();
    if (names.contains("top_" + i) && !row.isNullAt(row.fieldIndex("top_" + i))) {
      for (Row value : row.<Row>getList(row.fieldIndex("top_" + i))) {
        top.add(new ValueCount(value.getString(0), value.getLong(1)));
      }
    }
    return new ColumnProfile(
        field.name(),
        field.dataType().sql(),
        count,
        rows - count,
        names.contains("distinct_" + i) ? row.<Long>getAs("distinct_" + i) : null,
        names.contains("min_" + i) ? row.getAs("min_" + i) : null,
        names.contains("max_" + i) ? row.getAs("max_" + i) : null,
        names.contains("mean_" + i) ? row.getAs("mean_" + i) : null,
        names.contains("minlen_" + i) ? row.getAs("minlen_" + i) : null,
        names.contains("maxlen_" + i) ? row.getAs("maxlen_" + i) : null,
        names.contains("meanlen_" + i) ? row.getAs("meanlen_" + i) : null,
        top);
  }

  private static boolean isOrdered(DataType type) {
    return type instanceof AtomicType
        && !(type instanceof BinaryType)
        && !(type instanceof VariantType);
  }

  /**
   * Counts the values of a column exactly, nulls left out.
   *
   * @param n how many to return at most, at least 1
   * @throws IllegalArgumentException if there is no such column or its values cannot be counted
   */
  public TopValues top(String column, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n must be positive, was " + n);
    }
    requireOrdered(column);
    String name = quoted(column);
    Dataset<Row> query =
        frame
            .where(name + " IS NOT NULL")
            .groupBy(frame.col(name).as("value"))
            .count()
            .orderBy(
                org.apache.spark.sql.functions.desc("count"),
                org.apache.spark.sql.functions.asc("value"))
            .limit(n)
            .selectExpr("CAST(value AS STRING) AS value", "count");
    List<ValueCount> values = new ArrayList<>();
    for (Row row : query.collectAsList()) {
      values.add(new ValueCount(row.getString(0), row.getLong(1)));
    }
    return new TopValues(
        column,
        values,
        "SELECT "
            + name
            + " AS value, count(1) AS count FROM records WHERE "
            + name
            + " IS NOT NULL GROUP BY "
            + name
            + " ORDER BY count DESC, value LIMIT "
            + n,
        plan(query));
  }

  /**
   * Counts the different values of a column exactly, null not counted.
   *
   * @throws IllegalArgumentException if there is no such column or its values cannot be counted
   */
  public long distinct(String column) {
    requireOrdered(column);
    return frame.selectExpr("count(DISTINCT " + quoted(column) + ")").first().getLong(0);
  }

  private void requireOrdered(String column) {
    if (!Arrays.asList(frame.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "No column '" + column + "'; the columns are " + String.join(", ", frame.columns()));
    }
    DataType type = frame.schema().apply(column).dataType();
    if (!isOrdered(type)) {
      throw new IllegalArgumentException(
          "The values of column '"
              + column
              + "' of type "
              + type.sql()
              + " cannot be counted; explode a list first");
    }
  }

  private static String plan(Dataset<Row> query) {
    return query.queryExecution().explainString(ExplainMode.fromString("formatted"));
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
