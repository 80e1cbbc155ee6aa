package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.spi.SchemaVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * One Parquet file as it was when it was first looked at. Once it is open, it stays readable, even
 * if its name is given to another or deleted.
 */
final class PartFile implements Closeable {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private final Path path;
  private final Map<String, String> partition;
  private final long size;
  private final Object identity;
  private @Nullable FileChannel channel;
  private @Nullable ParquetMetadata footer;

  private PartFile(Path path, Map<String, String> partition, long size, Object identity) {
    this.path = path;
    this.partition = Map.copyOf(partition);
    this.size = size;
    this.identity = identity;
  }

  /**
   * Looks at a file.
   *
   * @param partition the columns that are in the names of its directories
   * @throws IOException if it is not there
   */
  static PartFile of(Path path, Map<String, String> partition) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new PartFile(path, partition, attributes.size(), identity(attributes));
  }

  private static Object identity(BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return List.of(key == null ? "" : key, attributes.lastModifiedTime());
  }

  Path path() {
    return path;
  }

  Map<String, String> partition() {
    return partition;
  }

  long size() {
    return size;
  }

  /** Returns whether this was the same file when both were looked at. */
  boolean isSame(PartFile other) {
    return path.equals(other.path) && size == other.size && identity.equals(other.identity);
  }

  /**
   * Opens the file, if it is not open yet.
   *
   * @throws StoreException if it is another one by now, or no Parquet
   */
  void open() throws IOException {
    if (channel != null) {
      return;
    }
    FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
    channel = opened;
    if (!isSame(of(path, partition))) {
      close();
      throw new StoreException(
          path + " was replaced while it was read; read it again when its writer is done");
    }
  }

  /** Returns what the file says of itself; a file that was not open is not open afterwards. */
  ParquetMetadata footer() throws IOException {
    ParquetMetadata known = footer;
    if (known == null) {
      boolean wasOpen = channel != null;
      open();
      try (SeekableInputStream in = stream()) {
        known = ParquetFileReader.readFooter(input(), options(FilterCompat.NOOP), in);
      } catch (RuntimeException e) {
        throw new StoreException(
            path + " is no Parquet file, or a damaged one; remove it or write it anew", e);
      } finally {
        if (!wasOpen) {
          close();
        }
      }
      footer = known;
    }
    return known;
  }

  MessageType schema() throws IOException {
    return footer().getFileMetaData().getSchema();
  }

  long rows() throws IOException {
    long rows = 0;
    for (BlockMetaData group : footer().getBlocks()) {
      rows += group.getRowCount();
    }
    return rows;
  }

  /** Returns whether this library wrote the file. */
  boolean isOurs() throws IOException {
    return metadata(TableLayout.SCHEMA_VERSION) != null && schema().containsField(TableLayout.KEY);
  }

  /**
   * Returns whether the file lacks columns that the schema has by now.
   *
   * @throws StoreException if it has more than this library knows
   */
  boolean isOlder() throws IOException {
    String version = Objects.requireNonNullElse(metadata(TableLayout.SCHEMA_VERSION), "");
    return SchemaVersion.isOlder(
        path.toString(), NUMBER.matcher(version).matches() ? Integer.parseInt(version) : 0);
  }

  private @Nullable String metadata(String name) throws IOException {
    return footer().getFileMetaData().getKeyValueMetaData().get(name);
  }

  /**
   * Reads rows.
   *
   * @param columns the names of those wanted, or {@code null} for all; those it has not are passed
   *     over
   * @param filter row groups and pages that it excludes are left out, while other rows that it
   *     excludes may come; its columns are among those wanted
   */
  PartRows read(@Nullable Collection<String> columns, FilterCompat.Filter filter)
      throws IOException {
    open();
    MessageType schema = schema();
    List<Type> wanted = new ArrayList<>();
    for (Type field : schema.getFields()) {
      if (columns == null || columns.contains(field.getName())) {
        wanted.add(field);
      }
    }
    if (wanted.isEmpty()) {
      wanted.add(schema.getFields().get(0));
    }
    MessageType requested = new MessageType(schema.getName(), wanted);
    ParquetFileReader reader = new ParquetFileReader(input(), footer(), options(filter), stream());
    reader.setRequestedSchema(requested);
    return new PartRows(reader, schema, requested);
  }

  static ParquetReadOptions options(FilterCompat.Filter filter) {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .withMetadataFilter(ParquetMetadataConverter.NO_FILTER)
        .withCodecFactory(new Codecs())
        .withRecordFilter(filter)
        .build();
  }

  private InputFile input() {
    return new InputFile() {
      @Override
      public long getLength() {
        return size;
      }

      @Override
      public SeekableInputStream newStream() {
        return stream();
      }

      @Override
      public String toString() {
        return path.toString();
      }
    };
  }

  /** Returns a stream that leaves the file open when it is closed. */
  private SeekableInputStream stream() {
    FileChannel opened = Objects.requireNonNull(channel);
    return new DelegatingSeekableInputStream(Channels.newInputStream(opened)) {
      @Override
      public long getPos() throws IOException {
        return opened.position();
      }

      @Override
      public void seek(long position) throws IOException {
        opened.position(position);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
