package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens files, or directories that stand for one, by the ending of their name, where the files are
 * neither CSV nor JSON. Thread-safe.
 */
public interface FileEnding {

  /**
   * Returns the ending it serves, in lower case and with its dot, such as {@code .parquet}. Unique
   * among all endings.
   */
  String ending();

  /**
   * Opens one place.
   *
   * @param uri the place as it was named, for messages and {@linkplain PlaceUri#options() options}
   * @param path the same as a path; nothing need be there yet
   * @throws io.github.sparkpysocial.StoreException if it cannot be opened
   */
  RecordStore open(PlaceUri uri, Path path, StoreOptions options);

  /**
   * Opens the files that match a pattern as one store, to be read.
   *
   * @param uri the pattern
   * @param files at least one file, in the order of their paths; a later one is newer
   * @throws io.github.sparkpysocial.StoreException if one cannot be opened
   */
  RecordStore openAll(PlaceUri uri, List<Path> files, StoreOptions options);
}
