package io.github.sparkpysocial.streaming.sink;

import io.github.sparkpysocial.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A table of an SQL database; each partition is one transaction. */
record SqlTable(String url, String name) implements Table {
  private static final int ROWS_A_STATEMENT = 500;

  SqlTable {
    SqlDialect unused = SqlDialect.of(url);
  }

  @Override
  public boolean isEmbedded() {
    return SqlDialect.isEmbedded(url);
  }

  @Override
  public void create(Columns columns) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(SqlDialect.of(url).create(name, columns.types(), columns.key()));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(Iterator<Row> rows, Columns columns, long batch) {
    String sql = SqlDialect.of(url).upsert(name, columns.types(), columns.key());
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        int waiting = 0;
        while (rows.hasNext()) {
          Row row = rows.next();
          for (int i = 0; i < row.length(); i++) {
            statement.setObject(i + 1, value(row.get(i)));
          }
          statement.setLong(row.length() + 1, batch);
          statement.addBatch();
          if (++waiting == ROWS_A_STATEMENT) {
            statement.executeBatch();
            waiting = 0;
          }
        }
        statement.executeBatch();
      }
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static @Nullable Object value(@Nullable Object value) {
    return value instanceof java.time.Instant time ? java.sql.Timestamp.from(time) : value;
  }

  private StoreException failed(SQLException e) {
    return new StoreException("The table " + name + " cannot be written: " + e.getMessage(), e);
  }

  @Override
  public String toString() {
    return "table " + name;
  }
}
