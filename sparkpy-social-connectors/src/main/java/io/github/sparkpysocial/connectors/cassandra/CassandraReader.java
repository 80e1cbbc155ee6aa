package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.spi.PartReader.Part;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns filters into the fewest reads: rows by key, partitions by network and day, or all. */
final class CassandraReader {
  /** Beyond these, looking at what there is beats asking for each. */
  private static final int MOST_KEYS = 10_000;

  private static final int MOST_PARTITIONS = 1_000;

  private final CassandraRequests requests;
  private final CassandraTables tables;
  private final CassandraKeys keys;

  CassandraReader(CassandraRequests requests, CassandraTables tables, CassandraKeys keys) {
    this.requests = requests;
    this.tables = tables;
    this.keys = keys;
  }

  private record Partition(String network, String day) {}

  /**
   * Returns the rows that a filter lets through.
   *
   * @param columns of the schema; those that the filter looks at, and the store's own, come too
   * @param pageSize how many rows come at once
   * @param part which part of them: of a scan a range of tokens, else some of the reads
   */
  CassandraRowCursor rows(Filter filter, Collection<Column> columns, int pageSize, Part part) {
    return new CassandraRowCursor(requests, statements(filter, columns, pageSize, part), filter);
  }

  private Iterator<? extends Statement<?>> statements(
      Filter filter, Collection<Column> columns, int pageSize, Part part) {
    String select = "SELECT " + selection(columns) + " FROM " + tables.rows();
    if (!filter.ids().isEmpty()) {
      Collection<String> networks = networks(filter);
      long combinations =
          (long) filter.ids().size() * Math.max(1, networks.size()) * RecordKind.values().length;
      if (combinations <= MOST_KEYS) {
        return byKey(filter, networks, select, part);
      }
    }
    String kinds = filter.kinds().isEmpty() ? "" : " \"record\" IN ? ALLOW FILTERING";
    List<String> kindNames = filter.kinds().stream().map(RecordKind::wireName).sorted().toList();
    if (filter.networks().isEmpty() && !hasSpan(filter)) {
      List<String> conditions = new ArrayList<>();
      List<Object> values = new ArrayList<>();
      if (part.count() > 1) {
        conditions.add(" token(network, day) >= ? AND token(network, day) <= ?");
        values.add(firstToken(part.index(), part.count()));
        values.add(
            part.index() + 1 == part.count()
                ? Long.MAX_VALUE
                : firstToken(part.index() + 1, part.count()) - 1);
      }
      if (!kinds.isEmpty()) {
        conditions.add(kinds);
        values.add(kindNames);
      }
      String where = conditions.isEmpty() ? "" : " WHERE" + String.join(" AND", conditions);
      return Stream.of(requests.prepare(select + where).bind(values.toArray()))
          .map(statement -> statement.setPageSize(pageSize))
          .iterator();
    }
    String where = " WHERE network = ? AND day = ?";
    List<Object> bounds = new ArrayList<>();
    if (filter.since() != null) {
      where += " AND happened_at >= ?";
      bounds.add(milliseconds(filter.since()));
    }
    if (filter.until() != null) {
      where += " AND happened_at <= ?";
      bounds.add(milliseconds(filter.until()));
    }
    if (!kinds.isEmpty()) {
      bounds.add(kindNames);
    }
    String cql = select + where + (kinds.isEmpty() ? "" : " AND" + kinds);
    List<Partition> all = partitions(filter);
    return IntStream.range(0, all.size())
        .filter(part::has)
        .mapToObj(all::get)
        .map(
            partition -> {
              List<Object> values = new ArrayList<>(List.of(partition.network, partition.day));
              values.addAll(bounds);
              return requests.prepare(cql).bind(values.toArray()).setPageSize(pageSize);
            })
        .iterator();
  }

