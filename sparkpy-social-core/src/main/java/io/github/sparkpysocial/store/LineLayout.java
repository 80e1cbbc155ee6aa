package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * How the lines of one kind of record are spelled. They begin with {@link #start}, the network's
 * name, {@link #id} and the id; then come those of the other columns that have a value. Immutable.
 */
final class LineLayout {
  /** How many columns, the first ones, are the key. */
  static final int KEY_COLUMNS = 3;

  private static final byte[] ID = ascii("\",\"id\":\"");
  private static final Set<String> PROVENANCE = Set.of("source_uri", "fetched_at", "tool");
  private static final Map<RecordKind, LineLayout> LAYOUTS = new EnumMap<>(RecordKind.class);

  static {
    for (RecordKind kind : RecordKind.values()) {
      LAYOUTS.put(kind, new LineLayout(kind));
    }
  }

  private final RecordKind kind;
  private final byte[] start;
  private final byte[][] names;
  private final ColumnType[] types;
  private final boolean[] provenance;
  private final int raw;

  private LineLayout(RecordKind kind) {
    List<Column> columns = RecordSchema.of(kind).columns();
    this.kind = kind;
    this.start = ascii("{\"record\":\"" + kind.wireName() + "\",\"network\":\"");
    this.names = new byte[columns.size()][];
    this.types = new ColumnType[columns.size()];
    this.provenance = new boolean[columns.size()];
    int rawIndex = -1;
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      names[i] = ascii(",\"" + name + "\":");
      types[i] = columns.get(i).type();
      provenance[i] = PROVENANCE.contains(name);
      rawIndex = name.equals("raw") ? i : rawIndex;
    }
    this.raw = rawIndex;
  }

  static LineLayout of(RecordKind kind) {
    return Objects.requireNonNull(LAYOUTS.get(kind));
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  RecordKind kind() {
    return kind;
  }

  /** Returns what stands before the network's name. */
  byte[] start() {
    return start;
  }

  /** Returns what stands between the network's name and the id, to the opening quotes. */
  static byte[] id() {
    return ID;
  }

  /** Returns how many columns there are. */
  int size() {
    return names.length;
  }

  /** Returns what stands before the value of a column: a comma, the name and a colon. */
  byte[] name(int column) {
    return names[column];
  }

  ColumnType type(int column) {
    return types[column];
  }

  /** Returns whether a column says where and when the record was fetched. */
  boolean isProvenance(int column) {
    return provenance[column];
  }

  /** Returns whether a column, or a part of it, may not count for what a record says. */
  boolean mayBeLeftOut(int column) {
    return provenance[column] || column == raw || types[column] == ColumnType.TIMESTAMP;
  }

  boolean isRaw(int column) {
    return column == raw;
  }
}
