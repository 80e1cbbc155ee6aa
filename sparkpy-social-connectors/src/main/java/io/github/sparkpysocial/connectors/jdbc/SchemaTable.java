package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.spi.SchemaVersion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table beside the data that tells the version of each table, with one row a table. Who writes
 * holds that row, so that writers of one table take turns: then what a writer has looked up stays
 * true until it commits, tombstones included, and no two wait for each other.
 */
final class SchemaTable {
  private static final String NAME = "sparkpy_social_schema";
  private static final int ABSENT = -1;

  private final Dialect dialect;
  private final TableName table;
  private final TableName versions;
  private final String place;

  SchemaTable(Dialect dialect, TableName table, String place) {
    this.dialect = dialect;
    this.table = table;
    this.versions = table.beside(NAME);
    this.place = place;
  }

  /** Refuses a table of a newer schema. */
  void check(Connection connection) throws SQLException {
    if (FoundTable.find(connection, dialect, versions) != null) {
      check(version(connection, ""));
    }
  }

  /**
   * Waits for its turn to write, and holds it until the transaction ends.
   *
   * @return whether the table is of this version
   */
  boolean hold(Connection connection) throws SQLException {
    return check(version(connection, dialect.forUpdate()));
  }

  private boolean check(int found) {
    return found != ABSENT && !SchemaVersion.isOlder(place, found);
  }

  private int version(Connection connection, String forUpdate) throws SQLException {
    String sql =
        "SELECT version FROM " + dialect.quote(versions) + " WHERE table_name = ?" + forUpdate;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.name());
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : ABSENT;
      }
    }
  }

  /**
   * Makes what is not there: the table, columns of it, and its version. Holds the table afterwards.
   */
  FoundTable migrate(Connection connection) throws SQLException {
    FoundTable found = FoundTable.find(connection, dialect, table);
    List<String> statements = new ArrayList<>();
    if (FoundTable.find(connection, dialect, versions) == null) {
      Column name = new Column("record", ColumnType.STRING, true, "The table.", List.of());
      statements.add(
          "CREATE TABLE IF NOT EXISTS "
              + dialect.quote(versions)
              + " (table_name "
              + dialect.type(name, connection)
              + " NOT NULL PRIMARY KEY, version "
              + dialect.type(ColumnType.LONG)
              + " NOT NULL)"
              + dialect.tableOptions(connection));
    }
    if (found == null) {
      statements.addAll(dialect.create(table, connection));
    } else {
      for (Column column : Layout.ALL.columns()) {
        if (!found.columns().containsKey(column.name())) {
          statements.add(
              "ALTER TABLE "
                  + dialect.quote(table)
                  + " ADD COLUMN "
                  + dialect.quote(column.name())
                  + ' '
                  + dialect.type(column, connection));
        }
      }
    }
    Dialect.execute(connection, statements);
    int version = version(connection, dialect.forUpdate());
    if (!check(version)) {
      String sql =
          version == ABSENT
              ? "INSERT INTO " + dialect.quote(versions) + " (version, table_name) VALUES (?, ?)"
              : "UPDATE " + dialect.quote(versions) + " SET version = ? WHERE table_name = ?";
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setInt(1, RecordSchema.VERSION);
        statement.setString(2, table.name());
        statement.executeUpdate();
      }
    }
    FoundTable made = FoundTable.find(connection, dialect, table);
    if (made == null) {
      throw new SQLException("The table is not there though it was made", "42S02");
    }
    return made;
  }
}
