package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.RecordSchema;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one file of {@link TableLayout}, a row group at a time. In memory is never more than a row
 * group, compressed, and a page for each column.
 */
final class PartWriter implements Closeable {

  /** Large enough for Spark to read in long runs, small enough for a heap of 256 MB. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /**
   * Rows are gathered, and then written column by column: most columns of a row are null, and going
   * through a hundred columns for each row costs more than what is in them. Parquet looks at the
   * sizes of its pages after as many rows, too.
   */
  private static final int CHUNK = 100;

  /** Values that hardly ever repeat: a dictionary of them would be built and thrown away. */
  private static final List<String> DISTINCT =
      List.of(
          TableLayout.KEY,
          TableLayout.CONTENT,
          "id",
          "text",
          "raw",
          "created_at",
          "created_at_text",
          "url",
          "conversation_id",
          "fetched_at");

  /** Values that nobody looks for by their order. */
  private static final List<String> UNORDERED = List.of(TableLayout.CONTENT, "text", "raw");

  private static final ParquetProperties PROPERTIES = properties();

  private static final @Nullable Object[] NO_ROW = {};

  private final Path path;
  private final FileChannel channel;
  private final ParquetFileWriter file;
  private final BytesInputCompressor compressor =
      new Codecs().getCompressor(CompressionCodecName.ZSTD);

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private ColumnSink[] sinks;
  private final @Nullable Object[][] chunk = new Object[CHUNK][];
  private int gathered;
  private long rowsInGroup;
  private long rows;

  private PartWriter(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.file =
        new ParquetFileWriter(
            new ChannelOutput(channel),
            TableLayout.SCHEMA,
            ParquetFileWriter.Mode.CREATE,
            ROW_GROUP_BYTES,
            0,
            null,
            PROPERTIES);
    file.start();
    this.pages = pages();
    this.columns = PROPERTIES.newColumnWriteStore(TableLayout.SCHEMA, pages, pages);
    this.sinks = ColumnSink.of(columns);
  }

  private static ParquetProperties properties() {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withMinRowCountForPageSizeCheck(CHUNK)
            .estimateRowCountForPageSizeCheck(false);
    DISTINCT.forEach(column -> properties.withDictionaryEncoding(column, false));
    UNORDERED.forEach(column -> properties.withStatisticsEnabled(column, false));
    return properties.build();
  }

  /**
   * Begins a file.
   *
   * @param channel the empty file, closed here
   */
  static PartWriter of(Path path, FileChannel channel) throws IOException {
    try {
      return new PartWriter(path, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Returns how many rows were written. */
  long rows() {
    return rows;
  }

  /** Returns about how large the file is, with what is still in memory. */
  long bytes() throws IOException {
    return file.getPos() + columns.getBufferedSize();
  }

  /**
   * Writes a row.
   *
   * @param row the values of all columns of {@link TableLayout}, each of the Java type that the
   *     column's type says, texts in UTF-8 or not; kept for a while
   */
  void write(@Nullable Object[] row) throws IOException {
    chunk[gathered++] = row;
    rows++;
    if (gathered == CHUNK) {
      endChunk();
      if (columns.getBufferedSize() >= ROW_GROUP_BYTES) {
        endRowGroup();
        pages = pages();
        columns = PROPERTIES.newColumnWriteStore(TableLayout.SCHEMA, pages, pages);
        sinks = ColumnSink.of(columns);
      }
    }
  }

  private void endChunk() {
    for (int column = 0; column < sinks.length; column++) {
      sinks[column].write(chunk, gathered, column);
    }
    for (int row = 0; row < gathered; row++) {
      columns.endRecord();
      chunk[row] = NO_ROW;
    }
    rowsInGroup += gathered;
    gathered = 0;
  }

  private ColumnChunkPageWriteStore pages() {
    return new ColumnChunkPageWriteStore(
        compressor,
        TableLayout.SCHEMA,
        PROPERTIES.getAllocator(),
        PROPERTIES.getColumnIndexTruncateLength());
  }

  private void endRowGroup() throws IOException {
    if (rowsInGroup > 0) {
      file.startBlock(rowsInGroup);
      columns.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
      rowsInGroup = 0;
    }
    columns.close();
    pages.close();
  }

  /** Ends the file and makes its content durable. */
  void finish(FileSteps steps) throws IOException {
    endChunk();
    endRowGroup();
    Map<String, String> metadata = new HashMap<>();
    metadata.put(TableLayout.SCHEMA_VERSION, String.valueOf(RecordSchema.VERSION));
    String version = PartWriter.class.getPackage().getImplementationVersion();
    metadata.put(TableLayout.LIBRARY_VERSION, version == null ? "unpackaged" : version);
    file.end(metadata);
    steps.force(channel);
  }

  /** Closes the file; it is worth nothing if it was not {@linkplain #finish finished}. */
  @Override
  public void close() throws IOException {
    compressor.release();
    channel.close();
  }

  /**
   * An open, empty file as Parquet wants it. Closing it leaves it open, so that it can be synced.
   */
  private record ChannelOutput(FileChannel channel) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSize) {
      return new Positioned(Channels.newOutputStream(channel));
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
      return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }

  private static final class Positioned extends PositionOutputStream {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long position;

    Positioned(OutputStream out) {
      this.out = out;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public void write(int b) throws IOException {
      if (buffered == BUFFER) {
        flush();
      }
      buffer[buffered++] = (byte) b;
      position++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > BUFFER - buffered) {
        flush();
      }
      if (length > BUFFER) {
        out.write(bytes, offset, length);
      } else {
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
      }
      position += length;
    }

    @Override
    public void flush() throws IOException {
      out.write(buffer, 0, buffered);
      buffered = 0;
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
