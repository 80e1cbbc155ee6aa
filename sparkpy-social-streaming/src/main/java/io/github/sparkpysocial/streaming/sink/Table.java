package io.github.sparkpysocial.streaming.sink;

import io.github.sparkpysocial.StoreException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A table that rows are written into by key, whatever keeps it. It travels to the executors and may
 * hold a password, so it does not print.
 */
interface Table extends Serializable {
  /** The column that tells which batch has written a row. */
  String BATCH = "batch";

  /**
   * What the rows are.
   *
   * @param types the columns of the stream
   * @param key those that make a row the same row
   */
  record Columns(StructType types, List<String> key) implements Serializable {
    public Columns {
      key = List.copyOf(key);
      for (String column : key) {
        if (!List.of(types.fieldNames()).contains(column)) {
          throw new IllegalArgumentException(
              "The stream has no column "
                  + column
                  + " to tell its rows by; it has "
                  + String.join(", ", types.fieldNames()));
        }
      }
    }
  }

  /**
   * Makes the table if it is not there; called on the driver before each batch.
   *
   * @throws StoreException if it cannot be made
   */
  void create(Columns columns);

  /**
   * Replaces the rows of the same keys unless they are of a later batch; called on an executor for
   * each partition.
   *
   * @throws StoreException if they cannot be written; some may be
   */
  void write(Iterator<Row> rows, Columns columns, long batch);

  /** Returns whether one task at a time should write. */
  boolean isEmbedded();
}
