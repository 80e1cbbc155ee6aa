package io.github.sparkpysocial.streaming.sink;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table that a stream keeps up to date, such as counts by window, into a database, exactly
 * once: a row replaces the one with the same key, unless that is of a later batch. So a batch that
 * Spark runs again changes nothing, and a driver that was taken for dead does no harm. Run the
 * query in output mode {@code update}, or {@code append}.
 *
 * <p>The table is made if it is not there, with the columns of the stream and {@code batch}, the
 * number of the batch that wrote the row. Each partition is one transaction of its executor, whose
 * class path needs the driver. PostgreSQL, MariaDB, MySQL, SQLite and H2 are known; SQLite and
 * embedded H2 are written by one task.
 */
public final class TableSink implements VoidFunction2<Dataset<Row>, Long> {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_A_STATEMENT = 500;

  private final String url;
  private final String table;
  private final List<String> key;

  private TableSink(String url, String table, List<String> key) {
    this.url = url;
    this.table = table;
    this.key = key;
  }

  /**
   * Returns a sink.
   *
   * @param place such as {@code jdbc:postgresql://localhost/trends::hashtags}
   * @param key the columns that make a row the same row, at least one; never null in a row
   * @throws IllegalArgumentException if the place names no database that is known, or no table
   */
  public static TableSink to(PlaceUri place, String... key) {
    String table = place.table();
    if (!place.scheme().equals("jdbc")
        || table == null
        || !table.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "A table is named like jdbc:postgresql://host/database::table, not " + place);
    }
    if (key.length == 0) {
      throw new IllegalArgumentException(
          "Name the columns that make a row of " + place + " the same");
    }
    String url = "jdbc:" + place.location();
    SqlDialect unused = SqlDialect.of(url);
    return new TableSink(url, table, List.of(key));
  }

  /** Called by Spark with each batch. */
  @Override
  public void call(Dataset<Row> batch, Long batchId) {
    StructType columns = batch.schema();
    for (String column : key) {
      if (!List.of(columns.fieldNames()).contains(column)) {
        throw new IllegalArgumentException(
            "The stream has no column "
                + column
                + " to tell its rows by; it has "
                + String.join(", ", columns.fieldNames()));
      }
    }
    SqlDialect dialect = SqlDialect.of(url);
    create(dialect.create(table, columns, key));
    Upsert upsert = new Upsert(url, dialect.upsert(table, columns, key), batchId);
    (SqlDialect.isEmbedded(url) ? batch.coalesce(1) : batch).foreachPartition(upsert::write);
  }

  private void create(String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(table, e);
    }
  }

  private static StoreException failed(String what, SQLException e) {
    return new StoreException("The table " + what + " cannot be written: " + e.getMessage(), e);
  }

  /** What travels to the executors. The URL may hold a password, so it does not print. */
  private record Upsert(String url, String sql, long batch) implements Serializable {
    void write(Iterator<Row> rows) {
      if (!rows.hasNext()) {
        return;
      }
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
        throw failed(sql.split(" ", 4)[2], e);
      }
    }

    private static @Nullable Object value(@Nullable Object value) {
      return value instanceof java.time.Instant time ? java.sql.Timestamp.from(time) : value;
    }

    @Override
    public String toString() {
      return "Upsert of batch " + batch + ": " + sql.toLowerCase(Locale.ROOT);
    }
  }
}
