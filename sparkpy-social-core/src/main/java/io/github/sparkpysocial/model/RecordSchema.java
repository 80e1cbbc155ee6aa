package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one definition of every kind of record as named, typed columns. The header of a CSV file, the
 * fields of a JSON line, the columns of a table, the keys of a document and the {@code StructType}
 * of a data frame are all derived from it.
 *
 * <p>Values travel in plain Java types: see {@link ColumnType}. Immutable and thread-safe.
 */
public final class RecordSchema {

  /**
   * The version of the schema. It grows when a column is added, and changes nothing else within a
   * major release.
   */
  public static final int VERSION = 1;

  /**
   * The type of a column, and the Java type that its values have in {@link #values} and {@link
   * #record}.
   */
  public enum ColumnType {
    /** A {@link String}. */
    STRING,
    /** A {@link Long}. */
    LONG,
    /** A {@link Double}. */
    DOUBLE,
    /** A {@link Boolean}. */
    BOOLEAN,
    /** An {@link Instant}; in text ISO-8601 in UTC, as {@code 2026-11-01T12:00:00Z}. */
    TIMESTAMP,
    /** A {@code List<String>}. */
    STRING_LIST,
    /**
     * A {@code List<Map<String, Object>>}, with the keys of {@link Column#fields()} in their order.
     */
    STRUCT_LIST
  }

  /**
   * A column.
   *
   * @param name lower case with underscores
   * @param type the type of its values
   * @param required whether a record cannot be without it; a column that is not required may be
   *     {@code null}, except lists, which are then empty
   * @param description what it means, one sentence for the data dictionary
   * @param fields the columns of a {@link ColumnType#STRUCT_LIST}; otherwise empty
   */
  public record Column(
      String name, ColumnType type, boolean required, String description, List<Column> fields) {
    public Column {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(description, "description");
      fields = List.copyOf(fields);
    }
  }

  private static final Map<RecordKind, RecordSchema> SCHEMAS = new EnumMap<>(RecordKind.class);

  static {
    for (RecordSchema schema : SchemaDefinitions.all()) {
      SCHEMAS.put(schema.kind, schema);
    }
  }

  private final RecordKind kind;
  private final List<Column> columns;
  private final Map<String, Column> byName;
  private final List<Function<SocialRecord, @Nullable Object>> getters;
  private final Function<Values, SocialRecord> reader;
  private final int timeIndex;

  private RecordSchema(
      RecordKind kind,
      List<Column> columns,
      List<Function<SocialRecord, @Nullable Object>> getters,
      Function<Values, SocialRecord> reader) {
    this.kind = kind;
    this.columns = List.copyOf(columns);
    this.getters = List.copyOf(getters);
    this.reader = reader;
    Map<String, Column> names = new LinkedHashMap<>();
    columns.forEach(column -> names.put(column.name(), column));
    this.byName = Collections.unmodifiableMap(names);
    this.timeIndex = new ArrayList<>(names.keySet()).indexOf(timeColumn());
  }

  /** Returns the schema of this kind of record. */
  public static RecordSchema of(RecordKind kind) {
    return Objects.requireNonNull(SCHEMAS.get(Objects.requireNonNull(kind, "kind")));
  }

  /**
   * Returns the columns of a table that keeps several kinds of record: those of the first kind,
   * then what each further kind adds. Of one name there is one column, of one type. All but {@code
   * record}, {@code network} and {@code id} are optional if there are several kinds.
   *
   * @param kinds taken in the order of {@link RecordKind}
   * @throws IllegalArgumentException if there is no kind
   */
  public static List<Column> union(Collection<RecordKind> kinds) {
    if (kinds.isEmpty()) {
      throw new IllegalArgumentException("Name at least one kind of record");
    }
    Set<RecordKind> ordered = EnumSet.copyOf(kinds);
    if (ordered.size() == 1) {
      return of(ordered.iterator().next()).columns();
    }
    Map<String, Column> union = new LinkedHashMap<>();
    for (RecordKind kind : ordered) {
      for (Column column : of(kind).columns()) {
        Column known = union.get(column.name());
        if (known != null
            && !(known.type() == column.type() && known.fields().equals(column.fields()))) {
          throw new IllegalStateException(
              "Column '" + column.name() + "' has different types in different kinds of record");
        }
        boolean key = List.of("record", "network", "id").contains(column.name());
        union.putIfAbsent(
            column.name(),
            new Column(column.name(), column.type(), key, column.description(), column.fields()));
      }
    }
    return List.copyOf(union.values());
  }

