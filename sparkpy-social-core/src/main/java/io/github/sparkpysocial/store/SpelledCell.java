package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonParser;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.io.IOException;

/** Writes values of a {@link SpelledLine} as cells of CSV, without reading them. */
final class SpelledCell {
  private SpelledCell() {}

  /**
   * Writes a value as {@link CsvEncoder} writes it.
   *
   * @return whether a CSV file can hold it; if not, what was written is to be taken back
   */
  static boolean write(SpelledLine line, int column, boolean guard, RowBuffer out)
      throws IOException {
    ColumnType type = RecordSchema.of(line.kind()).columns().get(column).type();
    int from = line.from(column);
    int to = line.to(column);
    byte[] bytes = line.bytes();
    switch (type) {
      case LONG, DOUBLE, BOOLEAN, TIMESTAMP -> out.write(bytes, from, to - from);
      case STRING_LIST, STRUCT_LIST -> list(bytes, from, to, out);
      case STRING -> {
        return text(bytes, from, to, guard, out);
      }
    }
    return true;
  }

  /** JSON begins with a bracket, and no spreadsheet runs that. */
  private static void list(byte[] bytes, int from, int to, RowBuffer out) {
    out.write('"');
    int written = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"') {
        out.write(bytes, written, i + 1 - written);
        out.write('"');
        written = i + 1;
      }
    }
    out.write(bytes, written, to - written);
    out.write('"');
  }

  /** Writes a text, given with its quotes. */
  private static boolean text(byte[] bytes, int from, int to, boolean guard, RowBuffer out)
      throws IOException {
    if (mayBeFormula(bytes[from + 1], guard)) {
      return readText(bytes, from, to, guard, out);
    }
    int last = to - 1;
    int written = from;
    for (int at = from + 1; at < last; ) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      out.write(bytes, written, at - written);
      byte letter = bytes[at + 1];
      if (letter == 'u') {
        int character = Spelling.escaped(bytes, at);
        if (character == 0) {
          return false;
        }
        out.character((char) character);
        at += 6;
      } else {
        unescaped(letter, out);
        at += 2;
      }
      written = at;
    }
    out.write(bytes, written, to - written);
    return true;
  }

  private static void unescaped(byte letter, RowBuffer out) {
    switch (letter) {
      case 'b' -> out.write('\b');
      case 'f' -> out.write('\f');
      case 'n' -> out.write('\n');
      case 'r' -> out.write('\r');
      case 't' -> out.write('\t');
      case '"' -> {
        out.write('"');
        out.write('"');
      }
      default -> out.write(letter);
    }
  }

  /** Returns whether a text that begins so may need a guard; most do not. */
  private static boolean mayBeFormula(byte first, boolean guard) {
    return first == '\''
        || (guard && (first < '0' || first == '=' || first == '@' || first == '\\'));
  }

  private static boolean readText(byte[] bytes, int from, int to, boolean guard, RowBuffer out)
      throws IOException {
    try (JsonParser json = RecordJson.FACTORY.createParser(bytes, from, to - from)) {
      json.nextToken();
      String text = json.getText();
      if (text.indexOf('\0') >= 0) {
        return false;
      }
      RecordCsv.quote(text, guard, out);
      return true;
    }
  }
}
