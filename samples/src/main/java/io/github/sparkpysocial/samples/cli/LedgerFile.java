package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import java.nio.file.Path;

/** Where the ledger of a store is, unless told otherwise. */
final class LedgerFile {
  static final String DESCRIPTION =
      "The file that keeps what is complete. Default: STORE.ledger.json beside a file,"
          + " sparkpy.ledger.json here for a database.";

  private LedgerFile() {}

  static Path of(PlaceUri store) {
    return Path.of(store.isFile() ? store.location() + ".ledger.json" : "sparkpy.ledger.json");
  }
}
