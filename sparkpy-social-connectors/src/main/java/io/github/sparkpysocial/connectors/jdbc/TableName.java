package io.github.sparkpysocial.connectors.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table as it is, not quoted.
 *
 * @param schema where it is, or {@code null} for where the connection looks first
 */
record TableName(@Nullable String schema, String name) {

  /**
   * Reads {@code table} or {@code schema.table}; a part with a dot stands in double quotes, with
   * each quote of its own doubled.
   *
   * @throws IllegalArgumentException if there are more parts, or an empty one
   */
  static TableName parse(String text) {
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (at <= text.length()) {
      StringBuilder part = new StringBuilder();
      if (text.startsWith("\"", at)) {
        at = unquote(text, at, part);
      } else {
        int dot = text.indexOf('.', at);
        int end = dot < 0 ? text.length() : dot;
        part.append(text, at, end);
        at = end;
      }
      if (part.isEmpty() || (at < text.length() && text.charAt(at) != '.')) {
        throw malformed();
      }
      parts.add(part.toString());
      at++;
    }
    if (parts.size() > 2) {
      throw malformed();
    }
    return parts.size() == 1
        ? new TableName(null, parts.get(0))
        : new TableName(parts.get(0), parts.get(1));
  }

  private static int unquote(String text, int start, StringBuilder part) {
    for (int at = start + 1; at < text.length(); at++) {
      if (text.charAt(at) != '"') {
        part.append(text.charAt(at));
      } else if (text.startsWith("\"\"", at)) {
        part.append('"');
        at++;
      } else {
        return at + 1;
      }
    }
    throw malformed();
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "names no table: write it as table or schema.table, and a name with a dot in double"
            + " quotes");
  }

  /** Returns the name of another table beside this one. */
  TableName beside(String other) {
    return new TableName(schema, other);
  }
}
