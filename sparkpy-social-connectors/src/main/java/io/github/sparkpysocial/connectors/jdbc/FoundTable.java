package io.github.sparkpysocial.connectors.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table that is there.
 *
 * @param name as the database spells it
 * @param columns the names of its columns with those of their types, in order
 */
record FoundTable(TableName name, Map<String, String> columns) {
  private static final List<String> OURS =
      List.of(Layout.KEY, Layout.CONTENT, "record", "network", "id");

  /** Looks for a table, also by its name in other case if there is but one such. */
  static @Nullable FoundTable find(Connection connection, Dialect dialect, TableName wanted)
      throws SQLException {
    String schema = wanted.schema() == null ? dialect.currentSchema(connection) : wanted.schema();
    boolean catalog = dialect.schemaIsCatalog();
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                catalog ? schema : null,
                catalog || schema == null ? null : escaped(connection, schema),
                "%",
                null)) {
      while (tables.next()) {
        String type = String.valueOf(tables.getString("TABLE_TYPE")).toUpperCase(Locale.ROOT);
        if (type.contains("TABLE") || type.contains("VIEW")) {
          names.add(tables.getString("TABLE_NAME"));
        }
      }
    }
    String name = wanted.name();
    if (!names.contains(name)) {
      List<String> alike = names.stream().filter(wanted.name()::equalsIgnoreCase).toList();
      if (alike.size() != 1) {
        return null;
      }
      name = alike.get(0);
    }
    TableName found = wanted.beside(name);
    return new FoundTable(found, columns(connection, dialect, found));
  }

  private static String escaped(Connection connection, String pattern) throws SQLException {
    String escape = connection.getMetaData().getSearchStringEscape();
    return pattern
        .replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private static Map<String, String> columns(
      Connection connection, Dialect dialect, TableName table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet nothing =
            statement.executeQuery("SELECT * FROM " + dialect.quote(table) + " WHERE 1 = 0")) {
      ResultSetMetaData metaData = nothing.getMetaData();
      for (int i = 1; i <= metaData.getColumnCount(); i++) {
        columns.put(
            metaData.getColumnLabel(i),
            String.valueOf(metaData.getColumnTypeName(i)).toLowerCase(Locale.ROOT));
      }
    }
    return columns;
  }

  /** Returns whether this library made the table, or another in the same way. */
  boolean isOurs() {
    return columns.keySet().containsAll(OURS);
  }
}
