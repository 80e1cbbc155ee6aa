package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordSchema;

/**
 * The version of the {@link RecordSchema} that a store was written with. A store keeps it beside
 * its data and checks it when it is opened: an older one is migrated, a newer one refused.
 */
public final class SchemaVersion {
  private SchemaVersion() {}

  /**
   * Refuses data of a newer schema than this library knows.
   *
   * @param place the place, without secrets
   * @param found the version that the store has
   * @return whether it is older, so that it must be migrated before it is written
   * @throws StoreException if it is newer, or no version at all
   */
  public static boolean isOlder(String place, int found) {
    if (found > RecordSchema.VERSION) {
      throw new StoreException(
          place
              + " has schema version "
              + found
              + ", and this library knows versions up to "
              + RecordSchema.VERSION
              + "; use a newer sparkpy-social");
    }
    if (found < 1) {
      throw new StoreException(
          place + " has schema version " + found + ", which never was; was it written by hand?");
    }
    return found < RecordSchema.VERSION;
  }
}
