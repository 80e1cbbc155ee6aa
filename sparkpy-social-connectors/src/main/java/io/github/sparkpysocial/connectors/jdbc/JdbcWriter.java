package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.store.WriteSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes batches, each in one transaction: all of it is there afterwards, or nothing. */
final class JdbcWriter {
  /** Each attempt begins by waiting for its turn, so that few are lost to others. */
  private static final int ATTEMPTS = 8;

  private final JdbcAddress address;
  private final Dialect dialect;
  private final TableName table;
  private final String quotedTable;
  private final String quotedKey;
  private final Connections connections;
  private final JdbcFailures failures;
  private final SchemaTable schema;
  private final Map<Set<RecordKind>, Layout> layouts = new HashMap<>();
  private @Nullable FoundTable made;

  JdbcWriter(JdbcAddress address, TableName table, Connections connections, JdbcFailures failures) {
    this.address = address;
    this.dialect = address.dialect();
    this.table = table;
    this.quotedTable = dialect.quote(table);
    this.quotedKey = dialect.quote(Layout.KEY);
    this.connections = connections;
    this.failures = failures;
    this.schema = new SchemaTable(dialect, table, address.toString());
  }

  /** What is done in one transaction. */
  interface Transaction<T> {
    T run(Connection connection) throws SQLException;
  }

  /** Runs a transaction when no other writes the table, and again if it met another. */
  <T> T inTurn(Transaction<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        Connection connection = connections.writing();
        dialect.begin(connection);
        if (made == null) {
          made = schema.migrate(connection);
        } else if (!schema.hold(connection)) {
          made = schema.migrate(connection);
        }
        T result = transaction.run(connection);
        dialect.commit(connection);
        return result;
      } catch (SQLException e) {
        connections.rollBack();
        if (attempt == ATTEMPTS || !dialect.isConflict(e)) {
          throw failures.of(e);
        }
      } catch (RuntimeException e) {
        connections.rollBack();
        throw e;
      }
    }
  }

  /** Returns the table as it was made or completed, or {@code null} if nothing was written yet. */
  @Nullable FoundTable table() {
    return made;
  }

  WriteSummary write(List<Row> batch) {
    if (batch.isEmpty()) {
      return WriteSummary.NONE;
    }
    return inTurn(
        connection -> {
          BatchPlan plan = BatchPlan.of(batch, present(connection, batch));
          delete(connection, plan.deletes());
          Set<RecordKind> kinds = EnumSet.noneOf(RecordKind.class);
          plan.inserts().forEach(row -> kinds.add(row.kind()));
          plan.updates().forEach(row -> kinds.add(row.kind()));
          if (!kinds.isEmpty()) {
            Layout layout = layouts.computeIfAbsent(kinds, Layout::of);
            dialect.write(connection, table, layout, plan.inserts(), plan.updates());
          }
          return plan.summary();
        });
  }

  /** Deletes rows by key; returns how many were there. */
  long delete(Collection<String> keys) {
    return inTurn(connection -> delete(connection, new LinkedHashSet<>(keys)));
  }

  private Map<String, String> present(Connection connection, List<Row> batch) throws SQLException {
    Set<String> keys = new TreeSet<>();
    Set<String> networks = new TreeSet<>();
    boolean tombstones = false;
    for (Row row : batch) {
      keys.add(row.key());
      networks.add(row.record().network().name());
      String target = row.target();
      if (target != null) {
        keys.add(target);
        tombstones = true;
      }
    }
    if (tombstones || hasTombstones(connection, networks)) {
      batch.forEach(row -> keys.add(row.tombstone()));
    }
    Map<String, String> present = new HashMap<>();
    for (List<String> some : parts(keys)) {
      String sql =
          "SELECT "
              + quotedKey
              + ", "
              + dialect.quote(Layout.CONTENT)
              + " FROM "
              + quotedTable
              + " WHERE "
              + dialect.keyIsIn(quotedKey, some.size());
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        dialect.bindKeys(statement, some);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            String content = rows.getString(2);
            present.put(rows.getString(1), content == null ? "" : content);
          }
        }
      }
    }
    return present;
  }

  /**
   * Returns whether the table has any tombstone; most have none, and need not be asked for each.
   */
  private boolean hasTombstones(Connection connection, Set<String> networks) throws SQLException {
    String sql =
        "SELECT 1 FROM "
            + quotedTable
            + " WHERE "
            + dialect.byCodePoint(quotedKey)
            + " >= ? AND "
            + dialect.byCodePoint(quotedKey)
            + " < ? LIMIT 1";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (String network : networks) {
        String tombstones = network + '/' + RecordKind.TOMBSTONE.wireName();
        statement.setString(1, tombstones + '/');
        statement.setString(2, tombstones + '0'); // comes right after the slash
        try (ResultSet any = statement.executeQuery()) {
          if (any.next()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private long delete(Connection connection, Set<String> keys) throws SQLException {
    long deleted = 0;
    for (List<String> some : parts(keys)) {
      String sql =
          "DELETE FROM " + quotedTable + " WHERE " + dialect.keyIsIn(quotedKey, some.size());
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        dialect.bindKeys(statement, some);
        deleted += statement.executeUpdate();
      }
    }
    return deleted;
  }

  private static List<List<String>> parts(Set<String> keys) {
    List<String> all = new ArrayList<>(keys);
    List<List<String>> parts = new ArrayList<>();
    for (int start = 0; start < all.size(); start += Dialect.MAX_VALUES) {
      parts.add(all.subList(start, Math.min(all.size(), start + Dialect.MAX_VALUES)));
    }
    return parts;
  }

  @Override
  public String toString() {
    return "writer of " + address;
  }
}
