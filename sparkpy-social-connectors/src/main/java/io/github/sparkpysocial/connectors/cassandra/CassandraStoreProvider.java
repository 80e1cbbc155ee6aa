package io.github.sparkpysocial.connectors.cassandra;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.StoreProvider;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;

/**
 * Opens tables of Cassandra 5 as stores: {@code cassandra://user@host:port/keyspace::table},
 * several hosts separated by commas, {@code ?dc=NAME} before the {@code ::} for the data centre,
 * which otherwise is that of the hosts. A user without a password gets that of the environment
 * variable {@code CASSANDRA_PASSWORD}.
 *
 * <p>A record is one row of the table, made if it is not there. Its partition is {@code (network,
 * day)}, with the day of its {@linkplain io.github.sparkpysocial.model.RecordSchema#time time} in
 * UTC, {@code none} without one; in it rows are ordered by {@code happened_at}, newest first, then
 * {@code record_key}. {@code content} is the {@linkplain io.github.sparkpysocial.spi.Fingerprint
 * fingerprint} by which a write tells what has changed: a row without it is not finished, and is to
 * be passed over. The other columns are those of the {@link
 * io.github.sparkpysocial.model.RecordSchema}; times are to the millisecond, lists are JSON texts.
 * The companion table {@code TABLE_keys} says where the row of each key is, and what is deleted.
 */
public final class CassandraStoreProvider implements StoreProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public CassandraStoreProvider() {}

  @Override
  public String scheme() {
    return "cassandra";
  }

  @Override
  public RecordStore open(PlaceUri uri, StoreOptions options) {
    try {
      return CassandraStore.open(uri, options, System.getenv("CASSANDRA_PASSWORD"));
    } catch (NoClassDefFoundError e) {
      throw new StoreException(
          "The store "
              + uri
              + " needs org.apache.cassandra:java-driver-core-shaded on the class path",
          e);
    }
  }

  @Override
  public boolean isReadInParts(PlaceUri uri) {
    return true;
  }
}
