package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The columns of our files: the key, the content's fingerprint, then {@link RecordSchema#union} of
 * all kinds, in the types that Spark writes and reads: lists of three levels, times in microseconds
 * of UTC.
 */
final class TableLayout {
  static final String KEY = "record_key";
  static final String CONTENT = "content";

  /** Beside the data in each file: the version of the schema that it was written with. */
  static final String SCHEMA_VERSION = "sparkpysocial.schema.version";

  /** Beside the data in each file: the version of the library that wrote it. */
  static final String LIBRARY_VERSION = "sparkpysocial.version";

  /** The columns of all kinds, without key and content. */
  static final List<Column> COLUMNS = RecordSchema.union(EnumSet.allOf(RecordKind.class));

  /** Where {@link #COLUMNS} begin in a row: after key and content. */
  static final int FIRST = 2;

  /** How many values a row has. */
  static final int WIDTH = FIRST + COLUMNS.size();

  /** Where a row has the raw JSON. */
  static final int RAW = FIRST + COLUMNS.stream().map(Column::name).toList().indexOf("raw");

  static final MessageType SCHEMA = schema();

  private static final Map<RecordKind, int[]> POSITIONS = new EnumMap<>(RecordKind.class);

  static {
    List<String> names = COLUMNS.stream().map(Column::name).toList();
    for (RecordKind kind : RecordKind.values()) {
      POSITIONS.put(
          kind,
          RecordSchema.of(kind).columns().stream()
              .mapToInt(column -> FIRST + names.indexOf(column.name()))
              .toArray());
    }
  }

  private TableLayout() {}

  /** Returns where in a row each column of a kind is. */
  static int[] positions(RecordKind kind) {
    return Objects.requireNonNull(POSITIONS.get(kind));
  }

  /** Returns the values of a row that was read, in the order in which rows are written. */
  static @Nullable Object[] row(Map<String, ? extends @Nullable Object> values) {
    @Nullable Object[] row = new Object[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      row[i] = values.get(SCHEMA.getFieldName(i));
    }
    return row;
  }

  private static MessageType schema() {
    List<Type> fields = new ArrayList<>();
    fields.add(text(Repetition.REQUIRED, KEY));
    fields.add(text(Repetition.REQUIRED, CONTENT));
    COLUMNS.forEach(column -> fields.add(field(column)));
    return new MessageType("social_records", fields);
  }

  private static Type text(Repetition repetition, String name) {
    return Types.primitive(PrimitiveTypeName.BINARY, repetition)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type field(Column column) {
    Repetition repetition = column.required() ? Repetition.REQUIRED : Repetition.OPTIONAL;
    return switch (column.type()) {
      case STRING -> text(repetition, column.name());
      case LONG -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(column.name());
      case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(column.name());
      case BOOLEAN -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(column.name());
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              .named(column.name());
      case STRING_LIST, STRUCT_LIST ->
          Types.optionalList().element(element(column)).named(column.name());
    };
  }

  private static Type element(Column column) {
    if (column.type() == ColumnType.STRING_LIST) {
      return text(Repetition.REQUIRED, "element");
    }
    Types.GroupBuilder<?> group = Types.requiredGroup();
    column.fields().forEach(field -> group.addField(field(field)));
    return (Type) group.named("element");
  }
}
