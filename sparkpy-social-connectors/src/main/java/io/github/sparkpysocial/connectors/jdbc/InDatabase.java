package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.WriteSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Copies rows from one table to another of the same database, by its own statements. */
final class InDatabase implements TransferPath.Route {
  private static final int ROWS_AT_ONCE = 20_000;

  private final Dialect dialect;
  private final Select select;
  private final String source;
  private final TableName targetName;
  private final String target;
  private final JdbcWriter writer;
  private final String key;

  InDatabase(
      Dialect dialect, Select select, TableName source, TableName target, JdbcWriter writer) {
    this.dialect = dialect;
    this.select = select;
    this.source = dialect.quote(source);
    this.targetName = target;
    this.target = dialect.quote(target);
    this.writer = writer;
    this.key = dialect.quote(Layout.KEY);
  }

  /**
   * Some rows that were moved.
   *
   * @param last the key of the last of them, or {@code null} if there were none
   */
  private record Part(@Nullable String last, long read, WriteSummary summary) {}

  @Override
  public String name() {
    return "INSERT .. SELECT within one database";
  }

  @Override
  public double cost() {
    return 0.2;
  }

  @Override
  public List<String> steps() {
    return List.of(
        "delete in " + target + " what tombstones of " + source + " delete",
        insert(true),
        insert(false),
        update(false));
  }

  @Override
  public TransferPath.Moved run(LongConsumer progress) {
    long read = 0;
    WriteSummary summary = WriteSummary.NONE;
    for (boolean tombstones : new boolean[] {true, false}) {
      Part part = new Part("", 0, WriteSummary.NONE);
      while (part.last() != null) {
        String after = part.last();
        part = writer.inTurn(connection -> move(connection, tombstones, after));
        read += part.read();
        summary = summary.plus(part.summary());
        progress.accept(read);
      }
    }
    return new TransferPath.Moved(read, summary);
  }

  private Part move(Connection connection, boolean tombstones, String after) throws SQLException {
    String last;
    long read;
    String bounds =
        "SELECT max(part."
            + key
            + "), count(*) FROM (SELECT s."
            + key
            + " FROM "
            + source
            + " s"
            + condition(tombstones)
            + " AND "
            + dialect.byCodePoint("s." + key)
            + " > ? ORDER BY "
            + dialect.byCodePoint("s." + key)
            + " LIMIT "
            + ROWS_AT_ONCE
            + ") part";
    try (PreparedStatement statement = connection.prepareStatement(bounds)) {
      int next = select.bind(statement);
      statement.setString(next, after);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        last = row.getString(1);
        read = row.getLong(2);
      }
    }
    if (last == null) {
      return new Part(null, 0, WriteSummary.NONE);
    }
    long deleted = tombstones ? run(connection, delete(), after, last) : 0;
    // Counted first: databases differ in how they count rows that an insert has updated.
    long updated = count(connection, differing(tombstones), after, last);
    if (updated > 0) {
      run(connection, update(tombstones), after, last);
    }
    long inserted = run(connection, insert(tombstones), after, last);
    return new Part(
        last, read, new WriteSummary(inserted, updated, read - inserted - updated, deleted, 0));
  }

  private String condition(boolean tombstones) {
    String kind =
        "s."
            + dialect.quote("record")
            + (tombstones ? " = '" : " <> '")
            + RecordKind.TOMBSTONE.wireName()
            + "'";
    return select.condition().isEmpty() ? " WHERE " + kind : select.condition() + " AND " + kind;
  }

  /** Returns the condition for the rows of one part. */
  private String part(boolean tombstones) {
    String own = dialect.byCodePoint("s." + key);
    return condition(tombstones) + " AND " + own + " > ? AND " + own + " <= ?";
  }

  private String rows() {
    StringBuilder columns = new StringBuilder();
    for (String name : Layout.ALL.names()) {
      columns.append(columns.isEmpty() ? "SELECT s." : ", s.").append(dialect.quote(name));
    }
    return columns + " FROM " + source + " s";
  }

  private String insert(boolean tombstones) {
    return "INSERT INTO "
        + target
        + " ("
        + dialect.quoted(Layout.ALL.names())
        + ") "
        + rows()
        + part(tombstones)
        + " AND NOT EXISTS (SELECT 1 FROM "
        + target
        + " t WHERE t."
        + key
        + " = s."
        + key
        + ")"
        + (tombstones ? "" : " AND NOT EXISTS (" + keptAway() + ")");
  }

  /** Finds the tombstone of a row: its key, with a word in between. */
  private String keptAway() {
    String network = "s." + dialect.quote("network");
    return "SELECT 1 FROM "
        + target
        + " k WHERE k."
        + key
        + " = CONCAT("
        + network
        + ", '/"
        + RecordKind.TOMBSTONE.wireName()
        + "', SUBSTR(s."
        + key
        + ", LENGTH("
        + network
        + ") + 1))";
  }

  private String differing(boolean tombstones) {
    String content = dialect.quote(Layout.CONTENT);
    return part(tombstones)
        + " AND EXISTS (SELECT 1 FROM "
        + target
        + " t WHERE t."
        + key
        + " = s."
        + key
        + " AND (t."
        + content
        + " <> s."
        + content
        + " OR t."
        + content
        + " IS NULL))";
  }

  private String update(boolean tombstones) {
    return dialect.upsert(targetName, Layout.ALL.names(), rows() + differing(tombstones));
  }

  private String delete() {
    String network = "s." + dialect.quote("network");
    int word = RecordKind.TOMBSTONE.wireName().length() + 2;
    return "DELETE FROM "
        + target
        + " WHERE "
        + key
        + " IN (SELECT CONCAT("
        + network
        + ", SUBSTR(s."
        + key
        + ", LENGTH("
        + network
        + ") + "
        + word
        + ")) FROM "
        + source
        + " s"
        + part(true)
        + ")";
  }

  private long run(Connection connection, String sql, String after, String last)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, after, last);
      return statement.executeUpdate();
    }
  }

  private long count(Connection connection, String condition, String after, String last)
      throws SQLException {
    String sql = "SELECT count(*) FROM " + source + " s" + condition;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, after, last);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void bind(PreparedStatement statement, String after, String last) throws SQLException {
    int next = select.bind(statement);
    statement.setString(next, after);
    statement.setString(next + 1, last);
  }
}
