package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What one kind of database wants otherwise than the others. Without state, so thread-safe. */
abstract class Dialect {
  /** How many values one statement names at most. */
  static final int MAX_VALUES = 10_000;

  /** Returns the dialect of a URL's second word, or {@code null} if it is not known. */
  static @Nullable Dialect of(String subprotocol) {
    return switch (subprotocol) {
      case "postgresql" -> new PostgresDialect();
      case "mariadb", "mysql" -> new MariaDbDialect();
      case "sqlite" -> new SqliteDialect();
      case "h2" -> new H2Dialect();
      default -> null;
    };
  }

  /** Returns the database's own name for itself, for people. */
  abstract String product();

  abstract String driverClass();

  /** Returns the artifact that has the driver. */
  abstract String artifact();

  /** Returns an example of a URI. */
  abstract String example();

  /** Adds what the driver is to be told, unless the URL says otherwise. */
  void configure(Properties properties) {}

  /**
   * Returns the password for a URL without one, or {@code null}.
   *
   * @param named whether the URL names a user
   */
  @Nullable String password(Map<String, String> environment, boolean named) {
    return named ? environment.get("JDBC_PASSWORD") : null;
  }

  /** Prepares a new connection. */
  void connected(Connection connection) throws SQLException {}

  /** Prepares a connection for reading, so that rows come as they are read. */
  void prepareReading(Connection connection) throws SQLException {}

