package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Makes records of rows as Spark's engine has them. Used by one thread. */
final class RecordMaker {
  private static final Map<String, Column> KNOWN = new HashMap<>();

  static {
    RecordSchema.union(EnumSet.allOf(RecordKind.class))
        .forEach(column -> KNOWN.put(column.name(), column));
  }

  private final StructField[] fields;
  private final int kindAt;

  /**
   * Makes a maker for rows of these columns. Columns that no record has are passed over.
   *
   * @throws IllegalArgumentException if {@code record}, {@code network} or {@code id} is missing,
   *     or a column has another type than records have
   */
  RecordMaker(StructType columns) {
    this.fields = columns.fields();
    List<String> names = List.of(columns.fieldNames());
    for (String required : List.of("record", "network", "id")) {
      if (!names.contains(required)) {
        throw new IllegalArgumentException(
            "The frame has no column '"
                + required
                + "', and records need it: add it with withColumn(..); its columns are "
                + String.join(", ", names));
      }
    }
    this.kindAt = names.indexOf("record");
    for (StructField field : fields) {
      Column column = KNOWN.get(field.name());
      if (column != null && !fits(field.dataType(), column)) {
        throw new IllegalArgumentException(
            "Column '"
                + field.name()
                + "' is "
                + field.dataType().sql()
                + ", and records have "
                + Schemas.type(column).sql()
                + " there; cast it, or drop it");
      }
    }
  }

  private static boolean fits(DataType type, Column column) {
    return type.equals(DataTypes.NullType)
        || switch (column.type()) {
          case STRING -> type instanceof StringType;
          case LONG -> isWhole(type);
          case DOUBLE ->
              isWhole(type)
                  || type.equals(DataTypes.DoubleType)
                  || type.equals(DataTypes.FloatType);
          case BOOLEAN -> type.equals(DataTypes.BooleanType);
          case TIMESTAMP -> type.equals(DataTypes.TimestampType);
          case STRING_LIST ->
              type instanceof ArrayType list && list.elementType() instanceof StringType;
          case STRUCT_LIST ->
              type instanceof ArrayType list && list.elementType() instanceof StructType;
        };
  }

  private static boolean isWhole(DataType type) {
    return type.equals(DataTypes.LongType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.ByteType);
  }

  /**
   * Returns the record of a row.
   *
   * @throws IllegalArgumentException if it is none; the message holds no content
   */
  SocialRecord record(InternalRow row) {
    if (row.isNullAt(kindAt)) {
      throw new IllegalArgumentException("A record needs a value in column 'record'");
    }
    RecordSchema schema = schema(row.getUTF8String(kindAt).toString());
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < fields.length; i++) {
      if (!row.isNullAt(i) && schema.column(fields[i].name()) != null) {
        values.put(fields[i].name(), java(row.get(i, fields[i].dataType()), fields[i].dataType()));
      }
    }
    return schema.record(values);
  }

  /** Returns the values of a row for the eyes of a person, such as of one that is no record. */
  String text(InternalRow row) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i++) {
      if (!row.isNullAt(i)) {
        values.put(fields[i].name(), java(row.get(i, fields[i].dataType()), fields[i].dataType()));
      }
    }
    return values.toString();
  }

  private static RecordSchema schema(String wireName) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.wireName().equals(wireName)) {
        return RecordSchema.of(kind);
      }
    }
    throw new IllegalArgumentException("The kind of record in column 'record' is not known");
  }

  private static @Nullable Object java(@Nullable Object value, DataType type) {
    if (value instanceof UTF8String text) {
      return text.toString();
    }
    if (type instanceof TimestampType && value instanceof Long micros) {
      return DateTimeUtils.microsToInstant(micros);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof ArrayData array && type instanceof ArrayType list) {
      List<@Nullable Object> elements = new ArrayList<>(array.numElements());
      for (int i = 0; i < array.numElements(); i++) {
        elements.add(java(array.get(i, list.elementType()), list.elementType()));
      }
      return elements;
    }
    if (value instanceof InternalRow struct && type instanceof StructType columns) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < columns.fields().length; i++) {
        StructField field = columns.fields()[i];
        fields.put(field.name(), java(struct.get(i, field.dataType()), field.dataType()));
      }
      return fields;
    }
    return value;
  }
}
