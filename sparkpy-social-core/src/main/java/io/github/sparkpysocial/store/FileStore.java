package io.github.sparkpysocial.store;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV or JSON Lines file as a store. Reading needs nothing but the file; the first write locks it
 * and builds an index, both kept until the store is closed.
 */
final class FileStore implements RecordStore {
  private final PlaceUri uri;
  private final Path path;
  private final FileType type;
  private final StoreOptions options;
  private final @Nullable FileFormat format;
  private final List<FileFormat> formats;
  private @Nullable FileWriter writer;

  FileStore(
      PlaceUri uri,
      Path path,
      FileType type,
      StoreOptions options,
      @Nullable FileFormat format,
      List<FileFormat> formats) {
    this.uri = uri;
    this.path = path;
    this.type = type;
    this.options = options;
    this.format = format;
    this.formats = formats;
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    String layout = format == null ? type.description() : format.name();
    return layout + " file " + uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    if (!isOurs()) {
      return FileStoreProvider.READING;
    }
    return type.layout() == FileType.Layout.CSV
        ? EnumSet.of(StoreCapability.READ, StoreCapability.WRITE, StoreCapability.RAW)
        : EnumSet.of(
            StoreCapability.READ,
            StoreCapability.WRITE,
            StoreCapability.MIXED_KINDS,
            StoreCapability.RAW);
  }

  /** Returns whether the file is empty, not there yet, or written by this library. */
  private boolean isOurs() {
    if (format != null) {
      return false;
    }
    if (!Files.exists(path)) {
      return true;
    }
    StoreOptions lenient = options.withDrift(Drift.KEEP_OVERFLOW); // to look must not stop
    try (ItemReader items = new DataFile(path, type, lenient, null, formats).open()) {
      if (items instanceof CsvFileReader csv) {
        return csv.columns().isEmpty() || CsvFileReader.isCanonical(csv.columns());
      }
      Item first = items.next();
      while (first != null && first.problem() != null) {
        first = items.next();
      }
      return first == null || (first.layout() == Item.Layout.CANONICAL && canGoOn(items));
    } catch (IOException e) {
      throw dataFile().unreadable(e);
    }
  }

  /** Returns whether more can be written after what is read: a line, or an element of an array. */
  private boolean canGoOn(ItemReader items) {
    return items instanceof JsonLineReader
        || (type.layout() == FileType.Layout.JSON
            && items instanceof JsonDocumentReader document
            && document.isArray());
  }

  /** Returns whether its lines may be taken as they are. */
  boolean hasLines() {
    return type.layout() != FileType.Layout.CSV && dataFile().beginsWithRecord();
  }

  /** Reads all, giving lines as they are where that will do. */
  FileCursor lines(SpelledLine line) {
    return new FileCursor(
        List.of(dataFile()), Filter.ALL, options.quarantine(), SipHash.withRandomKey(), line);
  }

  private DataFile dataFile() {
    return new DataFile(path, type, options, format, formats);
  }

  @Override
  public RecordCursor read(Filter filter) {
    return new FileCursor(List.of(dataFile()), filter, options.quarantine());
  }

  @Override
  public long count(Filter filter) {
    return count(read(filter));
  }

  static long count(RecordCursor cursor) {
    try (cursor) {
      long count = 0;
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
      return count;
    }
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    FileWriter open = writer();
    WriteSummary summary = WriteSummary.NONE;
    List<SocialRecord> batch = new ArrayList<>();
    while (records.hasNext()) {
      batch.add(records.next());
      if (batch.size() == options.batchSize()) {
        summary = summary.plus(open.append(batch));
        batch.clear();
      }
    }
    return summary.plus(open.write(batch)); // durable once all are written
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    return Files.exists(path) ? writer().delete(keys) : 0;
  }

  /** Returns the one that writes the file until the store is closed. */
  FileWriter writer() {
    FileWriter open = writer;
    if (open == null) {
      if (!isOurs()) {
        throw new UnsupportedCapabilityException(
            uri
                + " was written by another tool and is only read, it does not claim WRITE;"
                + " transfer it to a new .jsonl file and write there");
      }
      open = FileWriter.open(path, type, options, this::dataFile);
      writer = open;
    }
    return open;
  }

  @Override
  public void close() {
    FileWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }
}
