package io.github.sparkpysocial.ml.frame;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.timestamp_millis;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of records that a reader of Spark's own reads: with several tasks, and with conditions on
 * most columns pushed down.
 *
 * @param rows the table with the columns of all kinds; a time may be a timestamp, or milliseconds
 *     since 1970
 * @param listsAreJson whether lists are JSON texts in it
 */
record NativeTable(Dataset<Row> rows, boolean listsAreJson) {
  private static final int MOST_TASKS = 8;

  /**
   * Finds the reader of a place.
   *
   * @return {@code null} if there is none, or it would not see what our own store sees, such as
   *     records of other tools
   * @throws io.github.sparkpysocial.SocialException if the place is there and refuses
   */
  static @Nullable NativeTable of(SparkSession spark, PlaceUri place) {
    return switch (place.scheme()) {
      case "file" -> ParquetTable.of(spark, place);
      case "jdbc" -> PostgresTable.of(spark, place);
      case "mongodb" -> MongoTable.of(spark, place);
      default -> null;
    };
  }

  /** Returns the columns of the table of all kinds, as any reader knows them. */
  static StructType columns() {
    return Schemas.of(EnumSet.allOf(RecordKind.class));
  }

  /** Returns whether a table has all columns that this library gives it. */
  static boolean isOurs(Dataset<Row> table) {
    List<String> names = Arrays.asList(table.columns());
    return names.containsAll(List.of("record_key", "content"))
        && names.containsAll(List.of(columns().fieldNames()));
  }

  /** Returns how many tasks are to read a server at once. */
  static int tasks(SparkSession spark) {
    return Math.min(MOST_TASKS, Math.max(1, spark.sparkContext().defaultParallelism()));
  }

  /** Opens and closes our own store, which says in words what is wrong with the place. */
  static void check(PlaceUri place) {
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      Objects.requireNonNull(store.description());
    }
  }

  /** Returns the records of these kinds as {@link Schemas} has them. */
  Dataset<Row> frame(Set<RecordKind> kinds) {
    Dataset<Row> wanted = rows;
    if (kinds.size() < RecordKind.values().length) {
      wanted =
          rows.where(
              col("record").isin(kinds.stream().map(RecordKind::wireName).sorted().toArray()));
    }
    List<Column> columns = new ArrayList<>();
    for (StructField field : Schemas.of(kinds).fields()) {
      columns.add(column(field, kinds).as(field.name(), field.metadata()));
    }
    return wanted.select(columns.toArray(new Column[0]));
  }

  private Column column(StructField field, Set<RecordKind> kinds) {
    Column value = col(field.name());
    if (field.dataType().equals(DataTypes.TimestampType)
        && rows.schema().apply(field.name()).dataType().equals(DataTypes.LongType)) {
      return timestamp_millis(value);
    }
    if (!(field.dataType() instanceof ArrayType type)) {
      return value;
    }
    Column list = listsAreJson ? from_json(value, type) : value;
    Column filled = coalesce(list, array().cast(type));
    Object[] having =
        kinds.stream()
            .filter(kind -> RecordSchema.of(kind).column(field.name()) != null)
            .map(RecordKind::wireName)
            .toArray();
    return having.length == kinds.size() ? filled : when(col("record").isin(having), filled);
  }
}
