package io.github.sparkpysocial.ml.explore;

import io.github.sparkpysocial.spi.WellFormed;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as an HTML table in which no text can become markup or leave its cell. */
final class HtmlTable {
  /** Each cell orders its own text, so that no right-to-left mark reaches the next one. */
  private static final String STYLE =
      ".sparkpy{border-collapse:collapse;font:13px/1.4 system-ui,sans-serif}"
          + ".sparkpy th,.sparkpy td{border:1px solid #ccc;padding:2px 6px;text-align:start;"
          + "vertical-align:top;max-width:32em;overflow:hidden;overflow-wrap:anywhere;"
          + "white-space:pre-wrap;unicode-bidi:isolate}"
          + ".sparkpy th{background:#f2f2f2;color:#111}"
          + ".sparkpy i{color:#777}";

  private HtmlTable() {}

  static String of(String[] columns, List<Row> rows, boolean more, int characters) {
    List<Integer> shown = new ArrayList<>();
    StringJoiner empty = new StringJoiner(", ");
    for (int i = 0; i < columns.length; i++) {
      int column = i;
      if (rows.isEmpty() || rows.stream().anyMatch(row -> !text(row.get(column)).isEmpty())) {
        shown.add(i);
      } else {
        empty.add(cell(columns[i], characters));
      }
    }
    StringBuilder html = new StringBuilder("<style>").append(STYLE).append("</style>\n");
    html.append("<table class=\"sparkpy\">\n<thead><tr>");
    for (int i : shown) {
      html.append("<th scope=\"col\">").append(cell(columns[i], characters)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (Row row : rows) {
      html.append("<tr>");
      for (int i : shown) {
        html.append("<td dir=\"auto\">").append(cell(text(row.get(i)), characters));
        html.append("</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n<caption style=\"caption-side:bottom;text-align:start\"><i>");
    html.append(more ? "The first " + rows.size() + " rows." : rows.size() + " rows, all.");
    if (empty.length() > 0) {
      html.append(" Without a value here: ").append(empty).append('.');
    }
    return html.append("</i></caption>\n</table>\n").toString();
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Timestamp time) {
      return DateTimeUtils.microsToInstant(DateTimeUtils.fromJavaTimestamp(time)).toString();
    }
    if (value instanceof Seq<?> list) {
      StringJoiner elements = new StringJoiner(", ");
      CollectionConverters.asJava(list).forEach(element -> elements.add(text(element)));
      return elements.toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      StringJoiner entries = new StringJoiner(", ");
      CollectionConverters.asJava(map).forEach((k, v) -> entries.add(text(k) + ": " + text(v)));
      return entries.toString();
    }
    if (value instanceof Row row) {
      StringJoiner fields = new StringJoiner(", ", "{", "}");
      String[] names = row.schema().fieldNames();
      for (int i = 0; i < names.length; i++) {
        if (!row.isNullAt(i)) {
          fields.add(names[i] + ": " + text(row.get(i)));
        }
      }
      return fields.toString();
    }
    if (value instanceof byte[] bytes) {
      return bytes.length + " bytes";
    }
    return value instanceof Date ? value.toString() : String.valueOf(value);
  }

  /** Cuts, then escapes. Characters that HTML forbids are spelled out. */
  static String cell(String text, int characters) {
    String whole = WellFormed.text(text);
    int length = whole.codePointCount(0, whole.length());
    String shown =
        length > characters ? whole.substring(0, whole.offsetByCodePoints(0, characters)) : whole;
    StringBuilder html = new StringBuilder(shown.length() + 16);
    shown
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                  if (isForbidden(c)) {
                    html.append(String.format(Locale.ROOT, "\\u%04x", c));
                  } else {
                    html.appendCodePoint(c);
                  }
                }
              }
            });
    if (length > characters) {
      html.append(String.format(Locale.ROOT, "<i>… of %,d</i>", length));
    }
    return html.toString();
  }

  private static boolean isForbidden(int c) {
    return (Character.isISOControl(c) && c != '\n' && c != '\t')
        || (c & 0xFFFE) == 0xFFFE
        || (c >= 0xFDD0 && c <= 0xFDEF);
  }
}
