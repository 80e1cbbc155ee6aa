package io.github.sparkpysocial.store;

import java.util.Locale;

/** What the ending of a file's name says about it. */
record FileType(Layout layout, boolean gzip) {
  static final String ENDINGS = ".csv, .json, .jsonl, .ndjson, and each of them with .gz after it";

  enum Layout {
    JSON,
    CSV
  }

  /**
   * Reads the ending.
   *
   * @throws IllegalArgumentException if it is none that is known
   */
  static FileType of(String fileName, String place) {
    String name = fileName.toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(".gz");
    String inner = gzip ? name.substring(0, name.length() - 3) : name;
    if (inner.endsWith(".csv")) {
      return new FileType(Layout.CSV, gzip);
    }
    if (inner.endsWith(".json") || inner.endsWith(".jsonl") || inner.endsWith(".ndjson")) {
      return new FileType(Layout.JSON, gzip);
    }
    throw new IllegalArgumentException(
        "The ending of " + place + " says no format; known endings are " + ENDINGS);
  }

  String description() {
    return (layout == Layout.CSV ? "CSV" : "JSON Lines") + (gzip ? ", gzip" : "");
  }
}
