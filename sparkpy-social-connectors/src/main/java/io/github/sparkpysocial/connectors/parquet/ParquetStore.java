package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.connectors.parquet.ParquetCursor.Repetitions;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory of Parquet files as a store, or a file, or several. Reading needs nothing but them;
 * the first write locks the directory and builds an index, both kept until the store is closed.
 */
final class ParquetStore implements RecordStore {
  private final PlaceUri uri;
  private final @Nullable Path place;
  private final List<Path> files;
  private final StoreOptions options;
  private final FileSteps steps;
  private final Limits limits;
  private @Nullable ParquetSession session;

  private ParquetStore(
      PlaceUri uri,
      @Nullable Path place,
      List<Path> files,
      StoreOptions options,
      FileSteps steps,
      Limits limits) {
    this.uri = uri;
    this.place = place;
    this.files = List.copyOf(files);
    this.options = options;
    this.steps = steps;
    this.limits = limits;
  }

  /** Opens a directory, which need not be there yet, or a file. */
  static ParquetStore of(
      PlaceUri uri, Path place, StoreOptions options, FileSteps steps, Limits limits) {
    return new ParquetStore(uri, place, List.of(), options, steps, limits);
  }

  /** Opens several files, to be read. */
  static ParquetStore ofAll(PlaceUri uri, List<Path> files, StoreOptions options) {
    return new ParquetStore(uri, null, files, options, new FileSteps(), Limits.USUAL);
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    return place == null ? files.size() + " files (Parquet) " + uri : "Parquet " + uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    Set<StoreCapability> all = EnumSet.allOf(StoreCapability.class);
    if (!isWritable()) {
      all.remove(StoreCapability.WRITE);
    }
    return all;
  }

  /** Returns whether nothing is there yet, or a directory of ours. */
  private boolean isWritable() {
    Path directory = place;
    if (directory == null || Files.isRegularFile(directory)) {
      return false;
    }
    if (!Files.exists(directory)) {
      return true;
    }
    try (PartDirectory content = PartDirectory.of(directory)) {
      return content.isOurs();
    } catch (IOException e) {
      throw LiveRows.unreadable(uri.toString(), e);
    }
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    return session().write(records);
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    return place == null || Files.exists(place) ? session().delete(keys) : 0;
  }

  private ParquetSession session() {
    ParquetSession open = session;
    if (open == null) {
      Path directory = place;
      if (directory == null || !isWritable()) {
        throw new UnsupportedCapabilityException(
            uri
                + " is only read, it does not claim WRITE: "
                + (directory == null
                    ? "it names several files"
                    : Files.isRegularFile(directory)
                        ? "it is a single file, and a place that is written is a directory"
                        : "another tool has written to it")
                + "; transfer it to a new .parquet place and write there");
      }
      open = ParquetSession.open(directory, options, steps, limits);
      session = open;
    }
    return open;
  }

  private PartDirectory opened() throws IOException {
    if (place != null) {
      return PartDirectory.opened(place);
    }
    List<PartFile> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(PartFile.of(file, Map.of()));
    }
    return new PartDirectory(parts, List.of());
  }

  @Override
  public RecordCursor read(Filter filter) {
    return read(filter, Projection.ALL);
  }

  @Override
  public RecordCursor read(Filter filter, Projection projection) {
    try {
      PartDirectory content = opened();
      boolean given = false;
      try {
        RecordCursor cursor = read(content, filter, projection);
        given = true;
        return cursor;
      } finally {
        if (!given) {
          content.close();
        }
      }
    } catch (IOException e) {
      throw LiveRows.unreadable(uri.toString(), e);
    }
  }

  private RecordCursor read(PartDirectory content, Filter filter, Projection projection)
      throws IOException {
    Set<String> columns = new LinkedHashSet<>();
    boolean canonical = true;
    boolean ours = place != null || content.parts().size() == 1;
    for (PartFile part : content.parts()) {
      Set<String> names = new LinkedHashSet<>(part.partition().keySet());
      part.schema().getFields().forEach(field -> names.add(field.getName()));
      columns.addAll(names);
      canonical &= RowDecoder.isCanonical(names);
      ours &= part.isOurs();
      if (part.isOurs()) {
        part.isOlder(); // refuses a newer one
      }
    }
    if (content.parts().isEmpty()) {
      columns.addAll(List.of("record", "network", "id"));
    }
    Repetitions repetitions = Repetitions.NONE;
    if (!ours) {
      Projection keys = canonical ? Projection.of() : Projection.ALL;
      repetitions =
          Repetitions.of(
              new LiveRows(opened(), RowDecoder.columns(keys), new RowFilter(Filter.ALL)),
              new RowDecoder(columns, keys, options, uri.toString()));
    }
    boolean filtersRows = canonical && !repetitions.any();
    return new ParquetCursor(
        new LiveRows(
            content,
            canonical ? RowDecoder.columns(projection) : null,
            new RowFilter(filtersRows ? filter : Filter.ALL)),
        new RowDecoder(columns, canonical ? projection : Projection.ALL, options, uri.toString()),
        filtersRows ? Filter.ALL : filter,
        canonical ? Projection.ALL : projection,
        options.quarantine(),
        uri.toString(),
        repetitions);
  }

  @Override
  public long count(Filter filter) {
    try (PartDirectory content = opened()) {
      if (place != null && content.isOurs()) {
        return countOurs(content, new RowFilter(filter));
      }
    } catch (IOException e) {
      throw LiveRows.unreadable(uri.toString(), e);
    }
    try (RecordCursor cursor = read(filter)) {
      long count = 0;
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
      return count;
    }
  }

  private static long countOurs(PartDirectory content, RowFilter filter) throws IOException {
    long count = 0;
    if (content.deltas().isEmpty() && filter.isAll()) {
      for (PartFile part : content.parts()) {
        count += part.rows();
      }
      return count;
    }
    try (LiveRows rows = new LiveRows(content, Set.of(), filter)) {
      while (rows.next() != null) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    ParquetSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }
}
