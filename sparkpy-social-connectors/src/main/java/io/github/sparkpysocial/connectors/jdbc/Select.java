package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query: a filter as its condition, a projection as its columns. */
final class Select {
  private final Dialect dialect;
  private final FoundTable table;
  private final Filter filter;
  private final Projection projection;
  private final List<Column> columns;
  private final String part;
  private final String condition;
  private final List<Object> parameters = new ArrayList<>();

  Select(Dialect dialect, FoundTable table, Filter filter, Projection projection) {
    this(dialect, table, filter, projection, "");
  }

  /**
   * Makes a query.
   *
   * @param part a condition for a part of the rows, or empty for all
   */
  Select(Dialect dialect, FoundTable table, Filter filter, Projection projection, String part) {
    this.part = part;
    this.dialect = dialect;
    this.table = table;
    this.filter = filter;
    this.projection = projection;
    this.columns = columns(table, filter, projection);
    this.condition = where();
  }

  private static List<Column> columns(FoundTable table, Filter filter, Projection projection) {
    Set<RecordKind> kinds =
        filter.kinds().isEmpty() ? EnumSet.allOf(RecordKind.class) : filter.kinds();
    Map<String, Column> columns = new LinkedHashMap<>();
    for (Column column : RecordSchema.union(kinds)) {
      for (RecordKind kind : kinds) {
        Column own = RecordSchema.of(kind).column(column.name());
        if (own != null && projection.contains(own) && table.columns().containsKey(column.name())) {
          columns.put(column.name(), column);
        }
      }
    }
    return List.copyOf(columns.values());
  }

  private String where() {
    List<String> conditions = new ArrayList<>();
    if (!part.isEmpty()) {
      conditions.add(part);
    }
    if (!filter.kinds().isEmpty()) {
      conditions.add(isIn("record", filter.kinds().stream().map(RecordKind::wireName).toList()));
    }
    if (!filter.networks().isEmpty()) {
      conditions.add(isIn("network", filter.networks().stream().map(Network::name).toList()));
    }
    if (!filter.ids().isEmpty() && filter.ids().size() <= Dialect.MAX_VALUES) {
      conditions.add(idIsIn(filter.ids()));
    }
    if (filter.since() != null || filter.until() != null) {
      conditions.add(isInSpan());
    }
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private String isIn(String column, Collection<String> values) {
    List<String> sorted = values.stream().sorted().toList();
    parameters.addAll(sorted);
    return Dialect.isIn(dialect.quote(column), sorted.size());
  }

  /** Ids of known networks are asked for by the primary key. */
  private String idIsIn(Set<String> ids) {
    Set<RecordKind> kinds =
        filter.kinds().isEmpty() ? EnumSet.allOf(RecordKind.class) : filter.kinds();
    int keys = ids.size() * filter.networks().size() * kinds.size() * 2;
    if (filter.networks().isEmpty() || keys > Dialect.MAX_VALUES) {
      return isIn("id", ids.stream().map(WellFormed::text).toList());
    }
    List<String> wanted = new ArrayList<>();
    for (Network network : filter.networks()) {
      for (RecordKind kind : kinds) {
        for (String id : ids) {
          if (kind != RecordKind.TOMBSTONE) {
            wanted.add(WellFormed.text(network.name() + '/' + kind.wireName() + '/' + id));
          } else {
            for (RecordKind target : RecordKind.values()) {
              wanted.add(
                  WellFormed.text(
                      network.name() + '/' + kind.wireName() + '/' + target.wireName() + '/' + id));
            }
          }
        }
      }
    }
    return isIn(Layout.KEY, wanted);
  }

  /** Each kind has its own column of time, and leaves that of the others empty. */
  private String isInSpan() {
    Set<RecordKind> kinds =
        filter.kinds().isEmpty() ? EnumSet.allOf(RecordKind.class) : filter.kinds();
    return kinds.stream()
        .map(kind -> RecordSchema.of(kind).timeColumn())
        .distinct()
        .sorted()
        .map(this::isInSpan)
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  private String isInSpan(String column) {
    if (!table.columns().containsKey(column)) {
      return "1 = 0";
    }
    String quoted = dialect.quote(column);
    List<String> bounds = new ArrayList<>();
    bounds.add(bound(quoted, " >= ?", filter.since(), true));
    bounds.add(bound(quoted, " < ?", filter.until(), false));
    bounds.removeIf(String::isEmpty);
    return "(" + String.join(" AND ", bounds) + ")";
  }

  private String bound(String column, String comparison, @Nullable Instant time, boolean first) {
    if (time == null) {
      return "";
    }
    ChronoUnit unit = dialect.precision();
    if (time.isBefore(Refusal.FIRST_TIME) || time.isAfter(Refusal.LAST_TIME)) {
      // No time that is stored lies there, and the database may have no word for it.
      return time.isBefore(Refusal.FIRST_TIME) == first ? column + " IS NOT NULL" : "1 = 0";
    }
    Instant cut = time.truncatedTo(unit);
    Instant bound = cut.equals(time) ? time : cut.plus(1, unit);
    if (bound.isAfter(Refusal.LAST_TIME)) {
      return first ? "1 = 0" : column + " IS NOT NULL";
    }
    parameters.add(bound);
    return column + comparison;
  }

  /** Returns the columns in the order of the query. */
  List<Column> columns() {
    return columns;
  }

  Projection projection() {
    return projection;
  }

  /** Returns whether the database lets nothing through that the filter would not. */
  boolean isWhole() {
    return filter.ids().size() <= Dialect.MAX_VALUES;
  }

  /** Returns whether a record passes what the database was not asked. */
  boolean passes(String id) {
    return isWhole() || filter.ids().contains(id);
  }

  /** Returns the query for rows. */
  String rows() {
    return "SELECT "
        + dialect.quoted(columns.stream().map(Column::name).toList())
        + " FROM "
        + dialect.quote(table.name())
        + condition;
  }

  /** Returns the condition with its {@code WHERE}, or nothing. */
  String condition() {
    return condition;
  }

  /** Returns the query for how many rows there are. */
  String count() {
    return "SELECT count(*) FROM " + dialect.quote(table.name()) + condition;
  }

  /** Binds what the condition names; returns the index of the next parameter. */
  int bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i) instanceof Instant time) {
        dialect.bind(statement, i + 1, time);
      } else {
        statement.setString(i + 1, parameters.get(i).toString());
      }
    }
    return parameters.size() + 1;
  }

  /** Returns the query for rows and what stands for its question marks. */
  @Override
  public String toString() {
    return rows() + (parameters.isEmpty() ? "" : " with " + parameters);
  }
}
