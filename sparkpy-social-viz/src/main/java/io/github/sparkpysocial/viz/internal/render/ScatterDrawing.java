package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Points in the plane. */
final class ScatterDrawing extends Drawing<ScatterChart> {

  ScatterDrawing() {
    super(ScatterChart.class, "item");
  }

  @Override
  boolean isEmpty(ScatterChart chart) {
    return chart.points().isEmpty();
  }

  @Override
  void draw(ScatterChart chart, Frame frame) {
    ObjectNode option = frame.option();
    int top = frame.top();
    Map<String, List<ScatterChart.Point>> groups = new LinkedHashMap<>();
    for (ScatterChart.Point point : chart.points()) {
      groups
          .computeIfAbsent(
              Objects.requireNonNullElse(point.group(), ""), group -> new ArrayList<>())
          .add(point);
    }
    boolean legend = groups.size() > 1;
    frame.grid(top + (legend ? 60 : 24), 28, chart.xName().isEmpty() ? 16 : 40);
    if (legend) {
      option
          .putObject("legend")
          .put("type", "scroll")
          .put("top", top - 4)
          .put("left", 16)
          .put("itemWidth", 11)
          .put("itemHeight", 11);
    }
    option
        .putObject("xAxis")
        .put("type", "value")
        .put("scale", true)
        .put("name", Texts.shorten(chart.xName(), Texts.LABEL))
        .put("nameLocation", "middle")
        .put("nameGap", 28)
        .putObject("axisLine")
        .put("onZero", false);
    ObjectNode vertical = option.putObject("yAxis");
    vertical.putObject("axisLine").put("onZero", false);
    vertical
        .put("type", "value")
        .put("scale", true)
        .put("name", Texts.shorten(chart.yName(), Texts.LABEL))
        .putObject("nameTextStyle")
        .put("align", "left");
    ArrayNode all = option.putArray("series");
    frame.zoom();
    int index = 0;
    for (Map.Entry<String, List<ScatterChart.Point>> group : groups.entrySet()) {
      ObjectNode series =
          all.addObject()
              .put("type", "scatter")
              .put(
                  "name",
                  group.getKey().isEmpty() ? "other" : Texts.shorten(group.getKey(), Texts.LABEL))
              .put("symbol", SHAPES.get(index++ % SHAPES.size()))
              .put("symbolSize", 9);
      series.putObject("itemStyle").put("opacity", 0.75);
      ArrayNode data = series.putArray("data");
      for (ScatterChart.Point point : group.getValue()) {
        ObjectNode item = data.addObject();
        item.putArray("value").add(point.x()).add(point.y());
        Tip.of(point.group())
            .row(chart.xName().isEmpty() ? "x" : chart.xName(), point.x())
            .row(chart.yName().isEmpty() ? "y" : chart.yName(), point.y())
            .text(point.label())
            .on(item);
      }
    }
  }

  @Override
  TableData table(ScatterChart chart) {
    TableData.Builder table =
        TableData.builder()
            .text("Label", "Group")
            .number(
                chart.xName().isEmpty() ? "x" : chart.xName(),
                chart.yName().isEmpty() ? "y" : chart.yName());
    for (ScatterChart.Point point : chart.points()) {
      table.row(
          Texts.shorten(point.label(), Texts.QUOTE),
          TableData.label(point.group()),
          TableData.plain(point.x()),
          TableData.plain(point.y()));
    }
    return table.build();
  }
}
