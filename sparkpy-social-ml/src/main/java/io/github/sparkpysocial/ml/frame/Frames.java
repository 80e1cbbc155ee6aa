package io.github.sparkpysocial.ml.frame;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import io.github.sparkpysocial.ml.internal.SparkRuntime;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Makes data frames of social records, and records of their rows.
 *
 * <p>A frame of a place is lazy, as all frames are: the place is read anew by each action, on the
 * executors, in constant memory, and only for the columns that the query needs. Call {@code
 * cache()} on what is used more than once. Every method may be called by several threads.
 */
public final class Frames {
  private static final Map<RecordKind, String> VIEWS = new EnumMap<>(RecordKind.class);

  static {
    VIEWS.put(RecordKind.POST, "posts");
    VIEWS.put(RecordKind.ACCOUNT, "accounts");
    VIEWS.put(RecordKind.REPOSITORY, "repositories");
    VIEWS.put(RecordKind.EVENT, "events");
    VIEWS.put(RecordKind.GROUP, "groups");
    VIEWS.put(RecordKind.INTERACTION, "interactions");
    VIEWS.put(RecordKind.TOMBSTONE, "tombstones");
  }

  private Frames() {}

  /**
   * Returns the records of one kind at a place, with the columns of {@link Schemas#of(RecordKind)}.
   *
   * @throws IllegalArgumentException if no store serves the URI
   * @throws io.github.sparkpysocial.StoreException if a file is missing; other trouble of the place
   *     shows when the frame is used, as the cause of Spark's exception
   */
  public static Dataset<Row> of(SparkSession spark, PlaceUri place, RecordKind kind) {
    return of(spark, place, Set.of(kind), FrameOptions.DEFAULT);
  }

  /** Returns the records of one kind at a place that needs options. */
  public static Dataset<Row> of(
      SparkSession spark, PlaceUri place, RecordKind kind, FrameOptions options) {
    return of(spark, place, Set.of(kind), options);
  }

  /**
   * Returns the records of several kinds at a place in one frame, with the columns of {@link
   * Schemas#of(Collection)}.
   *
   * <p>Each key comes once, in its newest version, and what a tombstone names does not come at all.
   * Within a file or database the store sees to it. A pattern such as {@code posts-*.jsonl} is read
   * with one task a file, and the frame then compares the files, which costs a shuffle; of a key in
   * several files the one in the last file by name stays.
   *
   * <p>Tables that this library has made in PostgreSQL are read by Spark's own JDBC source, in
   * Parquet by Spark's own reader, in MongoDB by {@code org.mongodb.spark:mongo-spark-connector} if
   * that is on the class path: with several tasks at once, and with conditions on most columns
   * pushed down. To know that, the server is asked once when the frame is made. All other places
   * are read by our own stores, a database by one task. The columns and rows are the same both
   * ways, only that Spark's readers think that any column may be null, and a frame of Parquet shows
   * the files of the moment when it was made.
   *
   * @throws IllegalArgumentException if there is no kind, or no store serves the URI
   * @throws io.github.sparkpysocial.SocialException if a file is missing, or a server that is asked
   *     refuses
   */
  public static Dataset<Row> of(
      SparkSession spark, PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    SparkRuntime.require();
    NativeTable table = NativeTable.of(spark, place);
    if (table != null) {
      return table.frame(kinds);
    }
    Dataset<Row> frame = load(spark, place, kinds, options);
    if (Partitions.of(place).size() == 1) {
      return frame;
    }
    return acrossFiles(
        frame, kinds, () -> load(spark, place, Set.of(RecordKind.TOMBSTONE), options));
  }

  private static Dataset<Row> load(
      SparkSession spark, PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    List<String> names = EnumSet.copyOf(kinds).stream().map(RecordKind::wireName).toList();
    return spark
        .read()
        .format(SocialDataSource.SHORT_NAME)
        .options(options.toSparkOptions())
        .option(SocialDataSource.KIND, String.join(",", names))
        .load(place.withSecrets());
  }

  private static Dataset<Row> acrossFiles(
      Dataset<Row> frame, Set<RecordKind> kinds, Supplier<Dataset<Row>> graves) {
    String rank = "__rank";
    boolean tombstones = kinds.contains(RecordKind.TOMBSTONE);
    List<org.apache.spark.sql.Column> key = new ArrayList<>();
    key.add(col("record"));
    key.add(col("network"));
    key.add(col("id"));
    if (tombstones) {
      key.add(col("target_kind"));
    }
    Dataset<Row> distinct =
        frame
            .withColumn(
                rank,
                row_number()
                    .over(
                        Window.partitionBy(key.toArray(new org.apache.spark.sql.Column[0]))
                            .orderBy(col(RowReader.PLACE).desc())))
            .where(col(rank).equalTo(lit(1)))
            .drop(rank);
    if (kinds.equals(Set.of(RecordKind.TOMBSTONE))) {
      return distinct;
    }
    Dataset<Row> deleted =
        graves
            .get()
            .select(
                col("target_kind").as("__kind"),
                col("network").as("__network"),
                col("id").as("__id"))
            .distinct();
    return distinct.join(
        deleted,
        distinct
            .col("record")
            .equalTo(deleted.col("__kind"))
            .and(distinct.col("network").equalTo(deleted.col("__network")))
            .and(distinct.col("id").equalTo(deleted.col("__id"))),
        "left_anti");
  }

