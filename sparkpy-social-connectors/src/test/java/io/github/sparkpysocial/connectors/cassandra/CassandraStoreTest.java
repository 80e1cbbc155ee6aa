package io.github.sparkpysocial.connectors.cassandra;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import io.github.sparkpysocial.testkit.server.CassandraServer;

/** The contract on a real server. */
class CassandraStoreTest extends StoreContract {
  private static final CassandraServer SERVER = CassandraServer.shared();

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(SERVER.uri("contract", name)), options);
  }
}
