package io.github.sparkpysocial.connectors.mongodb;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract against a real server: {@code SPARKPY_MONGODB_URI} is its address, such as {@code
 * mongodb://localhost:27017}. The database {@code sparkpy_contract} is emptied there.
 */
@EnabledIfEnvironmentVariable(
    named = "SPARKPY_MONGODB_URI",
    matches = "mongodb://.+",
    disabledReason = "not run: SPARKPY_MONGODB_URI names no real MongoDB server")
class MongoStoreIT extends StoreContract {
  private static final String DATABASE = "sparkpy_contract";
  private final String server = System.getenv("SPARKPY_MONGODB_URI").replaceAll("/+$", "");
  private final Set<String> emptied = new HashSet<>();

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    if (emptied.add(name)) {
      try (MongoClient client = MongoClients.create(server)) {
        client.getDatabase(DATABASE).getCollection(name).drop();
      }
    }
    return Places.openStore(PlaceUri.parse(server + "/" + DATABASE + "::" + name), options);
  }
}
