package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Operators.LongColumn;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Filter} over rows: as a predicate by which Parquet leaves out row groups and pages by
 * their statistics and dictionaries, and as a test of the rows that come all the same.
 */
final class RowFilter {
  private final Set<String> kinds;
  private final Set<String> networks;
  private final Set<String> ids;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  RowFilter(Filter filter) {
    this.kinds = new TreeSet<>(filter.kinds().stream().map(RecordKind::wireName).toList());
    this.networks = new TreeSet<>(filter.networks().stream().map(Network::name).toList());
    this.ids = new HashSet<>(filter.ids().stream().map(WellFormed::text).toList());
    this.since = filter.since();
    this.until = filter.until();
  }

  /** Returns the columns that it looks at. */
  Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>(List.of("record", "network", "id"));
    if (since != null || until != null) {
      for (RecordKind kind : RecordKind.values()) {
        columns.add(RecordSchema.of(kind).timeColumn());
      }
    }
    return columns;
  }

  /** Returns whether every row passes. */
  boolean isAll() {
    return kinds.isEmpty() && networks.isEmpty() && ids.isEmpty() && since == null && until == null;
  }

  /** Returns whether a row with {@link #columns()} passes. */
  boolean matches(Map<String, ? extends @Nullable Object> row) {
    return has(kinds, row.get("record"))
        && has(networks, row.get("network"))
        && has(ids, row.get("id"))
        && ((since == null && until == null) || isWithin(time(row)));
  }

  private static boolean has(Set<String> wanted, @Nullable Object value) {
    return wanted.isEmpty() || (value instanceof String text && wanted.contains(text));
  }

  private static @Nullable Object time(Map<String, ? extends @Nullable Object> row) {
    for (RecordKind kind : RecordKind.values()) {
      if (kind.wireName().equals(row.get("record"))) {
        return row.get(RecordSchema.of(kind).timeColumn());
      }
    }
    return null;
  }

  private boolean isWithin(@Nullable Object value) {
    return value instanceof Instant time
        && (since == null || !time.isBefore(since))
        && (until == null || time.isBefore(until));
  }

  /** Returns what a file with this schema can be asked. */
  FilterCompat.Filter pushedDown(MessageType file) {
    List<FilterPredicate> all = new ArrayList<>();
    addTexts(all, file, "record", kinds);
    addTexts(all, file, "network", networks);
    addTexts(all, file, "id", ids);
    FilterPredicate time = null;
    Set<String> timeColumns = columns();
    timeColumns.removeAll(Set.of("record", "network", "id"));
    if (timeColumns.stream().allMatch(column -> isAsOurs(file, column))) {
      for (String column : timeColumns) {
        FilterPredicate within = within(column);
        time = time == null || within == null ? within : FilterApi.or(time, within);
      }
    }
    if (time != null) {
      all.add(time);
    }
    return all.stream()
        .reduce(FilterApi::and)
        .map(predicate -> FilterCompat.get(predicate))
        .orElse(FilterCompat.NOOP);
  }

  private static void addTexts(
      List<FilterPredicate> all, MessageType file, String column, Set<String> wanted) {
    if (!wanted.isEmpty() && isAsOurs(file, column)) {
      Set<Binary> values = new HashSet<>(); // Parquet asks it for null, too
      wanted.forEach(text -> values.add(Binary.fromString(text)));
      all.add(FilterApi.in(FilterApi.binaryColumn(column), values));
    }
  }

  /** Returns whether a file's column is kept as ours is; Spark can write times in other ways. */
  private static boolean isAsOurs(MessageType file, String column) {
    return file.containsField(column)
        && file.getType(column).isPrimitive()
        && TableLayout.SCHEMA
            .getType(column)
            .asPrimitiveType()
            .getPrimitiveTypeName()
            .equals(file.getType(column).asPrimitiveType().getPrimitiveTypeName())
        && Objects.equals(
            TableLayout.SCHEMA.getType(column).getLogicalTypeAnnotation(),
            file.getType(column).getLogicalTypeAnnotation());
  }

  private @Nullable FilterPredicate within(String column) {
    LongColumn micros = FilterApi.longColumn(column);
    try {
      FilterPredicate from = since == null ? null : FilterApi.gtEq(micros, Micros.of(since));
      // Inclusive, as the microsecond may begin before the instant does.
      FilterPredicate to = until == null ? null : FilterApi.ltEq(micros, Micros.of(until));
      return from == null ? to : to == null ? from : FilterApi.and(from, to);
    } catch (ArithmeticException beyondWhatAFileHolds) {
      return null;
    }
  }
}
