package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;

/** Opens stores by the scheme of their URI. */
public interface StoreProvider {

  /**
   * Returns the scheme it serves, in lower case, such as {@code mongodb}. Unique among all
   * providers.
   */
  String scheme();

  /**
   * Opens a store.
   *
   * @throws io.github.sparkpysocial.StoreException if it cannot be reached
   * @throws IllegalArgumentException if the URI lacks a part; the message shows one that has it
   */
  RecordStore open(PlaceUri uri, StoreOptions options);

  /**
   * Returns whether the store that {@link #open} returns is a {@link PartReader} which has more
   * than one part to give. Asks nobody, so that queries can be planned without the place.
   */
  default boolean isReadInParts(PlaceUri uri) {
    return false;
  }
}
