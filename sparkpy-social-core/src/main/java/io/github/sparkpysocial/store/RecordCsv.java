package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.WellFormed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows of CSV (RFC 4180): the columns of the {@link RecordSchema} of one kind, then
 * those of a tombstone that it lacks, so that a file keeps one kind of record and the deletions of
 * that kind. Lists are JSON. Texts are quoted and what is unknown is an empty cell without quotes,
 * so that an empty text is told from an unknown one.
 */
final class RecordCsv {
  private static final String LINE_END = "\n";

  private RecordCsv() {}

  /** Returns the columns of a file that keeps this kind, in order. */
  static List<String> columns(RecordKind kind) {
    List<String> names = new ArrayList<>();
    RecordSchema.of(kind).columns().forEach(column -> names.add(column.name()));
    for (Column column : RecordSchema.of(RecordKind.TOMBSTONE).columns()) {
      if (!names.contains(column.name())) {
        names.add(column.name());
      }
    }
    return names;
  }

  /** Returns the header line. */
  static byte[] header(List<String> columns) {
    return (String.join(",", columns) + LINE_END).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the row of a record. */
  static byte[] row(SocialRecord record, List<String> columns, boolean keepRaw) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    Map<String, @Nullable Object> byName = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byName.put(schema.columns().get(i).name(), values.get(i));
    }
    if (!keepRaw) {
      byName.remove("raw");
    }
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        row.append(',');
      }
      cell(byName.get(columns.get(i)), row);
    }
    return row.append(LINE_END).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void cell(@Nullable Object value, StringBuilder row) {
    if (value instanceof Long || value instanceof Double || value instanceof Boolean) {
      row.append(value);
    } else if (value instanceof List<?> list) {
      if (!list.isEmpty()) {
        quote(RecordJson.toJson(list), row);
      }
    } else if (value != null) {
      quote(WellFormed.text(value.toString()), row);
    }
  }

  private static void quote(String text, StringBuilder row) {
    row.append('"').append(text.replace("\"", "\"\"")).append('"');
  }

  /**
   * Returns the value of a cell, or {@code null} if it is unknown.
   *
   * @param quoted whether quotes stood around it
   */
  static @Nullable Object value(
      String cell, boolean quoted, Column column, List<String> unknownFields)
      throws BadItemException {
    if (cell.isEmpty()) {
      boolean text = column.type() == RecordSchema.ColumnType.STRING;
      return text && (quoted || column.required()) ? "" : null;
    }
    return switch (column.type()) {
      case STRING -> cell;
      case LONG -> whole(cell, column);
      case DOUBLE -> real(cell, column);
      case BOOLEAN -> flag(cell, column);
      case TIMESTAMP -> RecordJson.instant(cell, column);
      case STRING_LIST, STRUCT_LIST -> RecordJson.list(cell, column, unknownFields);
    };
  }

  private static Long whole(String cell, Column column) throws BadItemException {
    try {
      return Long.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new BadItemException(column.name(), "must be a whole number of at most 64 bits");
    }
  }

  private static Double real(String cell, Column column) throws BadItemException {
    try {
      return Double.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new BadItemException(column.name(), "must be a number");
    }
  }

  private static Boolean flag(String cell, Column column) throws BadItemException {
    if (cell.equalsIgnoreCase("true")) {
      return true;
    }
    if (cell.equalsIgnoreCase("false")) {
      return false;
    }
    throw new BadItemException(column.name(), "must be true or false");
  }
}
