package io.github.sparkpysocial.connectors.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The rows of one file, a row group in memory at a time. */
final class PartRows implements Closeable {
  private final ParquetFileReader reader;
  private final MessageColumnIO columns;
  private final RowTree tree;
  private @Nullable RecordReader<Map<String, @Nullable Object>> group;
  private long left;

  PartRows(ParquetFileReader reader, MessageType schema, MessageType requested) {
    this.reader = reader;
    this.columns = new ColumnIOFactory().getColumnIO(requested, schema);
    this.tree = new RowTree(requested);
  }

  /**
   * Returns the next row by the names of its columns, without those that are null.
   *
   * @return {@code null} at the end
   * @throws IOException if the file is damaged
   */
  @Nullable Map<String, @Nullable Object> next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore pages = reader.readNextFilteredRowGroup();
        if (pages == null) {
          return null;
        }
        left = pages.getRowCount();
        group = columns.getRecordReader(pages, tree);
      }
      left--;
      RecordReader<Map<String, @Nullable Object>> rows = group;
      return rows == null ? null : rows.read();
    } catch (ParquetDecodingException e) {
      throw new IOException("A page is damaged", e);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
