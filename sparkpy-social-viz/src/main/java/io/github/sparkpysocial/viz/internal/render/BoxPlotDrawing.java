package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.BoxPlot;

/** Boxes with whiskers, and outliers as points. */
final class BoxPlotDrawing extends Drawing<BoxPlot> {

  BoxPlotDrawing() {
    super(BoxPlot.class, "item");
  }

  @Override
  boolean isEmpty(BoxPlot chart) {
    return chart.boxes().isEmpty();
  }

  @Override
  void draw(BoxPlot chart, Frame frame) {
    ObjectNode option = frame.option();
    frame.grid(frame.top() + 24, 28, 16);
    ObjectNode across = option.putObject("xAxis").put("type", "category");
    across.putObject("axisLabel").put("width", 120).put("overflow", "truncate");
    across.putObject("axisTick").put("show", false);
    ArrayNode labels = across.putArray("data");
    frame.valueAxis("yAxis", chart.unit()).put("scale", true);
    ArrayNode all = option.putArray("series");
    ObjectNode boxes = all.addObject().put("type", "boxplot");
    boxes.putArray("boxWidth").add(12).add(64);
    boxes.putObject("itemStyle").put("borderWidth", 2);
    ObjectNode points = all.addObject().put("type", "scatter").put("symbolSize", 7);
    points.putObject("itemStyle").put("opacity", 0.7);
    ArrayNode data = boxes.putArray("data");
    ArrayNode outliers = points.putArray("data");
    for (int i = 0; i < chart.boxes().size(); i++) {
      BoxPlot.Box box = chart.boxes().get(i);
      labels.add(TableData.label(box.label()));
      ObjectNode item = data.addObject();
      item.putArray("value")
          .add(box.low())
          .add(box.lowerQuartile())
          .add(box.median())
          .add(box.upperQuartile())
          .add(box.high());
      Tip.of(box.label())
          .row("upper whisker", box.high())
          .row("upper quartile", box.upperQuartile())
          .row("median", box.median())
          .row("lower quartile", box.lowerQuartile())
          .row("lower whisker", box.low())
          .row("outliers", box.outliers().size())
          .on(item);
      for (double outlier : box.outliers()) {
        ObjectNode point = outliers.addObject();
        point.putArray("value").add(i).add(outlier);
        Tip.of(box.label()).row("outlier", outlier).on(point);
      }
    }
  }

  @Override
  TableData table(BoxPlot chart) {
    TableData.Builder table =
        TableData.builder()
            .text("Group")
            .number("Low", "Lower quartile", "Median", "Upper quartile", "High", "Outliers");
    for (BoxPlot.Box box : chart.boxes()) {
      table.row(
          TableData.label(box.label()),
          TableData.plain(box.low()),
          TableData.plain(box.lowerQuartile()),
          TableData.plain(box.median()),
          TableData.plain(box.upperQuartile()),
          TableData.plain(box.high()),
          String.valueOf(box.outliers().size()));
    }
    return table.build();
  }
}
