package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Lines over time, broken where nothing is known. */
final class TimeDrawing extends Drawing<TimeSeries> {
  private static final int FEW_POINTS = 80;
  private static final List<String> DASHES = List.of("solid", "dashed", "dotted");

  TimeDrawing() {
    super(TimeSeries.class, "time");
  }

  @Override
  boolean isEmpty(TimeSeries chart) {
    return isEmpty(chart.series());
  }

  /** Returns whether no series has a value. */
  static boolean isEmpty(List<Series> series) {
    return series.stream()
        .allMatch(one -> one.points().stream().allMatch(point -> point.value() == null));
  }

  @Override
  void draw(TimeSeries chart, Frame frame) {
    ObjectNode option = frame.option();
    int top = frame.top();
    boolean legend = chart.series().size() > 1;
    frame.grid(top + (legend ? 60 : 24), 28, 16);
    if (legend) {
      frame.legend();
    }
    option.putObject("xAxis").put("type", "time");
    frame.valueAxis("yAxis", chart.unit()).put("minInterval", 0);
    frame.zoom();
    ArrayNode all = option.putArray("series");
    for (int i = 0; i < chart.series().size(); i++) {
      Series one = chart.series().get(i);
      boolean few = one.points().size() <= FEW_POINTS;
      ObjectNode series =
          all.addObject()
              .put("type", "line")
              .put("name", Texts.shorten(one.name(), Texts.LABEL))
              .put("connectNulls", false)
              .put("showSymbol", few)
              .put("showAllSymbol", few)
              .put("symbol", SHAPES.get(i % SHAPES.size()))
              .put("symbolSize", few ? 6 : 0);
      series.putObject("lineStyle").put("width", 2).put("type", DASHES.get(i / 2 % DASHES.size()));
      if (!legend) {
        series.putObject("areaStyle").put("opacity", 0.12);
      }
      points(series.putArray("data"), withHoles(one.points(), chart.holes()), few);
      if (i == 0) {
        holes(series, chart.holes());
      }
    }
  }

  private static void points(ArrayNode data, List<Series.Point> points, boolean few) {
    for (int p = 0; p < points.size(); p++) {
      ArrayNode pair = Json.array().add(points.get(p).time().toEpochMilli());
      Double value = points.get(p).value();
      if (value == null) {
        data.add(pair.addNull());
      } else if (!few && isAlone(points, p)) {
        // Between two holes there is no line to see.
        ObjectNode item = data.addObject().put("symbolSize", 5);
        item.set("value", pair.add(value));
      } else {
        data.add(pair.add(value));
      }
    }
  }

  /** Breaks the line at each hole that lies between two points, so that nothing bridges it. */
  private static List<Series.Point> withHoles(
      List<Series.Point> points, List<TimeSeries.Hole> holes) {
    if (holes.isEmpty()) {
      return points;
    }
    TreeMap<Instant, Series.Point> broken = new TreeMap<>();
    points.forEach(point -> broken.put(point.time(), point));
    for (TimeSeries.Hole hole : holes) {
      if (broken.subMap(hole.from(), hole.to()).isEmpty()) {
        broken.put(hole.from(), new Series.Point(hole.from(), null));
      }
    }
    return List.copyOf(broken.values());
  }

  private static boolean isAlone(List<Series.Point> points, int at) {
    return (at == 0 || points.get(at - 1).value() == null)
        && (at == points.size() - 1 || points.get(at + 1).value() == null);
  }

  private static void holes(ObjectNode series, List<TimeSeries.Hole> holes) {
    if (holes.isEmpty()) {
      return;
    }
    ObjectNode area = series.putObject("markArea").put("silent", true);
    area.putObject("label")
        .put("show", true)
        .put("position", "insideTop")
        .put("formatter", "{b}")
        .put("color", "#78808c")
        .put("textBorderWidth", 0);
    area.putObject("itemStyle").put("opacity", 0.22).put("color", "#8d95a1");
    ArrayNode data = area.putArray("data");
    for (TimeSeries.Hole hole : holes) {
      ArrayNode band = data.addArray();
      band.addObject().put("name", "not collected").put("xAxis", hole.from().toEpochMilli());
      band.addObject().put("xAxis", hole.to().toEpochMilli());
    }
  }

  @Override
  void words(TimeSeries chart, ObjectNode words) {
    words.put("trigger", "axis");
  }

  @Override
  TableData table(TimeSeries chart) {
    return table(chart.series(), chart.unit());
  }

  /** Returns the values of some series as rows. */
  static TableData table(List<Series> all, String unit) {
    TableData.Builder table =
        TableData.builder().text("Series", "Time").number(unit.isEmpty() ? "Value" : unit);
    for (Series series : all) {
      for (Series.Point point : series.points()) {
        Double value = point.value();
        table.row(
            TableData.label(series.name()),
            point.time().toString(),
            value == null ? "" : TableData.plain(value));
      }
    }
    return table.build();
  }
}
