package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files as a store. All files in it are read, whoever wrote them, except those whose
 * path a {@link Filter} rules out. It is written if it is empty or keeps a {@link PartitionLayout}.
 */
final class PartitionedStore implements RecordStore {
  /** Lies beside the file of a partition that holds tombstones. */
  static final String TOMBSTONES = "_tombstones";

  private final PlaceUri uri;
  private final Path directory;
  private final StoreOptions options;
  private final List<FileFormat> formats;
  private final PartitionLayout layout;
  private @Nullable PartitionedWriter writer;

  /**
   * Looks at a directory, which need not be there.
   *
   * @param by the columns that the URI names, or {@code null}
   * @param format the ending of files that the URI names, or {@code null}
   */
  PartitionedStore(
      PlaceUri uri,
      Path directory,
      @Nullable String by,
      @Nullable String format,
      StoreOptions options,
      List<FileFormat> formats) {
    this.uri = uri;
    this.directory = directory;
    this.options = options;
    this.formats = formats;
    try {
      PartitionLayout kept = PartitionLayout.read(directory);
      PartitionLayout wanted =
          new PartitionLayout(
              by != null
                  ? List.of(by.split(",", -1))
                  : kept == null ? PartitionLayout.DEFAULT_BY : kept.by(),
              format != null
                  ? format
                  : kept == null ? PartitionLayout.DEFAULT_FORMAT : kept.format());
      if (kept != null && !kept.equals(wanted)) {
        throw new StoreException(
            uri
                + " is partitioned by "
                + String.join(",", kept.by())
                + " into files of "
                + kept.format()
                + ", and not as the URI says; leave ;by= and ;format= away, or transfer it to a"
                + " new directory");
      }
      this.layout = wanted;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private StoreException unreadable(IOException e) {
    return new StoreException(
        "Cannot read " + uri + " (" + e.getClass().getSimpleName() + "); is it readable for you?",
        e);
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    return "directory "
        + uri
        + " of "
        + layout.type().description()
        + " files by "
        + String.join(", ", layout.by());
  }

  @Override
  public Set<StoreCapability> capabilities() {
    Set<StoreCapability> can =
        EnumSet.of(StoreCapability.READ, StoreCapability.RAW, StoreCapability.FILTER_PUSHDOWN);
    if (isOurs()) {
      can.add(StoreCapability.WRITE);
    }
    if (!isOurs() || layout.type().layout() != FileType.Layout.CSV) {
      can.add(StoreCapability.MIXED_KINDS);
    }
    return can;
  }

  private boolean isOurs() {
    return Files.exists(directory.resolve(PartitionLayout.FILE)) || files().isEmpty();
  }

  /** Returns the data files, in the order of their paths. */
  private List<Path> files() {
    if (!Files.exists(directory)) {
      return List.of();
    }
    if (!Files.isDirectory(directory)) {
      throw new StoreException(uri + " is a file; leave the / at its end away");
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths
          .filter(path -> isData(directory.relativize(path)) && Files.isRegularFile(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static boolean isData(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".") || name.toString().startsWith("_")) {
        return false;
      }
    }
    return FileType.isKnown(path.toString());
  }

  private List<Path> files(Filter filter) {
    return files().stream().filter(file -> mayHold(file, filter)).toList();
  }

  /**
   * A tombstone lies where its target was, whatever day it is of; so a span of time says nothing of
   * a partition with tombstones, unless none are asked for.
   */
  private boolean mayHold(Path file, Filter filter) {
    boolean tombstones = filter.kinds().isEmpty() || filter.kinds().contains(RecordKind.TOMBSTONE);
    boolean bounded =
        (filter.since() != null || filter.until() != null)
            && !(tombstones && Files.exists(file.resolveSibling(TOMBSTONES)));
    for (Path name : directory.relativize(file)) {
      if (!PartitionLayout.mayHold(name.toString(), filter, bounded)) {
        return false;
      }
    }
    return true;
  }

  private DataFile dataFile(Path file) {
    FileType type = FileType.of(file.toString(), file.toString());
    return new DataFile(file, type, options, null, formats);
  }

  @Override
  public RecordCursor read(Filter filter) {
    requireThere();
    List<DataFile> files = files(filter).stream().map(this::dataFile).toList();
    return new FileCursor(files, filter, options.quarantine());
  }

  private void requireThere() {
    if (!Files.exists(directory)) {
      throw new StoreException("There is no directory " + uri + "; check the path");
    }
  }

  @Override
  public String explain(Filter filter, Projection projection) {
    requireThere();
    return "read "
        + files(filter).size()
        + " of the "
        + files().size()
        + " files in "
        + uri
        + ", those that networks and times do not rule out; the rest of the filter here";
  }

  @Override
  public long count(Filter filter) {
    return FileStore.count(read(filter));
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    PartitionedWriter open = writer();
    WriteSummary summary = WriteSummary.NONE;
    List<SocialRecord> batch = new ArrayList<>();
    while (records.hasNext()) {
      batch.add(records.next());
      if (batch.size() == options.batchSize()) {
        summary = summary.plus(open.write(batch));
        batch.clear();
      }
    }
    return summary.plus(open.write(batch));
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    return Files.exists(directory) ? writer().delete(keys) : 0;
  }

  private PartitionedWriter writer() {
    PartitionedWriter open = writer;
    if (open == null) {
      if (!isOurs()) {
        throw new UnsupportedCapabilityException(
            uri
                + " has files of other tools and is only read, it does not claim WRITE; write to an"
                + " empty directory");
      }
      open = PartitionedWriter.open(directory, layout, options, files(), this::dataFile);
      writer = open;
    }
    return open;
  }

  @Override
  public void close() {
    PartitionedWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }
}
