package io.github.sparkpysocial.store;

import java.util.Map;

/** What may separate the columns of a CSV file. */
final class CsvSeparators {
  private static final Map<String, Character> NAMES =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|', "space", ' ');

  /** What a number or a column's name is made of, and what else has a meaning of its own. */
  private static final String NOT_ALLOWED = "\"'+-._\r\n\0";

  private CsvSeparators() {}

  /**
   * Reads a separator as it stands in a URI.
   *
   * @throws IllegalArgumentException if it is neither a name nor one character
   */
  static char parse(String text) {
    Character named = NAMES.get(text);
    if (named != null) {
      return named;
    }
    if (text.length() != 1) {
      throw new IllegalArgumentException(
          "'" + text + "' is no separator; use comma, semicolon, tab, pipe or one character");
    }
    return text.charAt(0);
  }

  /**
   * Refuses what cannot separate.
   *
   * @throws IllegalArgumentException if it is not ASCII, or a part of numbers and names
   */
  static void require(char separator) {
    if (separator > 0x7E
        || Character.isLetterOrDigit(separator)
        || NOT_ALLOWED.indexOf(separator) >= 0) {
      throw new IllegalArgumentException(
          "The character U+%04X cannot separate columns; use a comma, semicolon, tab or pipe"
              .formatted((int) separator));
    }
  }
}