  /** Prepares a connection for transactions. */
  void prepareWriting(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Begins a transaction, where that is not done by its first statement. */
  void begin(Connection connection) throws SQLException {}

  void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  void rollBack(Connection connection) throws SQLException {
    connection.rollback();
  }

  /** Returns whether closing a cursor early would make the driver read the rest. */
  boolean drainsOnClose() {
    return false;
  }

  /** Returns a name as the database reads it, whatever it holds. */
  String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  final String quote(TableName table) {
    return (table.schema() == null ? "" : quote(table.schema()) + '.') + quote(table.name());
  }

  final String quoted(List<String> identifiers) {
    return identifiers.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  /** Returns how many characters the name of a table may have. */
  int maxNameLength() {
    return 255;
  }

  abstract String type(ColumnType type);

  /** Returns the type of a column that is compared: the key and those that filters name. */
  String type(Column column, Connection connection) throws SQLException {
    return type(column.type());
  }

  /** Returns the statements that make a table and what belongs to it, if they are not there. */
  List<String> create(TableName table, Connection connection) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (Column column : Layout.ALL.columns()) {
      columns.add(
          quote(column.name())
              + ' '
              + type(column, connection)
              + (column.required() ? " NOT NULL" : "")
              + (column.name().equals(Layout.KEY) ? " PRIMARY KEY" : ""));
    }
    return List.of(
        "CREATE TABLE IF NOT EXISTS "
            + quote(table)
            + " ("
            + String.join(", ", columns)
            + ")"
            + tableOptions(connection));
  }

  /** Returns what stands behind the columns of a new table. */
  String tableOptions(Connection connection) throws SQLException {
    return "";
  }

  /** Returns what makes a row of a query this transaction's own until it ends. */
  String forUpdate() {
    return " FOR UPDATE";
  }

  /** Returns the statement that inserts rows, and replaces those that differ. */
  abstract String upsert(TableName table, List<String> columns, String rows);

  /** Returns the statement that inserts rows, which are {@link #values} or a query. */
  final String insert(TableName table, List<String> columns, String rows) {
    return "INSERT INTO " + quote(table) + " (" + quoted(columns) + ") " + rows;
  }

  /** Returns the row of a statement that is prepared. */
  static String values(int columns) {
    return "VALUES (" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
  }

  /** Writes rows, of which {@code inserts} have keys that are not there. */
  void write(
      Connection connection, TableName table, Layout layout, List<Row> inserts, List<Row> updates)
      throws SQLException {
    String values = values(layout.columns().size());
    batch(connection, insert(table, layout.names(), values), layout, inserts);
    batch(connection, upsert(table, layout.names(), values), layout, updates);
  }

  /** Runs a statement for each row, all sent together. */
  final void batch(Connection connection, String sql, Layout layout, List<Row> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<Column> columns = layout.columns();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Row row : rows) {
        int[] sources = layout.sources(row.kind());
        for (int i = 0; i < sources.length; i++) {
          bind(
              statement,
              i + 1,
              columns.get(i).type(),
              sources[i] < 0 ? null : row.values()[sources[i]]);
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /**
   * Returns a number that each row has from its key, the same whenever it is asked for, as an
   * expression that is never negative; or {@code null} if the database has no function for it.
   *
   * @param quotedKey the column of keys
   */
  @Nullable String hash(String quotedKey) {
    return null;
  }

  /** Returns a condition that a column has one of so many values. */
  static String isIn(String quotedColumn, int values) {
    return quotedColumn + " IN (" + String.join(", ", Collections.nCopies(values, "?")) + ")";
  }

  /** Returns a condition that a key is one of so many, for {@link #bindKeys}. */
  String keyIsIn(String quotedKey, int keys) {
    return isIn(quotedKey, keys);
  }

  /** Binds the keys of a statement that names nothing else. */
  void bindKeys(PreparedStatement statement, List<String> keys) throws SQLException {
    for (int i = 0; i < keys.size(); i++) {
      statement.setString(i + 1, keys.get(i));
    }
  }

  /** Returns a column of text as it is compared by the numbers of its characters. */
  String byCodePoint(String quotedColumn) {
    return quotedColumn;
  }

  /** Returns the smallest span between two times that the database tells apart. */
  ChronoUnit precision() {
    return ChronoUnit.NANOS;
  }

  /** Returns why a row cannot be kept, or {@code null} if it can. */
  @Nullable Refusal refusal(Row row) {
    return Refusal.ofTimes(row);
  }

  void bind(PreparedStatement statement, int index, ColumnType type, @Nullable Object value)
      throws SQLException {
    if (value == null) {
      statement.setNull(index, sqlType(type));
    } else if (value instanceof String text) {
      statement.setString(index, text);
    } else if (value instanceof Instant time) {
      bind(statement, index, time);
    } else if (value instanceof Long number) {
      statement.setLong(index, number);
    } else if (value instanceof Double number) {
      statement.setDouble(index, number);
    } else if (value instanceof Boolean flag) {
      statement.setBoolean(index, flag);
    } else {
      throw new IllegalStateException("No row has values of " + value.getClass());
    }
  }

  int sqlType(ColumnType type) {
    return switch (type) {
      case LONG -> Types.BIGINT;
      case DOUBLE -> Types.DOUBLE;
      case BOOLEAN -> Types.BOOLEAN;
      case TIMESTAMP -> Types.TIMESTAMP_WITH_TIMEZONE;
      case STRING, STRING_LIST, STRUCT_LIST -> Types.VARCHAR;
    };
  }

  void bind(PreparedStatement statement, int index, Instant time) throws SQLException {
    statement.setObject(index, time.atOffset(ZoneOffset.UTC));
  }

  @Nullable Instant instant(ResultSet row, int index) throws SQLException {
    OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** Returns the name of the schema, as metadata has it, where a table without one is looked up. */
  @Nullable String currentSchema(Connection connection) throws SQLException {
    return connection.getSchema();
  }

  /** Returns whether metadata has the schema of a table where others have the catalog. */
  boolean schemaIsCatalog() {
    return false;
  }

  /** Returns whether the same transaction may well pass when it is tried again. */
  boolean isConflict(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("40") || state.equals("23505");
  }

  /** Returns what is wrong and what to do, in words that hold no content, or {@code null}. */
  @Nullable String explain(SQLException e) {
    return null;
  }

  static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
