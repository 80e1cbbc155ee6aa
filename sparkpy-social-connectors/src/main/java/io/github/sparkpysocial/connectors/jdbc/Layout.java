package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a table, and where each kind of record has its values in them. */
final class Layout {
  static final String KEY = "record_key";
  static final String CONTENT = "content";

  /** The columns of the whole table. */
  static final Layout ALL = of(EnumSet.allOf(RecordKind.class));

  private final List<Column> columns;
  private final Map<RecordKind, int[]> sources = new EnumMap<>(RecordKind.class);

  private Layout(List<Column> columns, Collection<RecordKind> kinds) {
    this.columns = columns;
    for (RecordKind kind : kinds) {
      Map<String, Integer> positions = new HashMap<>();
      for (Column column : RecordSchema.of(kind).columns()) {
        positions.put(column.name(), positions.size());
      }
      int[] source = new int[columns.size()];
      for (int i = 0; i < source.length; i++) {
        // The first two are those of the row itself.
        source[i] = i < 2 ? i : 2 + positions.getOrDefault(columns.get(i).name(), -3);
      }
      sources.put(kind, source);
    }
  }

  /** Returns the columns that records of these kinds have values in. */
  static Layout of(Set<RecordKind> kinds) {
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(KEY, ColumnType.STRING, true, "The key, as network/kind/id.", List.of()));
    columns.add(
        new Column(CONTENT, ColumnType.STRING, true, "The fingerprint of the rest.", List.of()));
    columns.addAll(RecordSchema.union(kinds));
    return new Layout(List.copyOf(columns), kinds);
  }

  List<Column> columns() {
    return columns;
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /**
   * Returns where a row of this kind has the value of each column, or a negative number where it
   * has none.
   */
  int[] sources(RecordKind kind) {
    int[] source = sources.get(kind);
    if (source == null) {
      throw new IllegalArgumentException("Made for other kinds than " + kind.wireName());
    }
    return source;
  }
}
