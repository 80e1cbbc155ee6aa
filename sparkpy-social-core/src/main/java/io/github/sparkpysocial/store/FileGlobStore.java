package io.github.sparkpysocial.store;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileFormat;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Several files that are read as one store; a later file in the order of paths is newer. */
final class FileGlobStore implements RecordStore {
  private final PlaceUri uri;
  private final List<DataFile> files;
  private final FileType type;
  private final StoreOptions options;

  FileGlobStore(
      PlaceUri uri,
      List<Path> paths,
      FileType type,
      StoreOptions options,
      @Nullable FileFormat format,
      List<FileFormat> formats) {
    this.uri = uri;
    this.type = type;
    this.options = options;
    this.files =
        paths.stream().map(path -> new DataFile(path, type, options, format, formats)).toList();
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    return files.size() + " files (" + type.description() + ") " + uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    return FileStoreProvider.READING;
  }

  @Override
  public RecordCursor read(Filter filter) {
    return new FileCursor(files, filter, options.quarantine());
  }

  /** Returns whether its lines may be taken as they are. */
  boolean hasLines() {
    return type.layout() != FileType.Layout.CSV && files.get(0).beginsWithRecord();
  }

  /** Reads all, giving lines as they are where that will do. */
  FileCursor lines(SpelledLine line) {
    return new FileCursor(files, Filter.ALL, options.quarantine(), SipHash.withRandomKey(), line);
  }

  @Override
  public long count(Filter filter) {
    return FileStore.count(read(filter));
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    throw readOnly();
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    throw readOnly();
  }

  private UnsupportedCapabilityException readOnly() {
    return new UnsupportedCapabilityException(
        uri + " names several files and does not claim WRITE; write to one file");
  }

  @Override
  public void close() {}
}