  /**
   * Returns a frame of records at hand, such as those of a test or sample. They are copied into the
   * driver's memory and travel from there, so keep them few.
   *
   * @param kind the kind of all of them
   * @throws IllegalArgumentException if a record is of another kind
   */
  public static Dataset<Row> of(
      SparkSession spark, Collection<? extends SocialRecord> records, RecordKind kind) {
    StructType schema = Schemas.of(kind);
    RowReader reader = new RowReader(schema, null);
    List<Row> rows = new ArrayList<>(records.size());
    for (SocialRecord record : records) {
      if (record.recordKind() != kind) {
        throw new IllegalArgumentException(
            "A frame of "
                + kind.wireName()
                + " records cannot hold a "
                + record.recordKind().wireName());
      }
      rows.add(reader.row(record));
    }
    return spark.createDataFrame(rows, schema);
  }

  /** Returns the record as a row with the columns of {@link Schemas#of(RecordKind)}. */
  public static Row toRow(SocialRecord record) {
    return new RowReader(Schemas.of(record.recordKind()), null).row(record);
  }

  /**
   * Returns the record that a row holds. Columns that the record does not have are passed over;
   * columns that the row does not have are unknown.
   *
   * @param row with its schema, as rows of a frame have it
   * @throws IllegalArgumentException if {@code record}, {@code network}, {@code id} or another
   *     required column is missing
   */
  public static SocialRecord toRecord(Row row) {
    return RowReader.record(row);
  }

  /**
   * Writes the records of a frame to a place, with the semantics of its store: a record that is
   * there already is not stored twice, one that changed replaces the old one, a tombstone deletes.
   * A task that Spark runs again finds what its first attempt has written, and counts it as
   * unchanged.
   *
   * <p>Servers are written by one task for each partition of the frame, files and embedded
   * databases by one task, in the order of the frame. In a cluster a file comes to be where that
   * task ran. What the place cannot keep, and rows that are no records, come back to the driver and
   * are set aside, up to 10,000 for each partition.
   *
   * @param frame with columns of {@link Schemas}, {@code record}, {@code network} and {@code id} at
   *     least; columns that records do not have are passed over
   * @param options the quarantine, which is used on the driver and stays open, the size of batches,
   *     whether raw JSON is kept, and how CSV files are written
   * @return what was written
   * @throws IllegalArgumentException if the frame has not the columns of records
   */
  public static WriteSummary write(Dataset<Row> frame, PlaceUri place, StoreOptions options) {
    PlaceWriter writer = PlaceWriter.of(place, options, frame.schema());
    Dataset<Row> rows = PlaceWriter.isParallel(place) ? frame : frame.coalesce(1);
    List<PlaceWriter.Report> reports =
        rows.queryExecution()
            .toRdd()
            .toJavaRDD()
            .mapPartitions(partition -> List.of(writer.write(partition)).iterator())
            .collect();
    WriteSummary sum = WriteSummary.NONE;
    for (PlaceWriter.Report report : reports) {
      sum = sum.plus(report.summary());
      report.rejected().forEach(options.quarantine()::setAside);
    }
    return sum;
  }

  /**
   * Counts the records of each kind at a place, in one pass; kinds that do not occur are left out.
   */
  public static Map<RecordKind, Long> kinds(
      SparkSession spark, PlaceUri place, FrameOptions options) {
    Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    of(spark, place, EnumSet.allOf(RecordKind.class), options)
        .groupBy("record")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(RecordKind.ofWireName(row.getString(0)), row.getLong(1)));
    return counts;
  }

  /**
   * Makes temporary SQL views of a place: {@code posts}, {@code accounts}, {@code repositories},
   * {@code groups}, {@code events}, {@code interactions}, {@code tombstones}, and {@code records}
   * with all kinds in one. Views of these names that exist are replaced. Nothing is read yet.
   *
   * @return the names of the views
   */
  public static List<String> createViews(SparkSession spark, PlaceUri place) {
    return createViews(spark, place, EnumSet.allOf(RecordKind.class), FrameOptions.DEFAULT);
  }

  /**
   * Makes temporary SQL views of some kinds of record at a place, one for each and {@code records}
   * for all of them; see {@link #createViews(SparkSession, PlaceUri)}.
   */
  public static List<String> createViews(
      SparkSession spark, PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    NativeTable table = NativeTable.of(spark, place);
    Function<Set<RecordKind>, Dataset<Row>> frames =
        table == null ? wanted -> of(spark, place, wanted, options) : table::frame;
    Map<String, Dataset<Row>> views = new LinkedHashMap<>();
    for (RecordKind kind : EnumSet.copyOf(kinds)) {
      views.put(Objects.requireNonNull(VIEWS.get(kind)), frames.apply(Set.of(kind)));
    }
    views.put("records", frames.apply(kinds));
    views.forEach((name, frame) -> frame.createOrReplaceTempView(name));
    return List.copyOf(views.keySet());
  }

  /**
   * Adds a column with a top-level value of the {@code raw} JSON, where the columns of foreign
   * files survive that the schema does not know. The value is a text; what is not a text in JSON
   * becomes its JSON spelling. It is null where the raw JSON is missing, broken or has no such
   * name.
   *
   * @param name the name, character by character; dots, quotes and spaces are nothing special
   * @throws IllegalArgumentException if the frame has no column {@code raw}, or has one of this
   *     name already
   */
  public static Dataset<Row> withRawColumn(Dataset<Row> frame, String name) {
    List<String> columns = List.of(frame.columns());
    if (!columns.contains("raw")) {
      throw new IllegalArgumentException(
          "The frame has no column 'raw' to take '" + name + "' from; its columns are " + columns);
    }
    if (columns.stream().anyMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException("The frame has a column '" + name + "' already");
    }
    StructType wanted =
        new StructType(
            new StructField[] {DataTypes.createStructField(name, DataTypes.StringType, true)});
    return frame.withColumn(name, from_json(col("raw"), wanted).getField(name));
  }
}