  /** Returns the kind of record that this schema describes. */
  public RecordKind kind() {
    return kind;
  }

  /**
   * Returns the columns in order. {@code record}, {@code network} and {@code id} come first in
   * every schema.
   */
  public List<Column> columns() {
    return columns;
  }

  /** Returns the column of this name, or {@code null} if there is none. */
  public @Nullable Column column(String name) {
    return byName.get(name);
  }

  /**
   * Returns the values of a record in the order of {@link #columns()}.
   *
   * @return an unmodifiable list, {@code null} where a value is unknown
   * @throws IllegalArgumentException if the record is of another kind
   */
  public List<@Nullable Object> values(SocialRecord record) {
    requireKind(record);
    List<@Nullable Object> values = new ArrayList<>(getters.size());
    for (Function<SocialRecord, @Nullable Object> getter : getters) {
      values.add(getter.apply(record));
    }
    return Collections.unmodifiableList(values);
  }

  private void requireKind(SocialRecord record) {
    if (record.recordKind() != kind) {
      throw new IllegalArgumentException(
          "The schema of " + kind.wireName() + " cannot hold a " + record.recordKind().wireName());
    }
  }

  /**
   * Returns the name of the column that says when it happened: {@code deleted_at} of a tombstone,
   * {@code created_at} of everything else.
   */
  public String timeColumn() {
    return kind == RecordKind.TOMBSTONE ? "deleted_at" : "created_at";
  }

  /**
   * Returns when it happened, the value of the {@linkplain #timeColumn() time column}, or {@code
   * null} if that is unknown.
   *
   * @throws IllegalArgumentException if the record is of another kind
   */
  public @Nullable Instant time(SocialRecord record) {
    requireKind(record);
    return (Instant) getters.get(timeIndex).apply(record);
  }

  /**
   * Makes a record from values by column name. Names that are not columns are ignored; a column
   * without a value is unknown.
   *
   * @param values values of the Java type that {@link ColumnType} names; an {@link Integer} serves
   *     as a {@link Long}, any {@link Number} as a {@link Double}
   * @throws IllegalArgumentException if a required column is missing or a value has the wrong type
   *     or range; the message names the column and never contains the value
   */
  public SocialRecord record(Map<String, ? extends @Nullable Object> values) {
    return reader.apply(new Values(kind.wireName(), values));
  }

  /** Reads typed values out of a map; every complaint names the column. */
  static final class Values {
    private final String where;
    private final Map<String, ? extends @Nullable Object> values;

    Values(String where, Map<String, ? extends @Nullable Object> values) {
      this.where = where;
      this.values = values;
    }

    @Nullable String string(String column) {
      return cast(column, String.class, "a text");
    }

    String requiredString(String column) {
      String value = string(column);
      if (value == null) {
        throw new IllegalArgumentException(
            "A " + where + " needs a value in column '" + column + "'");
      }
      return value;
    }

    @Nullable Long longValue(String column) {
      Object value = values.get(column);
      if (value instanceof Integer number) {
        return number.longValue();
      }
      return cast(column, Long.class, "a whole number");
    }

    @Nullable Double doubleValue(String column) {
      Object value = values.get(column);
      if (value instanceof Number number) {
        return number.doubleValue();
      }
      return cast(column, Double.class, "a number");
    }

    @Nullable Boolean booleanValue(String column) {
      return cast(column, Boolean.class, "true or false");
    }

    @Nullable Instant instant(String column) {
      return cast(column, Instant.class, "a time");
    }

    <E extends Enum<E>> @Nullable E constant(String column, Class<E> type) {
      String value = string(column);
      if (value == null) {
        return null;
      }
      for (E constant : type.getEnumConstants()) {
        if (SchemaDefinitions.wireName(constant).equals(value)) {
          return constant;
        }
      }
      List<String> known = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        known.add(SchemaDefinitions.wireName(constant));
      }
      throw new IllegalArgumentException(
          "Column '" + column + "' of a " + where + " must be one of " + String.join(", ", known));
    }

