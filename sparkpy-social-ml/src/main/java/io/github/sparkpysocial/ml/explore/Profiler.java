package io.github.sparkpysocial.ml.explore;

import io.github.sparkpysocial.spi.RoundedIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;

/** Makes a {@link Profile} by one query with several aggregates for each column. */
final class Profiler {
  /** What {@code approx_top_k} tracks for each column; exact up to three quarters of it. */
  private static final int TRACKED = 1_000;

  private static final int LONGEST_VALUE = 200;

  /** {@link RoundedIds#suspicion} in SQL; a test holds both together. */
  private static final String ROUNDED =
      "@ RLIKE '^([0-9]([.][0-9]+)?[eE][+][0-9]{1,3}|[0-9][.][0-9]+[eE][0-9]{1,3}|[0-9]+[.]0+)$'"
          + " OR @ RLIKE '^[0-9]{7,}0{9}$'";

  /** Times that may well be in the future. */
  private static final Set<String> PLANNED = Set.of("starts_at", "ends_at");

  private Profiler() {}

  static Profile profile(Dataset<Row> frame, int top) {
    return profile(frame, top, Sketches.run());
  }

  /**
   * Makes a profile.
   *
   * @param sketches whether Spark's sketches may be used
   */
  static Profile profile(Dataset<Row> frame, int top, boolean sketches) {
    StructField[] fields = frame.schema().fields();
    List<String> aggregates = new ArrayList<>();
    aggregates.add("count(1) AS rows");
    for (int i = 0; i < fields.length; i++) {
      aggregates.addAll(aggregates(fields[i], i, top, sketches));
    }
    Dataset<Row> query = frame.selectExpr(aggregates.toArray(new String[0]));
    Row row = query.collectAsList().get(0);
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      columns.add(column(fields[i], i, row));
    }
    return new Profile(
        row.<Long>getAs("rows"),
        Scans.metric(query, "setAside"),
        Scans.metric(query, "repeated"),
        columns,
        "SELECT\n  " + String.join(",\n  ", aggregates) + "\nFROM records",
        Plans.of(query));
  }

  private static List<String> aggregates(StructField field, int i, int top, boolean sketches) {
    String name = Explore.quoted(field.name());
    DataType type = field.dataType();
    List<String> aggregates = new ArrayList<>();
    aggregates.add("count(" + name + ") AS count_" + i);
    if (Explore.isOrdered(type) || type instanceof BinaryType) {
      String distinct =
          sketches
              ? "coalesce(hll_sketch_estimate(hll_sketch_agg(" + hashable(name, type) + ")), 0L)"
              : "approx_count_distinct(" + name + ")";
      aggregates.add(distinct + " AS distinct_" + i);
    }
    if (Explore.isOrdered(type)) {
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
    if (top > 0 && sketches && Explore.isOrdered(type)) {
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
    suspicious(field, name).ifPresent(s -> aggregates.add(s + " AS suspicious_" + i));
    return aggregates;
  }

  /**
   * What cannot be right: ids as {@link RoundedIds} knows them, and times of the year 1, of the
   * first day of 1970, or of tomorrow, other than those of events.
   */
  private static Optional<String> suspicious(StructField field, String name) {
    if (field.dataType() instanceof StringType
        && (field.name().equals("id") || field.name().endsWith("_id"))) {
      String zero = count(name + " RLIKE '^[0-9]{15,}0$'");
      String threeZeros = count(name + " RLIKE '^[0-9]{13,}000$'");
      String atRisk = count("length(" + name + ") >= 16 AND " + name + " RLIKE '^[0-9]+$'");
      String alone = count(ROUNDED.replace("@", name));
      return Optional.of(
          "CASE WHEN ("
              + atRisk
              + " >= 3 AND "
              + threeZeros
              + " * 2 > "
              + atRisk
              + ") OR ("
              + atRisk
              + " >= 16 AND "
              + zero
              + " * 10 > "
              + atRisk
              + " * 6) THEN greatest("
              + zero
              + ", "
              + alone
              + ") ELSE "
              + alone
              + " END");
    }
    if (field.dataType() instanceof TimestampType) {
      String before = name + " < TIMESTAMP '1970-01-02'";
      return Optional.of(
          count(
              PLANNED.contains(field.name())
                  ? before
                  : before + " OR " + name + " > current_timestamp() + INTERVAL 1 DAY"));
    }
    return Optional.empty();
  }

  private static String count(String condition) {
    return "count(CASE WHEN " + condition + " THEN 1 END)";
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
        names.contains("suspicious_" + i) ? row.<Long>getAs("suspicious_" + i) : null,
        names.contains("distinct_" + i) ? row.<Long>getAs("distinct_" + i) : null,
        names.contains("min_" + i) ? row.getAs("min_" + i) : null,
        names.contains("max_" + i) ? row.getAs("max_" + i) : null,
        names.contains("mean_" + i) ? row.getAs("mean_" + i) : null,
        names.contains("minlen_" + i) ? row.getAs("minlen_" + i) : null,
        names.contains("maxlen_" + i) ? row.getAs("maxlen_" + i) : null,
        names.contains("meanlen_" + i) ? row.getAs("meanlen_" + i) : null,
        top);
  }
}
