package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL. */
final class PostgresDialect extends Dialect {
  /** A third of a page, without what an entry of the index needs besides. */
  private static final int MAX_KEY_BYTES = 2_600;

  @Override
  String product() {
    return "PostgreSQL";
  }

  @Override
  String driverClass() {
    return "org.postgresql.Driver";
  }

  @Override
  String artifact() {
    return "org.postgresql:postgresql";
  }

  @Override
  String example() {
    return "jdbc:postgresql://localhost:5432/social?user=social::posts";
  }

  @Override
  String hash(String quotedKey) {
    return "(hashtext(" + quotedKey + ") & 2147483647)";
  }

  @Override
  void configure(Properties properties) {
    properties.setProperty("ApplicationName", "sparkpy-social");
  }

  @Override
  @Nullable String password(Map<String, String> environment, boolean named) {
    String password = environment.get("JDBC_PASSWORD");
    return password == null ? environment.get("PGPASSWORD") : password;
  }

  @Override
  void prepareWriting(Connection connection) throws SQLException {
    // Of a table that was not analyzed yet the planner knows too little to look keys up by the
    // index, and would read the whole table for each batch.
    execute(connection, List.of("SET enable_seqscan = off"));
    super.prepareWriting(connection);
  }

  @Override
  String keyIsIn(String quotedKey, int keys) {
    return quotedKey + " = ANY (?)";
  }

  @Override
  void bindKeys(PreparedStatement statement, List<String> keys) throws SQLException {
    statement.setArray(1, statement.getConnection().createArrayOf("text", keys.toArray()));
  }

  @Override
  void prepareReading(Connection connection) throws SQLException {
    connection.setAutoCommit(false); // or the driver reads the whole answer at once
  }

  @Override
  int maxNameLength() {
    return 63;
  }

  @Override
  String type(ColumnType type) {
    return switch (type) {
      case LONG -> "bigint";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamptz";
      case STRING, STRING_LIST, STRUCT_LIST -> "text";
    };
  }

  @Override
  String type(Column column, Connection connection) {
    return type(column.type()) + (column.name().equals(Layout.KEY) ? " COLLATE \"C\"" : "");
  }

  @Override
  String byCodePoint(String quotedColumn) {
    return quotedColumn + " COLLATE \"C\"";
  }

  @Override
  ChronoUnit precision() {
    return ChronoUnit.MICROS;
  }

  @Override
  @Nullable Refusal refusal(Row row) {
    Refusal refusal = super.refusal(row);
    refusal = refusal == null ? Refusal.ofNul(row, product()) : refusal;
    return refusal == null ? Refusal.ofKey(row, MAX_KEY_BYTES, product()) : refusal;
  }

  @Override
  String upsert(TableName table, List<String> columns, String rows) {
    return insert(table, columns, rows)
        + " ON CONFLICT ("
        + quote(Layout.KEY)
        + ") DO UPDATE SET "
        + columns.stream()
            .filter(column -> !column.equals(Layout.KEY))
            .map(column -> quote(column) + " = excluded." + quote(column))
            .collect(Collectors.joining(", "))
        + " WHERE "
        + quote(table.name())
        + '.'
        + quote(Layout.CONTENT)
        + " IS DISTINCT FROM excluded."
        + quote(Layout.CONTENT);
  }

  @Override
  void write(
      Connection connection, TableName table, Layout layout, List<Row> inserts, List<Row> updates)
      throws SQLException {
    PostgresCopy.write(connection, this, table, layout, inserts);
    String values = values(layout.columns().size());
    batch(connection, upsert(table, layout.names(), values), layout, updates);
  }

  @Override
  boolean isConflict(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    // The last two are met when two writers make the same table.
    return super.isConflict(e) || state.equals("42P07") || state.equals("42710");
  }
}
