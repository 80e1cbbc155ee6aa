package io.github.sparkpysocial.testkit.contract;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesStoreTest extends StoreContract {
  @TempDir Path directory;

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(directory.resolve(name + ".jsonl").toString()), options);
  }
}
