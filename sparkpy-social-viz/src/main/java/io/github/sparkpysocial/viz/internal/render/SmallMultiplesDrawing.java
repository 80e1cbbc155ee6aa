package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.SmallMultiples;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** A grid of small line charts on the same scales. */
final class SmallMultiplesDrawing extends Drawing<SmallMultiples> {
  private static final int NAME = 26;
  private static final int AXIS = 26;
  private static final int GAP = 24;
  private static final int LEFT = 52;

  SmallMultiplesDrawing() {
    super(SmallMultiples.class, "time");
  }

  @Override
  boolean isEmpty(SmallMultiples chart) {
    return TimeDrawing.isEmpty(chart.series());
  }

  @Override
  void draw(SmallMultiples chart, Frame frame) {
    ObjectNode option = frame.option();
    int count = chart.series().size();
    int columns = chart.columns();
    int rows = (count + columns - 1) / Math.max(1, columns);
    // Shares of the picture, so that a narrow page keeps the shape.
    double width = 100.0 / columns;
    double top = 100.0 * frame.top() / chart.size().height();
    double height = (100 - top) / Math.max(1, rows);
    double highest = round(values(chart).stream().mapToDouble(value -> value).max().orElse(1));
    double lowest = Math.min(0, values(chart).stream().mapToDouble(value -> value).min().orElse(0));
    SortedSet<Instant> times = new TreeSet<>();
    chart.series().forEach(one -> one.points().forEach(point -> times.add(point.time())));
    ArrayNode titles = option.withArray("title");
    ObjectNode unit = titles.addObject().put("text", TableData.label(chart.unit()));
    unit.put("right", 16).put("top", 4).put("padding", 0);
    unit.putObject("textStyle").put("fontSize", 12).put("fontWeight", "normal");
    ArrayNode grids = option.putArray("grid");
    ArrayNode across = option.putArray("xAxis");
    ArrayNode upwards = option.putArray("yAxis");
    ArrayNode all = option.putArray("series");
    for (int i = 0; i < count; i++) {
      Series one = chart.series().get(i);
      double left = i % columns * width + 100.0 * LEFT / chart.size().width();
      int row = i / columns;
      double above = top + row * height;
      ObjectNode name = titles.addObject().put("text", Texts.shorten(one.name(), Texts.WORD));
      name.put("left", percent(left)).put("top", percent(above)).put("padding", 0);
      name.putObject("textStyle").put("fontSize", 13).put("fontWeight", "bold");
      grids
          .addObject()
          .put("left", percent(left))
          .put("top", percent(above + 100.0 * NAME / chart.size().height()))
          .put("width", percent(width - 100.0 * (LEFT + GAP) / chart.size().width()))
          .put("height", percent(height - 100.0 * (NAME + AXIS + GAP / 2) / chart.size().height()));
      ObjectNode time = across.addObject().put("type", "time").put("gridIndex", i);
      time.put("splitNumber", 2);
      if (!times.isEmpty()) {
        time.put("min", times.first().toEpochMilli()).put("max", times.last().toEpochMilli());
      }
      time.putObject("axisLabel").put("hideOverlap", true).put("fontSize", 11);
      ObjectNode value = upwards.addObject().put("type", "value").put("gridIndex", i);
      value.put("min", lowest).put("max", highest).put("splitNumber", 2);
      value.putObject("axisLabel").put("fontSize", 11).put("hideOverlap", true);
      ObjectNode series =
          all.addObject()
              .put("type", "line")
              .put("name", TableData.label(one.name()))
              .put("xAxisIndex", i)
              .put("yAxisIndex", i)
              .put("connectNulls", false)
              .put("showSymbol", one.points().size() == 1);
      series.putObject("areaStyle").put("opacity", 0.14);
      series.putObject("lineStyle").put("width", 2);
      ArrayNode data = series.putArray("data");
      for (Series.Point point : one.points()) {
        ArrayNode pair = data.addArray().add(point.time().toEpochMilli());
        Double known = point.value();
        if (known == null) {
          pair.addNull();
        } else {
          pair.add(known);
        }
      }
    }
  }

  /** Returns the least of 1, 2 and 5 times a power of ten that is not below this. */
  private static double round(double highest) {
    double power = highest > 0 ? Math.pow(10, Math.floor(Math.log10(highest))) : 1;
    return List.of(1, 2, 5, 10).stream()
        .mapToDouble(step -> step * power)
        .filter(step -> step >= highest)
        .findFirst()
        .orElse(highest);
  }

  private static List<Double> values(SmallMultiples chart) {
    return chart.series().stream()
        .flatMap(one -> one.points().stream())
        .map(Series.Point::value)
        .filter(Objects::nonNull)
        .toList();
  }

  private static String percent(double share) {
    return Json.array().add(Math.round(share * 100) / 100.0).get(0).asText() + "%";
  }

  @Override
  void words(SmallMultiples chart, ObjectNode words) {
    words.put("trigger", "axis");
  }

  @Override
  int leastWidth(SmallMultiples chart) {
    return 640;
  }

  @Override
  TableData table(SmallMultiples chart) {
    return TimeDrawing.table(chart.series(), chart.unit());
  }
}
