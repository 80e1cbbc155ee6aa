package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a figure as rows of text, for readers who do not see the picture and for download.
 *
 * @param columns the head of each column
 * @param rows one text per column in each row
 */
public record TableData(List<Column> columns, List<List<String>> rows) {

  /**
   * The head of a column.
   *
   * @param name what stands above it
   * @param numeric whether it holds numbers
   */
  public record Column(String name, boolean numeric) {}

  public TableData {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Returns the data of a figure. */
  static TableData of(Figure figure) {
    return figure instanceof WordCloud cloud
        ? CloudPart.table(cloud)
        : Drawings.of(figure).table(figure);
  }

  /** Collects a table; not thread-safe. */
  static final class Builder {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds columns of text. */
    Builder text(String... names) {
      for (String name : names) {
        columns.add(new Column(label(name), false));
      }
      return this;
    }

    /** Adds columns of numbers. */
    Builder number(String... names) {
      for (String name : names) {
        columns.add(new Column(label(name), true));
      }
      return this;
    }

    /** Adds a row, a text for each column. */
    void row(String... cells) {
      rows.add(List.of(cells));
    }

    TableData build() {
      return new TableData(columns, rows);
    }
  }

  static Builder builder() {
    return new Builder();
  }

  /** Returns a name as it is shown, empty if there is none. */
  static String label(@Nullable String text) {
    return text == null ? "" : Texts.shorten(text, Texts.LABEL);
  }

  /** Returns a number as programs read it. */
  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /** Returns the rows as the page's script reads them for download. */
  ObjectNode json() {
    ObjectNode json = Json.object();
    ArrayNode head = json.putArray("columns");
    ArrayNode numeric = json.putArray("numeric");
    for (Column column : columns) {
      head.add(column.name());
      numeric.add(column.numeric());
    }
    ArrayNode all = json.putArray("rows");
    for (List<String> row : rows) {
      ArrayNode cells = all.addArray();
      row.forEach(cells::add);
    }
    return json;
  }
}
