package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

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
    List<Column> columns = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    if (figure instanceof BarChart chart) {
      text(columns, "Name", "Group");
      numbers(columns, chart.unit().isEmpty() ? "Value" : chart.unit());
      for (Bar bar : chart.bars()) {
        rows.add(
            List.of(
                label(bar.label()),
                label(Objects.requireNonNullElse(bar.group(), "")),
                plain(bar.value())));
      }
    } else if (figure instanceof TimeSeries chart) {
      text(columns, "Series", "Time");
      numbers(columns, chart.unit().isEmpty() ? "Value" : chart.unit());
      for (Series series : chart.series()) {
        for (Series.Point point : series.points()) {
          Double value = point.value();
          rows.add(
              List.of(
                  label(series.name()),
                  point.time().toString(),
                  value == null ? "" : plain(value)));
        }
      }
    } else if (figure instanceof ScatterChart chart) {
      text(columns, "Label", "Group");
      numbers(
          columns,
          chart.xName().isEmpty() ? "x" : chart.xName(),
          chart.yName().isEmpty() ? "y" : chart.yName());
      for (ScatterChart.Point point : chart.points()) {
        rows.add(
            List.of(
                Texts.shorten(point.label(), Texts.QUOTE),
                label(Objects.requireNonNullElse(point.group(), "")),
                plain(point.x()),
                plain(point.y())));
      }
    } else if (figure instanceof WorldMap map) {
      text(columns, "Who", "What", "When", "Place", "How exact");
      numbers(columns, "Latitude", "Longitude");
      for (MapPoint point : map.points()) {
        rows.add(
            List.of(
                label(point.author()),
                Texts.shorten(point.text(), Texts.QUOTE),
                point.time() == null ? "" : point.time().toString(),
                label(Objects.requireNonNullElse(point.placeName(), "")),
                ChartOptions.precision(point.precision()),
                plain(point.point().latitude()),
                plain(point.point().longitude())));
      }
    } else if (figure instanceof WordCloud cloud) {
      text(columns, "Term", "Group");
      numbers(columns, "Count", "Weight");
      cloud.terms().stream()
          .sorted(Comparator.comparingDouble(WeightedTerm::weight).reversed())
          .forEach(
              term ->
                  rows.add(
                      List.of(
                          Texts.shorten(term.text(), Texts.QUOTE),
                          label(Objects.requireNonNullElse(term.group(), "")),
                          term.count() == null ? "" : term.count().toString(),
                          plain(term.weight()))));
    }
    return new TableData(columns, rows);
  }

  private static void text(List<Column> columns, String... names) {
    for (String name : names) {
      columns.add(new Column(name, false));
    }
  }

  private static void numbers(List<Column> columns, String... names) {
    for (String name : names) {
      columns.add(new Column(label(name), true));
    }
  }

  private static String label(String text) {
    return Texts.shorten(text, Texts.LABEL);
  }

  private static String plain(double value) {
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
