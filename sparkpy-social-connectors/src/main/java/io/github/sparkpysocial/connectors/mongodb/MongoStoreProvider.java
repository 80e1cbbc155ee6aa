package io.github.sparkpysocial.connectors.mongodb;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.StoreProvider;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;

/**
 * Opens collections of MongoDB as stores: {@code mongodb://user@host:port/database::collection},
 * with the options of a <a
 * href="https://www.mongodb.com/docs/manual/reference/connection-string/">connection string</a>
 * before the {@code ::}. A user without a password gets that of the environment variable {@code
 * MONGODB_PASSWORD}.
 *
 * <p>A record is one document. {@code _id} is its {@linkplain
 * io.github.sparkpysocial.model.RecordKey#toString() key}, {@code _content} the {@linkplain
 * io.github.sparkpysocial.spi.Fingerprint fingerprint} by which a write tells what has changed, and
 * the other fields are the columns of the {@link io.github.sparkpysocial.model.RecordSchema}; times
 * are dates, to the millisecond. Documents of other tools in the same collection are read, too: raw
 * answers in a {@link io.github.sparkpysocial.spi.FileFormat} on the class path, such as tweets of
 * X, and whatever has an id and a text. The version of the schema is kept in the collection {@code
 * sparkpy_schema} of the same database.
 */
public final class MongoStoreProvider implements StoreProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public MongoStoreProvider() {}

  @Override
  public String scheme() {
    return "mongodb";
  }

  @Override
  public RecordStore open(PlaceUri uri, StoreOptions options) {
    try {
      return MongoStore.open(uri, options, System.getenv("MONGODB_PASSWORD"));
    } catch (NoClassDefFoundError e) {
      throw new StoreException(
          "The store " + uri + " needs org.mongodb:mongodb-driver-sync on the class path", e);
    }
  }
}
