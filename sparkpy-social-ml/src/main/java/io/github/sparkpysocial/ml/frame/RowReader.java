package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.WellFormed;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Turns records into rows of some or all of their columns, and rows into records. */
final class RowReader {
  /** The column that tells where a row was read; Spark gives it only when asked for it by name. */
  static final String PLACE = "_place";

  private final Map<RecordKind, int[]> positions = new EnumMap<>(RecordKind.class);
  private final int width;
  private final int placeAt;
  private final @Nullable UTF8String place;

  /**
   * Makes a reader for rows of these columns.
   *
   * @param columns any columns of any kinds, in any order
   * @param place the value of column {@value #PLACE}, or {@code null} if it is not read
   */
  RowReader(StructType columns, @Nullable String place) {
    String[] names = columns.fieldNames();
    this.width = names.length;
    this.placeAt = List.of(names).indexOf(PLACE);
    this.place = UTF8String.fromString(place);
    for (RecordKind kind : RecordKind.values()) {
      List<Column> known = RecordSchema.of(kind).columns();
      Map<String, Integer> byName = new HashMap<>();
      for (int i = 0; i < known.size(); i++) {
        byName.put(known.get(i).name(), i);
      }
      int[] position = new int[names.length];
      for (int i = 0; i < names.length; i++) {
        position[i] = byName.getOrDefault(names[i], -1);
      }
      positions.put(kind, position);
    }
  }

  /** Returns the row as the user sees it. */
  Row row(SocialRecord record) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    int[] position = position(record);
    @Nullable Object[] row = new Object[width];
    for (int i = 0; i < width; i++) {
      if (position[i] >= 0) {
        row[i] = external(schema.columns().get(position[i]), values.get(position[i]));
      }
    }
    return RowFactory.create(row);
  }

  /** Returns the row as Spark's engine sees it. */
  InternalRow internalRow(SocialRecord record) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    int[] position = position(record);
    @Nullable Object[] row = new Object[width];
    for (int i = 0; i < width; i++) {
      if (position[i] >= 0) {
        row[i] = internal(schema.columns().get(position[i]), values.get(position[i]));
      }
    }
    if (placeAt >= 0) {
      row[placeAt] = place;
    }
    return new GenericInternalRow(row);
  }

  private int[] position(SocialRecord record) {
    return Objects.requireNonNull(positions.get(record.recordKind()));
  }

  /** Returns the record of a row that has at least the required columns of its kind. */
  static SocialRecord record(Row row) {
    String[] names = row.schema().fieldNames();
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < names.length; i++) {
      values.put(names[i], row.get(i));
    }
    if (!(values.get("record") instanceof String wireName)) {
      throw new IllegalArgumentException(
          "A row becomes a record by its column 'record', such as post; the columns are "
              + String.join(", ", names));
    }
    RecordSchema schema = RecordSchema.of(RecordKind.ofWireName(wireName));
    for (Column column : schema.columns()) {
      values.computeIfPresent(column.name(), (name, value) -> fromRow(column.type(), value));
    }
    return schema.record(values);
  }

  private static Object fromRow(ColumnType type, Object value) {
    return switch (type) {
      case STRING, LONG, DOUBLE, BOOLEAN -> value;
      case TIMESTAMP ->
          value instanceof Timestamp timestamp
              // Not toInstant(), which is days off before 1582
              ? DateTimeUtils.microsToInstant(DateTimeUtils.fromJavaTimestamp(timestamp))
              : value;
      case STRING_LIST -> list(value);
      case STRUCT_LIST -> list(value).stream().map(RowReader::structFromRow).toList();
    };
  }

  private static List<?> list(Object value) {
    if (value instanceof scala.collection.Seq<?> seq) {
      return CollectionConverters.asJava(seq);
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("A list of a row is a Seq or a List");
  }

  private static Object structFromRow(Object element) {
    if (!(element instanceof Row row)) {
      return element;
    }
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    String[] names = row.schema().fieldNames();
    for (int i = 0; i < names.length; i++) {
      struct.put(names[i], row.get(i));
    }
    return struct;
  }

  private static @Nullable Object external(Column column, @Nullable Object value) {
    if (column.type() == ColumnType.STRUCT_LIST) {
      List<Row> structs = new ArrayList<>();
      for (Object element : elements(value)) {
        @Nullable Object[] fields = structValues(column, element);
        for (int i = 0; i < fields.length; i++) {
          fields[i] = wellFormed(fields[i]);
        }
        structs.add(RowFactory.create(fields));
      }
      return structs.toArray();
    }
    if (column.type() == ColumnType.STRING_LIST) {
      return elements(value).stream().map(RowReader::wellFormed).toArray();
    }
    if (column.type() == ColumnType.TIMESTAMP && value instanceof Instant instant) {
      return micros(instant) == null ? null : instant;
    }
    return wellFormed(value);
  }

  private static @Nullable Object wellFormed(@Nullable Object value) {
    return value instanceof String text ? WellFormed.text(text) : value;
  }

  private static @Nullable Object internal(Column column, @Nullable Object value) {
    return switch (column.type()) {
      case STRING -> value == null ? null : utf8((String) value);
      case LONG, DOUBLE, BOOLEAN -> value;
      case TIMESTAMP -> value == null ? null : micros((Instant) value);
      case STRING_LIST ->
          new GenericArrayData(elements(value).stream().map(e -> utf8((String) e)).toArray());
      case STRUCT_LIST -> {
        List<Object> structs = new ArrayList<>();
        for (Object element : elements(value)) {
          @Nullable Object[] fields = structValues(column, element);
          for (int i = 0; i < fields.length; i++) {
            fields[i] = internal(column.fields().get(i), fields[i]);
          }
          structs.add(new GenericInternalRow(fields));
        }
        yield new GenericArrayData(structs.toArray());
      }
    };
  }

  /**
   * Half characters become U+FFFD, as in every store; Java's encoder makes question marks of them.
   */
  private static UTF8String utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return UTF8String.fromBytes(
        bytes.length == text.length()
            ? bytes // ASCII
            : WellFormed.text(text).getBytes(StandardCharsets.UTF_8));
  }

  private static Collection<?> elements(@Nullable Object value) {
    return value == null ? List.of() : (Collection<?>) value;
  }

  private static @Nullable Object[] structValues(Column column, Object element) {
    Map<?, ?> struct = (Map<?, ?>) element;
    @Nullable Object[] fields = new Object[column.fields().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = struct.get(column.fields().get(i).name());
    }
    return fields;
  }

  /** Microseconds since 1970, or null for a time more than 292,000 years away from it. */
  private static @Nullable Long micros(Instant instant) {
    try {
      return DateTimeUtils.instantToMicros(instant);
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
