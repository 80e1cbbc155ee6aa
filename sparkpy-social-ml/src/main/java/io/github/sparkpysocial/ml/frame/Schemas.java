package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.ml.internal.SparkRuntime;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that social records have in a data frame, derived from {@link RecordSchema}: the same
 * names in the same order, each with its meaning as the comment that {@code DESCRIBE} shows.
 *
 * <p>Times are {@code timestamp}, whole numbers {@code bigint}, lists {@code array}, lists of
 * entities {@code array<struct>}. A list is never null, only empty; any other column that a record
 * can be without is nullable.
 */
public final class Schemas {
  private static final Map<RecordKind, StructType> BY_KIND = new EnumMap<>(RecordKind.class);

  static {
    for (RecordKind kind : RecordKind.values()) {
      BY_KIND.put(kind, struct(RecordSchema.of(kind).columns()));
    }
  }

  private Schemas() {}

  /** Returns the columns of one kind of record. */
  public static StructType of(RecordKind kind) {
    SparkRuntime.require();
    return Objects.requireNonNull(BY_KIND.get(Objects.requireNonNull(kind, "kind")));
  }

  /**
   * Returns the columns of several kinds of record in one frame: those of the first kind, then what
   * each further kind adds. Of one name there is one column. All but {@code record}, {@code
   * network} and {@code id} are nullable when there are several kinds.
   *
   * @param kinds taken in the order of {@link RecordKind}
   * @throws IllegalArgumentException if there is no kind
   */
  public static StructType of(Collection<RecordKind> kinds) {
    SparkRuntime.require();
    List<StructField> fields = new ArrayList<>();
    for (Column column : RecordSchema.union(kinds)) {
      boolean nullable = Set.copyOf(kinds).size() == 1 ? isNullable(column) : !column.required();
      fields.add(field(column, nullable));
    }
    return new StructType(fields.toArray(new StructField[0]));
  }

  private static StructType struct(List<Column> columns) {
    List<StructField> fields = new ArrayList<>(columns.size());
    for (Column column : columns) {
      fields.add(field(column, isNullable(column)));
    }
    return new StructType(fields.toArray(new StructField[0]));
  }

  private static StructField field(Column column, boolean nullable) {
    return new StructField(column.name(), type(column), nullable, Metadata.empty())
        .withComment(column.description());
  }

  private static boolean isNullable(Column column) {
    return switch (column.type()) {
      case STRING_LIST, STRUCT_LIST -> false;
      case STRING, LONG, DOUBLE, BOOLEAN, TIMESTAMP -> !column.required();
    };
  }

  static DataType type(Column column) {
    return switch (column.type()) {
      case STRING -> DataTypes.StringType;
      case LONG -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case STRING_LIST -> DataTypes.createArrayType(DataTypes.StringType, false);
      case STRUCT_LIST -> DataTypes.createArrayType(struct(column.fields()), false);
    };
  }
}