    List<String> strings(String column) {
      List<?> list = cast(column, List.class, "a list");
      if (list == null) {
        return List.of();
      }
      List<String> strings = new ArrayList<>(list.size());
      for (Object element : list) {
        if (!(element instanceof String string)) {
          throw wrongType(column, "a list of texts");
        }
        strings.add(string);
      }
      return strings;
    }

    <T> List<T> structs(String column, Function<Values, T> reader) {
      List<?> list = cast(column, List.class, "a list");
      if (list == null) {
        return List.of();
      }
      List<T> structs = new ArrayList<>(list.size());
      for (Object element : list) {
        if (!(element instanceof Map<?, ?> map)) {
          throw wrongType(column, "a list of objects");
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        map.forEach((key, value) -> fields.put(String.valueOf(key), value));
        structs.add(reader.apply(new Values("element of '" + column + "'", fields)));
      }
      return structs;
    }

    private <T> @Nullable T cast(String column, Class<T> type, String expected) {
      Object value = values.get(column);
      if (value == null) {
        return null;
      }
      if (!type.isInstance(value)) {
        throw wrongType(column, expected);
      }
      return type.cast(value);
    }

    private IllegalArgumentException wrongType(String column, String expected) {
      return new IllegalArgumentException(
          "Column '" + column + "' of a " + where + " must be " + expected);
    }
  }

  /** Collects the columns of one kind of record, each with the way to read it from a record. */
  static final class Definition<R extends SocialRecord> {
    private final RecordKind kind;
    private final Class<R> type;
    private final List<Column> columns = new ArrayList<>();
    private final List<Function<SocialRecord, @Nullable Object>> getters = new ArrayList<>();

    Definition(RecordKind kind, Class<R> type) {
      this.kind = kind;
      this.type = type;
      required("record", ColumnType.STRING, "The kind of record.", r -> kind.wireName());
      required("network", ColumnType.STRING, "The network it comes from.", r -> r.network().name());
      required("id", ColumnType.STRING, "Its id on the network.", SocialRecord::id);
    }

    Definition<R> required(
        String name, ColumnType columnType, String description, Function<R, Object> getter) {
      columns.add(new Column(name, columnType, true, description, List.of()));
      getters.add(record -> getter.apply(type.cast(record)));
      return this;
    }

    Definition<R> optional(
        String name,
        ColumnType columnType,
        String description,
        Function<R, @Nullable Object> getter) {
      columns.add(new Column(name, columnType, false, description, List.of()));
      getters.add(record -> getter.apply(type.cast(record)));
      return this;
    }

    <T> Definition<R> structs(
        String name,
        String description,
        List<Column> fields,
        Function<R, List<T>> getter,
        BiConsumer<T, Map<String, @Nullable Object>> writer) {
      columns.add(new Column(name, ColumnType.STRUCT_LIST, false, description, fields));
      getters.add(
          record -> {
            List<Map<String, @Nullable Object>> structs = new ArrayList<>();
            for (T element : getter.apply(type.cast(record))) {
              Map<String, @Nullable Object> struct = new LinkedHashMap<>();
              writer.accept(element, struct);
              structs.add(struct);
            }
            return structs;
          });
      return this;
    }

    RecordSchema build(Function<Values, ? extends SocialRecord> reader) {
      optional(
          "source_uri",
          ColumnType.STRING,
          "The URI of the place it was read from, without secrets.",
          r -> r.provenance().place());
      optional(
          "fetched_at",
          ColumnType.TIMESTAMP,
          "When it was read there.",
          r -> r.provenance().fetchedAt());
      optional(
          "tool",
          ColumnType.STRING,
          "Name and version of the program that read it.",
          r -> r.provenance().tool());
      optional(
          "raw",
          ColumnType.STRING,
          "The JSON object that the network answered, as a text.",
          SocialRecord::raw);
      return new RecordSchema(kind, columns, getters, reader::apply);
    }
  }
}
