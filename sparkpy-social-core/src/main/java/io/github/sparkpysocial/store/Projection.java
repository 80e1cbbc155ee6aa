package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of the {@link RecordSchema} to read. The columns that a record cannot be without
 * are always read, too; all others are unknown in the records, whatever the store holds. Immutable
 * and thread-safe.
 */
public final class Projection {

  /** Reads every column. */
  public static final Projection ALL = new Projection(null);

  private final @Nullable Set<String> columns;

  private Projection(@Nullable Set<String> columns) {
    this.columns = columns;
  }

  /**
   * Returns a projection to these columns.
   *
   * @throws IllegalArgumentException if no kind of record has a column of such a name
   */
  public static Projection of(Collection<String> columns) {
    Set<String> known = new TreeSet<>();
    for (RecordKind kind : RecordKind.values()) {
      RecordSchema.of(kind).columns().forEach(column -> known.add(column.name()));
    }
    for (String column : columns) {
      if (!known.contains(column)) {
        throw new IllegalArgumentException(
            "No kind of record has a column '" + column + "'; known are " + known);
      }
    }
    return new Projection(Set.copyOf(columns));
  }

  /** Returns a projection to these columns; see {@link #of(Collection)}. */
  public static Projection of(String... columns) {
    return of(List.of(columns));
  }

  /** Returns whether every column is read. */
  public boolean isAll() {
    return columns == null;
  }

  /** Returns whether a column is read. */
  public boolean contains(Column column) {
    return columns == null || column.required() || columns.contains(column.name());
  }

  /** Returns the columns of a schema that are read, in order. */
  public List<Column> columns(RecordSchema schema) {
    return columns == null
        ? schema.columns()
        : schema.columns().stream().filter(this::contains).toList();
  }

  /** Returns the record with nothing but the columns that are read. */
  public SocialRecord apply(SocialRecord record) {
    if (columns == null) {
      return record;
    }
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    Map<String, @Nullable Object> kept = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Column column = schema.columns().get(i);
      if (contains(column)) {
        kept.put(column.name(), values.get(i));
      }
    }
    return schema.record(kept);
  }

  /** Returns the names of the columns, or {@code all columns}. */
  @Override
  public String toString() {
    return columns == null ? "all columns" : String.join(", ", new TreeSet<>(columns));
  }
}
