package io.github.sparkpysocial.ml.explore;

import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.VariantType;

/**
 * Looks at the records of a place, or at any frame. What returns a frame is lazy; everything else
 * but {@link #schema} and {@link #plans} runs a query, in which only the answer comes to the
 * driver. A place is read anew by each query: call {@code cache()} on {@link #frame} and look at
 * that with {@link #of} where it is small enough. Immutable and thread-safe.
 */
public final class Explore {
  private static final int ROWS_SHOWN = 20;
  private static final int CHARACTERS_SHOWN = 200;

  private final Dataset<Row> frame;
  private final Runnable views;

  private Explore(Dataset<Row> frame, Runnable views) {
    this.frame = frame;
    this.views = views;
  }

  /**
   * Opens a place with all kinds of record; nothing is read yet.
   *
   * @throws IllegalArgumentException if no store serves the URI
   * @throws io.github.sparkpysocial.StoreException if a file is missing
   */
  public static Explore open(SparkSession spark, PlaceUri place) {
    return open(spark, place, EnumSet.allOf(RecordKind.class), FrameOptions.DEFAULT);
  }

  /**
   * Opens a place with some kinds of record; nothing is read yet.
   *
   * @throws IllegalArgumentException if there is no kind, or no store serves the URI
   * @throws io.github.sparkpysocial.StoreException if a file is missing
   */
  public static Explore open(
      SparkSession spark, PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    return new Explore(
        Frames.of(spark, place, kinds, options),
        () -> Frames.createViews(spark, place, kinds, options));
  }

  /**
   * Looks at a frame of any origin, such as the answer of {@link #sql}.
   *
   * @throws IllegalArgumentException if it is a streaming frame
   */
  public static Explore of(Dataset<Row> frame) {
    Objects.requireNonNull(frame, "frame");
    if (frame.isStreaming()) {
      throw new IllegalArgumentException(
          "A streaming frame has no end to explore; explore what has been stored of it");
    }
    return new Explore(frame, () -> frame.createOrReplaceTempView("records"));
  }

  /** Returns the frame itself. */
  public Dataset<Row> frame() {
    return frame;
  }

  /** Returns what each column is, without reading any data. */
  public List<ColumnDescription> schema() {
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

  /** Returns the first {@code n} rows. */
  public Dataset<Row> first(int n) {
    return frame.limit(n);
  }

  /** Counts the rows. */
  public long count() {
    return frame.count();
  }

  /**
   * Returns count, mean, standard deviation, smallest and largest value of numbers and texts, as
   * Spark's own {@code describe} computes them.
   *
   * @param columns the columns, or none for all numbers and texts
   */
  public Dataset<Row> describe(String... columns) {
    return frame.describe(columns);
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
    return Profiler.profile(frame, top);
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
            .orderBy(functions.desc("count"), functions.asc("value"))
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
        Plans.of(query));
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

  /**
   * Returns the values that come more than once, most frequent first, each with its {@code count}:
   * {@code duplicates("text")} finds copied posts. Rows with a null among them are left out.
   *
   * @param columns one or several columns, taken together
   * @throws IllegalArgumentException if there is none, or no such column
   */
  public Dataset<Row> duplicates(String... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("Name the columns that are compared, such as text");
    }
    for (String column : columns) {
      require(column);
    }
    Column[] keys =
        Arrays.stream(columns).map(name -> frame.col(quoted(name))).toArray(Column[]::new);
    Dataset<Row> counted = frame;
    for (Column key : keys) {
      counted = counted.where(key.isNotNull());
    }
    return counted
        .groupBy(keys)
        .agg(functions.count(functions.lit(1)).as("count"))
        .where("count > 1")
        .orderBy(functions.desc("count"));
  }

  /**
   * Returns the answer to a query. It finds a place's records in the view {@code records}, and each
   * kind in a view of its own, as {@link Frames#createViews} names them; a frame is the view {@code
   * records} alone. Views of these names in the session are replaced.
   */
  public Dataset<Row> sql(String query) {
    views.run();
    return frame.sparkSession().sql(query);
  }

  /** Returns how Spark reads the frame, and what it asks of the place; nothing is read. */
  public Plans plans() {
    return Plans.of(frame);
  }

  /** Returns the first 20 rows as HTML, no cell longer than 200 characters; see {@link #html}. */
  public String html() {
    return html(ROWS_SHOWN, CHARACTERS_SHOWN);
  }

  /**
   * Returns the first rows as an HTML table for a notebook or a page. It stands alone: a style
   * within, no script, nothing fetched; and all text is escaped, for it is written by strangers.
   * Columns without a value in these rows are named below the table.
   *
   * @param rows how many rows at most, from 1 to 10,000
   * @param characters how many characters a cell shows at most, at least 1
   */
  public String html(int rows, int characters) {
    if (rows < 1 || rows > 10_000) {
      throw new IllegalArgumentException("rows must be from 1 to 10,000, was " + rows);
    }
    if (characters < 1) {
      throw new IllegalArgumentException("characters must be positive, was " + characters);
    }
    List<Row> shown = frame.limit(rows + 1).collectAsList();
    boolean more = shown.size() > rows;
    return HtmlTable.of(frame.columns(), more ? shown.subList(0, rows) : shown, more, characters);
  }

  private void require(String column) {
    if (!Arrays.asList(frame.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "No column '" + column + "'; the columns are " + String.join(", ", frame.columns()));
    }
  }

  private void requireOrdered(String column) {
    require(column);
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

  static boolean isOrdered(DataType type) {
    return type instanceof AtomicType
        && !(type instanceof BinaryType)
        && !(type instanceof VariantType);
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