  /** Returns where the tokens of a part begin; those of Cassandra's usual partitioner are longs. */
  private static long firstToken(int index, int count) {
    return BigInteger.ONE
        .shiftLeft(Long.SIZE)
        .multiply(BigInteger.valueOf(index))
        .divide(BigInteger.valueOf(count))
        .add(BigInteger.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }

  private static Instant milliseconds(@Nullable Instant time) {
    return Objects.requireNonNull(time).truncatedTo(ChronoUnit.MILLIS);
  }

  private static boolean hasSpan(Filter filter) {
    return filter.since() != null || filter.until() != null;
  }

  private static String selection(Collection<Column> columns) {
    Set<String> names = new LinkedHashSet<>(CassandraTables.OWN_COLUMNS);
    names.addAll(List.of("record", "network", "id"));
    columns.forEach(column -> names.add(column.name()));
    return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
  }

  private Collection<String> networks(Filter filter) {
    return filter.networks().isEmpty()
        ? present().stream().map(Partition::network).distinct().toList()
        : filter.networks().stream().map(Network::name).toList();
  }

  private Iterator<? extends Statement<?>> byKey(
      Filter filter, Collection<String> networks, String select, Part part) {
    Collection<RecordKind> kinds =
        filter.kinds().isEmpty() ? List.of(RecordKind.values()) : filter.kinds();
    Map<String, String> wanted = new LinkedHashMap<>();
    for (String network : networks) {
      for (RecordKind kind : kinds) {
        for (String id : filter.ids()) {
          List<RecordKind> targets =
              kind == RecordKind.TOMBSTONE ? List.of(RecordKind.values()) : List.of();
          if (targets.isEmpty()) {
            wanted.put(WellFormed.text(network + '/' + kind.wireName() + '/' + id), network);
          }
          for (RecordKind target : targets) {
            wanted.put(
                WellFormed.text(
                    network + '/' + kind.wireName() + '/' + target.wireName() + '/' + id),
                network);
          }
        }
      }
    }
    String cql = select + " WHERE network = ? AND day = ? AND happened_at = ? AND record_key = ?";
    List<KeyEntry> entries = List.copyOf(keys.entries(wanted).values());
    return IntStream.range(0, entries.size())
        .filter(part::has)
        .mapToObj(entries::get)
        .flatMap(
            entry ->
                entry.versions().keySet().stream()
                    .map(
                        position ->
                            requests
                                .prepare(cql)
                                .bind(
                                    entry.network(),
                                    position.day(),
                                    position.happenedAt(),
                                    entry.key())))
        .iterator();
  }

  private List<Partition> partitions(Filter filter) {
    LocalDate first = day(filter.since());
    LocalDate last = day(filter.until());
    if (first != null && last != null && !filter.networks().isEmpty()) {
      long days = ChronoUnit.DAYS.between(first, last) + 1;
      if (days <= MOST_PARTITIONS / filter.networks().size()) {
        List<Partition> partitions = new ArrayList<>();
        for (Network network : filter.networks()) {
          for (long day = days - 1; day >= 0; day--) {
            partitions.add(new Partition(network.name(), first.plusDays(day).toString()));
          }
        }
        return partitions;
      }
    }
    return present().stream()
        .filter(
            partition ->
                filter.networks().isEmpty()
                    || filter.networks().contains(Network.of(partition.network)))
        .filter(partition -> isWithin(partition.day, first, last, filter))
        .toList();
  }

  private static boolean isWithin(
      String day, @Nullable LocalDate first, @Nullable LocalDate last, Filter filter) {
    if (!hasSpan(filter)) {
      return true;
    }
    if (day.equals(Position.NO_DAY)) {
      return false;
    }
    LocalDate date = LocalDate.parse(day);
    return (first == null || !date.isBefore(first)) && (last == null || !date.isAfter(last));
  }

  private static @Nullable LocalDate day(@Nullable Instant time) {
    return time == null ? null : LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Returns the partitions there are: Cassandra finds them without reading rows. */
  private List<Partition> present() {
    List<Partition> partitions = new ArrayList<>();
    AsyncResultSet page =
        requests.await(
            requests.send(
                requests
                    .prepare("SELECT DISTINCT network, day FROM " + tables.rows())
                    .bind()
                    .setTimeout(Duration.ofMinutes(5))));
    while (true) {
      for (Row row : page.currentPage()) {
        partitions.add(
            new Partition(
                Objects.requireNonNull(row.getString(0)),
                Objects.requireNonNull(row.getString(1))));
      }
      if (!page.hasMorePages()) {
        return partitions;
      }
      page = requests.await(page.fetchNextPage());
    }
  }

  /** Says how a filter is read, with the CQL of the first read. */
  String explain(Filter filter, Collection<Column> columns) {
    String select = "SELECT " + selection(columns) + " FROM " + tables.rows();
    if (!filter.ids().isEmpty()) {
      return "look up "
          + filter.ids().size()
          + " ids in "
          + tables.keys()
          + ", then each row by its key: "
          + select;
    }
    if (filter.networks().isEmpty() && !hasSpan(filter)) {
      return "scan all partitions: "
          + select
          + (filter.kinds().isEmpty() ? "" : " WHERE record IN " + kindNames(filter));
    }
    return "read "
        + partitions(filter).size()
        + " partitions: "
        + select
        + " WHERE network = ? AND day = ?"
        + (filter.since() == null ? "" : " AND happened_at >= " + filter.since())
        + (filter.until() == null ? "" : " AND happened_at < " + filter.until())
        + (filter.kinds().isEmpty() ? "" : " AND record IN " + kindNames(filter));
  }

  private static List<String> kindNames(Filter filter) {
    return filter.kinds().stream().map(RecordKind::wireName).sorted().toList();
  }
}
