package io.github.sparkpysocial.testkit.contract;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract, kept by files in each further layout and packing. */
class FileLayoutsStoreTest {
  @TempDir Path directory;

  private RecordStore openFile(String name, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(directory + "/" + name), options);
  }

  @Nested
  class JsonArray extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + ".json", options);
    }
  }

  @Nested
  class JsonArrayGzip extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + ".json.gz", options);
    }
  }

  @Nested
  class JsonLinesZstd extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + ".jsonl.zst", options);
    }
  }

  @Nested
  class CsvOfTabsGuarded extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + ".csv;separator=tab", options.withFormulaGuard());
    }
  }

  @Nested
  class DirectoryByNetworkAndDay extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + "/", options);
    }
  }

  @Nested
  class DirectoryOfCsvByMonth extends StoreContract {
    @Override
    protected RecordStore open(String name, StoreOptions options) {
      return openFile(name + "/;by=month;format=csv.gz", options);
    }
  }
}
