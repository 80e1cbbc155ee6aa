package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB, and MySQL by the same driver, which sends a batch of inserts as one bulk request. {@code
 * LOAD DATA LOCAL INFILE} was measured to be no faster than that, and passes over what it cannot
 * store.
 */
final class MariaDbDialect extends Dialect {
  /** What four bytes a character leave of the 3,072 bytes of an index. */
  private static final int MAX_KEY_BYTES = 768;

  /** The default of the server's {@code max_allowed_packet}, less the statement. */
  private static final long MAX_ROW_BYTES = 15L << 20;

  private static final int DUPLICATE_KEY = 1062;
  private static final int DEADLOCK = 1213;
  private static final int LOCK_TIMEOUT = 1205;
  private static final int NO_DATABASE = 1049;

  @Override
  String product() {
    return "MariaDB";
  }

  @Override
  String driverClass() {
    return "org.mariadb.jdbc.Driver";
  }

  @Override
  String artifact() {
    return "org.mariadb.jdbc:mariadb-java-client";
  }

  @Override
  String example() {
    return "jdbc:mariadb://localhost:3306/social?user=ada::posts";
  }

  @Override
  void configure(Properties properties) {
    properties.setProperty("connectTimeout", "10000");
  }

  @Override
  void connected(Connection connection) throws SQLException {
    // A server that is not strict would cut off what is too long.
    execute(connection, List.of("SET SESSION sql_mode = 'STRICT_ALL_TABLES'"));
    connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
  }

  @Override
  boolean drainsOnClose() {
    return true;
  }

  @Override
  String hash(String quotedKey) {
    return "CRC32(" + quotedKey + ")";
  }

  @Override
  String quote(String identifier) {
    return '`' + identifier.replace("`", "``") + '`';
  }

  @Override
  int maxNameLength() {
    return 64;
  }

  @Override
  String type(ColumnType type) {
    return switch (type) {
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "datetime(6)";
      case STRING, STRING_LIST, STRUCT_LIST -> "longtext";
    };
  }

  @Override
  String type(Column column, Connection connection) throws SQLException {
    String type =
        switch (column.name()) {
          case Layout.KEY -> "varchar(" + MAX_KEY_BYTES + ")";
          case Layout.CONTENT, "record", "network" -> "varchar(64)";
          default -> type(column.type());
        };
    boolean text = type.startsWith("varchar") || type.equals("longtext");
    return text ? type + " CHARACTER SET utf8mb4 COLLATE " + collation(connection) : type;
  }

  /** Returns the collation by which only equal texts are equal, trailing spaces included. */
  private static String collation(Connection connection) throws SQLException {
    String server = connection.getMetaData().getDatabaseProductName();
    return server.toLowerCase(Locale.ROOT).contains("mariadb")
        ? "utf8mb4_nopad_bin"
        : "utf8mb4_0900_bin";
  }

  @Override
  String tableOptions(Connection connection) {
    return " ENGINE=InnoDB ROW_FORMAT=DYNAMIC";
  }

  @Override
  int sqlType(ColumnType type) {
    return type == ColumnType.TIMESTAMP ? Types.TIMESTAMP : super.sqlType(type);
  }

  @Override
  ChronoUnit precision() {
    return ChronoUnit.MICROS;
  }

  @Override
  @Nullable Refusal refusal(Row row) {
    Refusal refusal = super.refusal(row);
    refusal = refusal == null ? Refusal.ofKey(row, MAX_KEY_BYTES, product()) : refusal;
    return refusal == null && 3 * row.characters() > MAX_ROW_BYTES
        ? Refusal.ofSize(row, MAX_ROW_BYTES, product())
        : refusal;
  }

  @Override
  String upsert(TableName table, List<String> columns, String rows) {
    return insert(table, columns, rows)
        + " ON DUPLICATE KEY UPDATE "
        + columns.stream()
            .filter(column -> !column.equals(Layout.KEY))
            .map(column -> quote(column) + " = VALUES(" + quote(column) + ")")
            .collect(Collectors.joining(", "));
  }

  @Override
  void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setObject(index, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
  }

  @Override
  @Nullable Instant instant(ResultSet row, int index) throws SQLException {
    LocalDateTime time = row.getObject(index, LocalDateTime.class);
    return time == null ? null : time.toInstant(ZoneOffset.UTC);
  }

  @Override
  @Nullable String currentSchema(Connection connection) throws SQLException {
    return connection.getCatalog();
  }

  @Override
  boolean schemaIsCatalog() {
    return true;
  }

  @Override
  boolean isConflict(SQLException e) {
    return super.isConflict(e)
        || e.getErrorCode() == DUPLICATE_KEY
        || e.getErrorCode() == DEADLOCK
        || e.getErrorCode() == LOCK_TIMEOUT;
  }

  @Override
  @Nullable String explain(SQLException e) {
    return e.getErrorCode() == NO_DATABASE ? "names a database that is not there" : null;
  }
}
