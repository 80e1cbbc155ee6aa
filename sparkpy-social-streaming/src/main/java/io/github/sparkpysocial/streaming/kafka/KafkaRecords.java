package io.github.sparkpysocial.streaming.kafka;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.frame.Schemas;
import io.github.sparkpysocial.model.RecordKind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Between messages of Kafka, as Spark's source and sink {@code kafka} have them, and frames of
 * records:
 *
 * <pre>{@code
 * KafkaRecords messages = KafkaRecords.of(
 *     spark.readStream().format("kafka").option("kafka.bootstrap.servers", servers)
 *         .option("subscribe", "posts").load(), Set.of(RecordKind.POST));
 * Dataset<Row> posts = messages.records();
 * Dataset<Row> letters = messages.deadLetters(); // to be written to a topic of its own
 * }</pre>
 *
 * <p>Needs {@code org.apache.spark:spark-sql-kafka-0-10_2.13} on the class path. Immutable and
 * thread-safe.
 */
public final class KafkaRecords {
  /** Without which it is no record. */
  private static final List<String> KEY = List.of("record", "network", "id");

  /**
   * A column that keeps Spark from moving conditions before the parsing, since it would then parse
   * a message once for each of them.
   */
  private static final String ONCE = "_once";

  private static final String BROKEN = "_corrupt_record";
  private static final Map<String, String> JSON =
      Map.of(
          "columnNameOfCorruptRecord", BROKEN,
          "timestampFormat", "yyyy-MM-dd'T'HH:mm:ss[.SSSSSSSSS]XXX",
          "timeZone", "UTC");

  private final Dataset<Row> messages;
  private final Set<RecordKind> kinds;
  private final StructType schema;

  private KafkaRecords(Dataset<Row> messages, Set<RecordKind> kinds) {
    this.messages = messages;
    this.kinds = Set.copyOf(kinds);
    this.schema = Schemas.of(this.kinds);
  }

  /**
   * Returns a view of messages.
   *
   * @param messages a stream or batch of Spark's source {@code kafka}, with its columns {@code key}
   *     and {@code value}
   * @param kinds the kinds of record to be read; other records are passed over
   */
  public static KafkaRecords of(Dataset<Row> messages, Set<RecordKind> kinds) {
    return new KafkaRecords(messages, kinds);
  }

  /**
   * Returns the records, with the columns of {@link Schemas#of(java.util.Collection)}. A message
   * without value, Kafka's own deletion, is a tombstone of the record that its key names.
   */
  public Dataset<Row> records() {
    return records(schema.fieldNames());
  }

  /**
   * Returns some columns of the records: the other fields are passed over unread, which makes a
   * count of hashtags several times as fast. What is wrong in them is not noticed.
   *
   * @param columns of {@link Schemas#of(java.util.Collection)}
   * @throws IllegalArgumentException if the records have no such column
   */
  public Dataset<Row> records(String... columns) {
    List<String> wanted = List.of(columns);
    for (String column : wanted) {
      if (!List.of(schema.fieldNames()).contains(column)) {
        throw new IllegalArgumentException("The records have no column " + column);
      }
    }
    Column known = col("parsed.record").isin(kinds.stream().map(RecordKind::wireName).toArray());
    return parsed(wanted)
        .where(isRecord().and(known))
        .select(wanted.stream().map(name -> col("parsed." + name)).toArray(Column[]::new));
  }

  /**
   * Returns the messages that are no records, as a stream of Spark's sink {@code kafka}: {@code
   * key} and {@code value} as they were, and {@code headers} that tell the {@code reason}, {@code
   * topic}, {@code partition} and {@code offset}. Write them to a topic of their own.
   */
  public Dataset<Row> deadLetters() {
    return parsed(List.of(schema.fieldNames()))
        .where(col(ONCE).geq(0).and(functions.not(isRecord())))
        .select(
            col("key"),
            col("value"),
            array(
                    header("reason", lit("the value is no JSON object of a record")),
                    header("topic", col("topic")),
                    header("partition", col("partition").cast(DataTypes.StringType)),
                    header("offset", col("offset").cast(DataTypes.StringType)))
                .as("headers"));
  }

  /**
   * Returns records as messages for Spark's sink {@code kafka}, with the columns {@code key},
   * {@code value} and {@code headers}. Kafka may get a message twice when a batch is run again; its
   * key tells.
   *
   * @param records with columns of {@link Schemas}, at least those of the key
   */
  public static Dataset<Row> messages(Dataset<Row> records) {
    boolean tombstones = List.of(records.columns()).contains("target_kind");
    Column kind =
        tombstones
            ? when(col("record").equalTo("tombstone"), col("target_kind")).otherwise(col("record"))
            : col("record");
    Column[] columns = Arrays.stream(records.columns()).map(functions::col).toArray(Column[]::new);
    Map<String, String> json = new LinkedHashMap<>(JSON);
    json.put("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX");
    return records.select(
        concat_ws("/", col("network"), kind, col("id")).cast(DataTypes.BinaryType).as("key"),
        to_json(struct(columns), json).cast(DataTypes.BinaryType).as("value"),
        array(header("record", col("record")), header("network", col("network"))).as("headers"));
  }

  private Dataset<Row> parsed(List<String> columns) {
    StructType wide = new StructType();
    for (StructField field : schema.fields()) {
      if (columns.contains(field.name()) || KEY.contains(field.name())) {
        wide = wide.add(field);
      }
    }
    wide = wide.add(BROKEN, DataTypes.StringType, true);
    return messages
        .withColumn(
            "parsed",
            from_json(coalesce(col("value").cast(DataTypes.StringType), deletion()), wide, JSON))
        .withColumn(ONCE, functions.spark_partition_id());
  }

  /** The tombstone that a message without value stands for. */
  private static Column deletion() {
    Column key = col("key").cast(DataTypes.StringType);
    Column network = functions.substring_index(key, "/", 1);
    Column kind = functions.element_at(functions.split(key, "/"), 2);
    Column id =
        functions.expr(
            "substring(cast(key as string), locate('/', cast(key as string), locate('/', cast(key"
                + " as string)) + 1) + 1)");
    return when(
        key.rlike("^[^/]+/[^/]+/.+"),
        to_json(
            struct(
                lit("tombstone").as("record"),
                network.as("network"),
                id.as("id"),
                kind.as("target_kind"))));
  }

  private static Column isRecord() {
    return col(ONCE)
        .geq(0)
        .and(col("parsed").isNotNull())
        .and(col("parsed." + BROKEN).isNull())
        .and(coalesce(col("parsed.record"), lit("")).notEqual(""))
        .and(coalesce(col("parsed.network"), lit("")).notEqual(""))
        .and(coalesce(col("parsed.id"), lit("")).notEqual(""))
        .and(functions.not(col("parsed.id").rlike("^[\\[{]"))); // Spark takes any JSON as a text
  }

  private static Column header(String name, Column value) {
    return struct(lit(name).as("key"), concat(value).cast(DataTypes.BinaryType).as("value"));
  }
}
