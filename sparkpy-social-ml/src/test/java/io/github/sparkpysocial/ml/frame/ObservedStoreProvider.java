package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.StoreProvider;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Opens stores of this JVM as {@code observed:name}, as a database opens a table. */
public final class ObservedStoreProvider implements StoreProvider {
  private static final Map<String, ObservedStore.Table> TABLES = new ConcurrentHashMap<>();

  static ObservedStore.Table table(String name) {
    return TABLES.computeIfAbsent(name, unused -> new ObservedStore.Table());
  }

  @Override
  public String scheme() {
    return "observed";
  }

  @Override
  public RecordStore open(PlaceUri uri, StoreOptions options) {
    return new ObservedStore(uri, table(uri.location()), options);
  }
}
