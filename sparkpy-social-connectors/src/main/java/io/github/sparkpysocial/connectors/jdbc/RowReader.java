package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.ListColumns;
import io.github.sparkpysocial.store.Projection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes records of the rows of a query. */
final class RowReader {
  private final Dialect dialect;
  private final List<Column> columns;
  private final Projection projection;
  private final Map<RecordKind, int[]> positions = new EnumMap<>(RecordKind.class);

  RowReader(Dialect dialect, List<Column> columns, Projection projection) {
    this.dialect = dialect;
    this.columns = columns;
    this.projection = projection;
  }

  /**
   * Reads the row that the result set is at.
   *
   * @throws IllegalArgumentException if it is no record; the message holds no content
   */
  SocialRecord read(ResultSet row) throws SQLException {
    String name = row.getString(1); // "record" is the first column of every schema
    if (name == null) {
      throw new IllegalArgumentException("has no kind of record in 'record'");
    }
    RecordKind kind = kind(name);
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int position : positions.computeIfAbsent(kind, this::positions)) {
      Column column = columns.get(position);
      Object value = value(row, position + 1, column);
      if (value != null) {
        values.put(column.name(), value);
      }
    }
    try {
      return RecordSchema.of(kind).record(values);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("holds an offset that is out of range", e);
    }
  }

  private static RecordKind kind(String name) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("has a kind of record in 'record' that is not known");
  }

  private int[] positions(RecordKind kind) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column own = RecordSchema.of(kind).column(columns.get(i).name());
      if (own != null && projection.contains(own)) {
        found.add(i);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private @Nullable Object value(ResultSet row, int index, Column column) throws SQLException {
    return switch (column.type()) {
      case STRING -> row.getString(index);
      case LONG -> {
        long number = row.getLong(index);
        yield row.wasNull() ? null : number;
      }
      case DOUBLE -> {
        double number = row.getDouble(index);
        yield row.wasNull() ? null : number;
      }
      case BOOLEAN -> {
        boolean flag = row.getBoolean(index);
        yield row.wasNull() ? null : flag;
      }
      case TIMESTAMP -> dialect.instant(row, index);
      case STRING_LIST, STRUCT_LIST -> {
        String json = row.getString(index);
        yield json == null ? null : ListColumns.fromJson(json, column);
      }
    };
  }
}
