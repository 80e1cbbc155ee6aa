package io.github.sparkpysocial.store;

import java.util.Locale;

/** What the ending of a file's name says about it. */
record FileType(Layout layout, Compression compression) {
  static final String ENDINGS =
      ".csv, .json, .jsonl, .ndjson, and each of them with .gz or .zst after it";

  enum Layout {
    /** One object a line. */
    JSON_LINES("JSON Lines"),
    /** An array of objects; objects one after the other are read, too. */
    JSON("JSON"),
    CSV("CSV");

    private final String label;

    Layout(String label) {
      this.label = label;
    }
  }

  /**
   * Reads the ending.
   *
   * @throws IllegalArgumentException if it is none that is known
   */
  static FileType of(String fileName, String place) {
    String name = fileName.toLowerCase(Locale.ROOT);
    Compression compression = Compression.NONE;
    for (Compression each : Compression.values()) {
      if (each != Compression.NONE && name.endsWith(each.ending())) {
        compression = each;
        name = name.substring(0, name.length() - each.ending().length());
      }
    }
    if (name.endsWith(".csv")) {
      return new FileType(Layout.CSV, compression);
    }
    if (name.endsWith(".json")) {
      return new FileType(Layout.JSON, compression);
    }
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return new FileType(Layout.JSON_LINES, compression);
    }
    throw new IllegalArgumentException(
        "The ending of " + place + " says no format; known endings are " + ENDINGS);
  }

  /** Returns whether a file's name has an ending that is known. */
  static boolean isKnown(String fileName) {
    try {
      of(fileName, fileName);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  String description() {
    return layout.label + (compression == Compression.NONE ? "" : ", " + compression.label());
  }
}
