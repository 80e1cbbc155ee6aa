package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.SocialRecord;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Turns records into rows as Spark's engine sees them, for sources of data; programs rather use
 * {@link Frames#toRow}. Not thread-safe.
 */
public final class InternalRows {
  private final RowReader rows;

  private InternalRows(RowReader rows) {
    this.rows = rows;
  }

  /**
   * Returns a maker of rows.
   *
   * @param columns any columns of any kinds of record, in any order; what a record does not have is
   *     null
   */
  public static InternalRows of(StructType columns) {
    return new InternalRows(new RowReader(columns, null));
  }

  /** Returns the row of a record. */
  public InternalRow row(SocialRecord record) {
    return rows.internalRow(record);
  }
}
