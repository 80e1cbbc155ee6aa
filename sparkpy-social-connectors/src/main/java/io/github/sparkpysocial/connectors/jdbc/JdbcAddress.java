package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a table is, and how to get there.
 *
 * @param uri as it was given
 * @param url for the driver; it may hold a password
 * @param properties for the driver; they may hold a password
 */
record JdbcAddress(
    PlaceUri uri, Dialect dialect, String url, Properties properties, TableName table) {
  private static final Pattern USER = Pattern.compile("(?i)[?&;]user=");
  private static final Pattern PASSWORD = Pattern.compile("(?i)[?&;]password=");

  /**
   * Takes a URI apart.
   *
   * @param environment where passwords are found that the URI has not
   * @throws IllegalArgumentException if it lacks a part
   */
  static JdbcAddress of(PlaceUri uri, Map<String, String> environment) {
    String location = uri.location();
    int colon = location.indexOf(':');
    String subprotocol = colon < 0 ? "" : location.substring(0, colon);
    Dialect dialect = Dialect.of(subprotocol);
    if (dialect == null) {
      throw new IllegalArgumentException(
          uri
              + " names no database that is known here; write it as"
              + " jdbc:postgresql://host:port/database::table, or with mariadb, mysql, sqlite or"
              + " h2 for postgresql");
    }
    String tableText = uri.table();
    if (tableText == null || tableText.isBlank()) {
      throw new IllegalArgumentException(
          uri + " names no table; append it after two colons, as in " + dialect.example());
    }
    TableName table;
    try {
      table = TableName.parse(tableText);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(uri + " " + e.getMessage(), e);
    }
    if (table.name().codePointCount(0, table.name().length()) > dialect.maxNameLength()) {
      throw new IllegalArgumentException(
          uri
              + " names a table with more than the "
              + dialect.maxNameLength()
              + " characters that "
              + dialect.product()
              + " takes");
    }
    String url =
        "jdbc:"
            + (subprotocol.equals("mysql") ? "mariadb" : subprotocol)
            + location.substring(colon);
    return new JdbcAddress(uri, dialect, url, properties(dialect, url, environment), table);
  }

  private static Properties properties(
      Dialect dialect, String url, Map<String, String> environment) {
    Properties defaults = new Properties();
    dialect.configure(defaults);
    Properties properties = new Properties();
    for (String name : defaults.stringPropertyNames()) {
      if (!url.contains(name + "=")) {
        properties.setProperty(name, defaults.getProperty(name));
      }
    }
    String password = dialect.password(environment, USER.matcher(url).find());
    if (password != null && !PASSWORD.matcher(url).find()) {
      properties.setProperty("password", password);
    }
    return properties;
  }

  /**
   * Connects.
   *
   * @throws StoreException if the driver is not there
   */
  Connection connect() throws SQLException {
    Connection connection = driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("The driver does not take this URL", "08001");
    }
    try {
      dialect.connected(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Returns the driver, without DriverManager: that sees the drivers of one class loader only. */
  private Driver driver() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Driver driver = driver(JdbcAddress.class.getClassLoader());
    if (driver == null && context != null) {
      driver = driver(context);
    }
    if (driver == null) {
      throw new StoreException(
          "The store " + uri + " needs " + dialect.artifact() + " on the class path");
    }
    return driver;
  }

  private @Nullable Driver driver(ClassLoader loader) {
    try {
      return Class.forName(dialect.driverClass(), true, loader)
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError | ClassCastException absent) {
      return null;
    }
  }

  /** Returns the URI without secrets. */
  @Override
  public String toString() {
    String shown = uri.toString();
    // A password that is left out takes along all that may belong to it.
    return shown.contains("::") || table.name().contains("::") ? shown : shown + "::" + uri.table();
  }
}
