package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract over real files. */
class ParquetStoreTest extends StoreContract {
  @TempDir static Path directory;

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(
        PlaceUri.parse(directory.resolve(name + ".parquet").toString()), options);
  }
}
