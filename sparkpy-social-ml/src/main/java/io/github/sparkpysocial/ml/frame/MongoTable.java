package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.place.PlaceUri;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** MongoDB through its official connector, if that is on the class path. */
final class MongoTable {
  private static final String PARTITIONERS = "com.mongodb.spark.sql.connector.read.partitioner.";

  private MongoTable() {}

  static @Nullable NativeTable of(SparkSession spark, PlaceUri place) {
    String location = place.location();
    String collection = place.table();
    int slash = location.indexOf('/', 2);
    int query = location.indexOf('?');
    if (collection == null || slash < 0 || !isConnectorThere()) {
      return null;
    }
    int at = location.lastIndexOf('@', slash);
    if (at > 0 && !location.substring(2, at).contains(":")) {
      return null; // our store finds the password elsewhere
    }
    String database = location.substring(slash + 1, query < 0 ? location.length() : query);
    if (database.isEmpty()) {
      return null;
    }
    NativeTable.check(place);
    DataFrameReader reader =
        spark
            .read()
            .format("mongodb")
            .option("connection.uri", "mongodb:" + location)
            .option("database", database)
            .option("collection", collection);
    boolean foreign =
        !reader
            .schema("record STRING")
            .option("partitioner", PARTITIONERS + "SinglePartitionPartitioner")
            .option(
                "aggregation.pipeline",
                "[{$match: {record: {$not: {$type: 'string'}}}}, {$limit: 1}]")
            .load()
            .isEmpty();
    if (foreign) {
      return null;
    }
    return new NativeTable(
        reader
            .schema(schema())
            .option("partitioner", PARTITIONERS + "PaginateIntoPartitionsPartitioner")
            .option(
                "partitioner.options.max.number.of.partitions",
                String.valueOf(NativeTable.tasks(spark)))
            .option("aggregation.pipeline", "[]")
            .load(),
        false);
  }

  /** Times as milliseconds, since the connector is days off before 1582 with timestamps. */
  private static StructType schema() {
    StructType schema = new StructType();
    for (StructField field : NativeTable.columns().fields()) {
      boolean time = field.dataType().equals(DataTypes.TimestampType);
      schema =
          schema.add(field.name(), time ? DataTypes.LongType : field.dataType().asNullable(), true);
    }
    return schema;
  }

  private static boolean isConnectorThere() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Class.forName("com.mongodb.spark.sql.connector.MongoTableProvider", false, loader);
      return true;
    } catch (ClassNotFoundException absent) {
      return false;
    }
  }
}
