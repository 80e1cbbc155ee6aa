package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQLite. It has one writer at a time, for whom others wait, and no type for times: they are texts
 * of one length, so that they compare as they should.
 */
final class SqliteDialect extends Dialect {
  private static final int BUSY = 5;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;
  private static final int FULL = 13;
  private static final int READ_ONLY = 8;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, true)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);

  @Override
  String product() {
    return "SQLite";
  }

  @Override
  String driverClass() {
    return "org.sqlite.JDBC";
  }

  @Override
  String artifact() {
    return "org.xerial:sqlite-jdbc";
  }

  @Override
  String example() {
    return "jdbc:sqlite:social.db::posts";
  }

  @Override
  void configure(Properties properties) {
    properties.setProperty("busy_timeout", "10000");
    properties.setProperty("journal_mode", "WAL");
  }

  @Override
  void prepareWriting(Connection connection) {
    // The driver would begin the next transaction right after each, and so keep others waiting.
  }

  @Override
  void begin(Connection connection) throws SQLException {
    // One that reads first and writes then would be refused if another wrote in between.
    execute(connection, List.of("BEGIN IMMEDIATE"));
  }

  @Override
  void commit(Connection connection) throws SQLException {
    execute(connection, List.of("COMMIT"));
  }

  @Override
  void rollBack(Connection connection) throws SQLException {
    execute(connection, List.of("ROLLBACK"));
  }

  @Override
  String type(ColumnType type) {
    return switch (type) {
      case LONG, BOOLEAN -> "INTEGER";
      case DOUBLE -> "REAL";
      case STRING, STRING_LIST, STRUCT_LIST, TIMESTAMP -> "TEXT";
    };
  }

  @Override
  int sqlType(ColumnType type) {
    return Types.VARCHAR;
  }

  @Override
  String forUpdate() {
    return "";
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
        + " IS NOT excluded."
        + quote(Layout.CONTENT);
  }

  @Override
  void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setString(index, TIME.format(time.atOffset(ZoneOffset.UTC)));
  }

  @Override
  @Nullable Instant instant(ResultSet row, int index) throws SQLException {
    String time = row.getString(index);
    return time == null ? null : LocalDateTime.parse(time, TIME).toInstant(ZoneOffset.UTC);
  }

  @Override
  @Nullable String currentSchema(Connection connection) {
    return null;
  }

  @Override
  boolean isConflict(SQLException e) {
    return false;
  }

  @Override
  @Nullable String explain(SQLException e) {
    return switch (e.getErrorCode() & 0xFF) {
      case BUSY -> "is kept busy by another writer; try again when that is done";
      case CANNOT_OPEN -> "cannot be opened; does its directory exist, and may it be written?";
      case NOT_A_DATABASE -> "is no SQLite database";
      case FULL -> "has no room left on its disk";
      case READ_ONLY -> "may not be written";
      default -> null;
    };
  }
}
