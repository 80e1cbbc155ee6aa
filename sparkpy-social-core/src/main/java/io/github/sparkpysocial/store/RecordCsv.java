package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records as rows of CSV (RFC 4180): the columns of the {@link RecordSchema} of one kind, then
 * those of a tombstone that it lacks, so that a file keeps one kind of record and the deletions of
 * that kind. Lists are JSON. Texts are quoted and what is unknown is an empty cell without quotes,
 * so that an empty text is told from an unknown one.
 *
 * <p>A text that a spreadsheet would run as a formula gets an apostrophe before it, if that is
 * wanted. A text that looks as if it were guarded always gets one more; so a reader takes one away
 * wherever apostrophes stand before the beginning of a formula, and is always right.
 */
final class RecordCsv {
  private static final char GUARD = '\'';

  /**
   * What a cell begins with that a spreadsheet may run: the list of OWASP's page on CSV injection,
   * https://owasp.org/www-community/attacks/CSV_Injection, with the line feed and the full-width
   * forms of the signs, which some spreadsheets take for them.
   */
  private static final String FORMULA_BEGINS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private RecordCsv() {}

  /** Returns the columns of a file that keeps this kind, in order. */
  static List<String> columns(RecordKind kind) {
    List<String> names = new ArrayList<>();
    RecordSchema.of(kind).columns().forEach(column -> names.add(column.name()));
    for (Column column : RecordSchema.of(RecordKind.TOMBSTONE).columns()) {
      if (!names.contains(column.name())) {
        names.add(column.name());
      }
    }
    return names;
  }

  /** Returns whether these are the first columns of a header of ours, the last perhaps cut. */
  static boolean isTornHeader(List<String> found) {
    int last = found.size() - 1;
    if (last < 0) {
      return false;
    }
    for (RecordKind kind : RecordKind.values()) {
      List<String> columns = columns(kind);
      if (found.size() <= columns.size()
          && found.subList(0, last).equals(columns.subList(0, last))
          && columns.get(last).startsWith(found.get(last))) {
        return true;
      }
    }
    return false;
  }

  /** Returns the header line. */
  static byte[] header(List<String> columns, char separator) {
    return (String.join(String.valueOf(separator), columns) + '\n')
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes a text in quotes.
   *
   * @param guard whether a spreadsheet is kept from running it as a formula
   */
  static void quote(String text, boolean guard, RowBuffer out) {
    out.write('"');
    if (isFormula(text, guard)) {
      out.write(GUARD);
    }
    out.doublingQuotes(text);
    out.write('"');
  }

  /**
   * Returns whether an apostrophe goes before a text: if it begins as a formula does, or with
   * apostrophes and then so, for these would be taken for guards. Hence every reader gets back what
   * was written, and need not know whether it was guarded.
   */
  private static boolean isFormula(String text, boolean guard) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == GUARD) {
      at++;
    }
    return at < text.length() && (guard || at > 0) && FORMULA_BEGINS.indexOf(text.charAt(at)) >= 0;
  }

  /** Returns the text of a cell without its guard. */
  static String unguarded(String cell) {
    return !cell.isEmpty() && cell.charAt(0) == GUARD && isFormula(cell, false)
        ? cell.substring(1)
        : cell;
  }

  /**
   * Returns the value of a cell, or {@code null} if it is unknown.
   *
   * @param quoted whether quotes stood around it
   */
  static @Nullable Object value(
      String cell, boolean quoted, Column column, List<String> unknownFields)
      throws BadItemException {
    if (cell.isEmpty()) {
      boolean text = column.type() == RecordSchema.ColumnType.STRING;
      return text && (quoted || column.required()) ? "" : null;
    }
    return switch (column.type()) {
      case STRING -> cell;
      case LONG -> whole(cell, column);
      case DOUBLE -> real(cell, column);
      case BOOLEAN -> flag(cell, column);
      case TIMESTAMP -> RecordJson.instant(cell, column);
      case STRING_LIST, STRUCT_LIST -> RecordJson.list(cell, column, unknownFields);
    };
  }

  private static Long whole(String cell, Column column) throws BadItemException {
    try {
      return Long.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new BadItemException(column.name(), "must be a whole number of at most 64 bits");
    }
  }

  private static Double real(String cell, Column column) throws BadItemException {
    try {
      return Double.valueOf(cell);
    } catch (NumberFormatException e) {
      throw new BadItemException(column.name(), "must be a number");
    }
  }

  private static Boolean flag(String cell, Column column) throws BadItemException {
    if (cell.equalsIgnoreCase("true")) {
      return true;
    }
    if (cell.equalsIgnoreCase("false")) {
      return false;
    }
    throw new BadItemException(column.name(), "must be true or false");
  }
}
