package io.github.sparkpysocial.streaming.sink;

import io.github.sparkpysocial.place.PlaceUri;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes a table that a stream keeps up to date, such as counts by window, into a database, exactly
 * once: a row replaces the one with the same key, unless that is of a later batch. So a batch that
 * Spark runs again changes nothing, and a driver that was taken for dead does no harm. Run the
 * query in output mode {@code update}, or {@code append}.
 *
 * <p>The table is made if it is not there, with the columns of the stream and {@code batch}, the
 * number of the batch that wrote the row. PostgreSQL, MariaDB, MySQL, SQLite, H2, MongoDB and
 * Cassandra are known; the executors need the driver on their class path. In SQL each partition is
 * one transaction; SQLite and embedded H2 are written by one task. In MongoDB a row is a document,
 * whose {@code _id} is the document of its key, with times of milliseconds; a batch that fails half
 * way is written again as a whole. In Cassandra the number of the batch is the write time of its
 * cells, so that the newest batch wins; the first column of the key is the partition key, and what
 * was deleted by hand does not come again.
 */
public final class TableSink implements VoidFunction2<Dataset<Row>, Long> {
  private static final long serialVersionUID = 1L;

  private static final Set<String> SCHEMES = Set.of("jdbc", "mongodb", "cassandra");

  private final Table table;
  private final List<String> key;

  private TableSink(Table table, List<String> key) {
    this.table = table;
    this.key = key;
  }

  /**
   * Returns a sink.
   *
   * @param place such as {@code jdbc:postgresql://localhost/trends::hashtags}, {@code
   *     mongodb://localhost/trends::hashtags} or {@code cassandra://localhost/trends::hashtags}
   * @param key the columns that make a row the same row, at least one; never null in a row
   * @throws IllegalArgumentException if the place names no database that is known, or no table
   */
  public static TableSink to(PlaceUri place, String... key) {
    String name = place.table();
    if (!SCHEMES.contains(place.scheme())
        || name == null
        || !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "A table is named like jdbc:postgresql://host/database::table,"
              + " mongodb://host/database::table or cassandra://host/keyspace::table, not "
              + place);
    }
    if (key.length == 0) {
      throw new IllegalArgumentException(
          "Name the columns that make a row of " + place + " the same");
    }
    Table table =
        switch (place.scheme()) {
          case "jdbc" -> new SqlTable("jdbc:" + place.location(), name);
          case "mongodb" -> MongoTable.of(place, name);
          default -> CassandraTable.of(place, name);
        };
    return new TableSink(table, List.of(key));
  }

  /** Called by Spark with each batch. */
  @Override
  public void call(Dataset<Row> batch, Long batchId) {
    Table.Columns columns = new Table.Columns(batch.schema(), key);
    table.create(columns);
    Dataset<Row> rows = table.isEmbedded() ? batch.coalesce(1) : batch;
    rows.foreachPartition(new Write(table, columns, batchId));
  }

  /** What travels to the executors. */
  private record Write(Table table, Table.Columns columns, long batch)
      implements ForeachPartitionFunction<Row>, Serializable {
    @Override
    public void call(Iterator<Row> rows) {
      if (rows.hasNext()) {
        table.write(rows, columns, batch);
      }
    }
  }
}
