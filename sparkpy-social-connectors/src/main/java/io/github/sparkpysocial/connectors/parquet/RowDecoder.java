package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.RoundedIds;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.StoreOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: of those in our columns, and of whatever other tools have written. */
final class RowDecoder {
  private static final int NAMES_SHOWN_TO_FORMATS = 64;

  private final boolean canonical;
  private final Set<String> unknownColumns;
  private final Map<RecordKind, Set<String>> projected = new EnumMap<>(RecordKind.class);
  private final List<FileFormat> formats;
  private final ForeignRecords foreign;
  private final Provenance provenance;

  /**
   * Makes a decoder.
   *
   * @param columns those of the files
   * @param projection what canonical rows are cut down to; ignored for others
   */
  RowDecoder(Set<String> columns, Projection projection, StoreOptions options, String place) {
    this.canonical = isCanonical(columns);
    this.unknownColumns = new LinkedHashSet<>(columns);
    unknownColumns.removeAll(Set.of(TableLayout.KEY, TableLayout.CONTENT));
    TableLayout.COLUMNS.forEach(column -> unknownColumns.remove(column.name()));
    if (!projection.isAll()) {
      for (RecordKind kind : RecordKind.values()) {
        projected.put(kind, columns(projection, RecordSchema.of(kind)));
      }
    }
    this.formats =
        ServiceLoader.load(FileFormat.class, FileFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    this.foreign = ForeignRecords.of(options);
    this.provenance = new Provenance(place, null, null);
    if (!canonical && formats.stream().noneMatch(f -> f.recognizes(shown(columns)))) {
      requireIdAndText(columns, place);
    }
  }

  /** Returns whether rows with these columns are records as our schema has them. */
  static boolean isCanonical(Set<String> columns) {
    return columns.containsAll(Set.of("record", "network", "id"));
  }

  /** Returns the columns of any kind that a projection reads; {@code null} for all. */
  static @Nullable Set<String> columns(Projection projection) {
    if (projection.isAll()) {
      return null;
    }
    Set<String> columns = new HashSet<>();
    for (RecordKind kind : RecordKind.values()) {
      columns.addAll(columns(projection, RecordSchema.of(kind)));
    }
    return columns;
  }

  private static Set<String> columns(Projection projection, RecordSchema schema) {
    return new HashSet<>(projection.columns(schema).stream().map(Column::name).toList());
  }

  private void requireIdAndText(Set<String> columns, String place) {
    try {
      foreign.requireColumns(columns);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The file " + place + " " + e.getMessage(), e);
    }
  }

  private static List<String> shown(Set<String> columns) {
    return columns.stream().limit(NAMES_SHOWN_TO_FORMATS).toList();
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if it cannot be read; the message holds no content
   */
  FileFormat.Reading read(Map<String, @Nullable Object> row) {
    return canonical ? ours(row) : others(row);
  }

  private FileFormat.Reading ours(Map<String, @Nullable Object> row) {
    RecordSchema schema = schema(row.get("record"));
    if (row.get("id") instanceof String id && RoundedIds.suspicion(id) != null) {
      throw new IllegalArgumentException("has an id that " + RoundedIds.suspicion(id));
    }
    List<String> unknownFields = new ArrayList<>();
    for (String name : unknownColumns) {
      if (row.get(name) != null) {
        unknownFields.add(name);
      }
    }
    Map<String, @Nullable Object> values = row;
    if (!projected.isEmpty()) {
      values = new HashMap<>(row);
      values.keySet().retainAll(Objects.requireNonNull(projected.get(schema.kind())));
    } else if (!unknownFields.isEmpty() && row.get("raw") == null) {
      values = new HashMap<>(row);
      values.put("raw", RowJson.of(row));
    }
    try {
      return new FileFormat.Reading(List.of(schema.record(values)), List.of(), unknownFields);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("holds an offset that is out of range");
    }
  }

  private static RecordSchema schema(@Nullable Object wireName) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.wireName().equals(wireName)) {
        return RecordSchema.of(kind);
      }
    }
    throw new IllegalArgumentException("has a kind of record in 'record' that is not known");
  }

  private FileFormat.Reading others(Map<String, @Nullable Object> row) {
    String json = RowJson.of(row);
    for (FileFormat format : formats) {
      if (format.recognizes(shown(row.keySet()))) {
        return format.read(json, provenance);
      }
    }
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    row.forEach((name, value) -> fields.put(name, scalar(value)));
    ForeignRecords.Reading reading = foreign.read(fields, json, provenance);
    return new FileFormat.Reading(List.of(reading.record()), reading.notices(), List.of());
  }

  private static @Nullable String scalar(@Nullable Object value) {
    if (value instanceof Instant time) {
      return time.toString();
    }
    return value == null || value instanceof List<?> || value instanceof Map<?, ?>
        ? null
        : value.toString();
  }
}
