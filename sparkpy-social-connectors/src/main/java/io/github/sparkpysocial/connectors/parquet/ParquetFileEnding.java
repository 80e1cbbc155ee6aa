package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileEnding;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.parquet.filter2.compat.FilterCompat;

/**
 * Opens Parquet by its path: {@code posts.parquet}. What is written is a directory of that name
 * with files {@code part-000001.parquet} and so on, as Spark and others read and write directories.
 *
 * <p>A record is one row. {@code record_key} is its {@linkplain
 * io.github.sparkpysocial.model.RecordKey#toString() key}, {@code content} the {@linkplain
 * io.github.sparkpysocial.spi.Fingerprint fingerprint} by which a write tells what has changed, and
 * the other columns are those of {@linkplain io.github.sparkpysocial.model.RecordSchema#union all
 * kinds}; times are in UTC, to the microsecond.
 *
 * <p>Read, and not written, are also directories and files of other tools, in subdirectories such
 * as {@code network=x}, too: frames that Spark has written, raw answers in a {@link
 * io.github.sparkpysocial.spi.FileFormat} on the class path, and whatever has an id and a text.
 */
public final class ParquetFileEnding implements FileEnding {

  /** Called by {@link java.util.ServiceLoader}. */
  public ParquetFileEnding() {}

  @Override
  public String ending() {
    return ".parquet";
  }

  @Override
  public RecordStore open(PlaceUri uri, Path path, StoreOptions options) {
    return withParquet(
        uri, () -> ParquetStore.of(uri, path, options, new FileSteps(), Limits.USUAL));
  }

  @Override
  public RecordStore openAll(PlaceUri uri, List<Path> files, StoreOptions options) {
    return withParquet(uri, () -> ParquetStore.ofAll(uri, files, options));
  }

  private static RecordStore withParquet(PlaceUri uri, Supplier<RecordStore> opener) {
    try {
      Objects.requireNonNull(PartFile.options(FilterCompat.NOOP)); // names classes of both
      return opener.get();
    } catch (NoClassDefFoundError e) {
      throw new StoreException(
          "The store "
              + uri
              + " needs org.apache.parquet:parquet-hadoop and org.apache.hadoop:hadoop-client-api"
              + " on the class path",
          e);
    }
  }
}
