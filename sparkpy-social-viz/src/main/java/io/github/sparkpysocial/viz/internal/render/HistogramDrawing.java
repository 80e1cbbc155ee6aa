package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Histogram;
import io.github.sparkpysocial.viz.internal.Texts;

/** Upright bars side by side, one for each range. */
final class HistogramDrawing extends Drawing<Histogram> {

  HistogramDrawing() {
    super(Histogram.class, "item");
  }

  @Override
  boolean isEmpty(Histogram chart) {
    return chart.bins().isEmpty();
  }

  @Override
  void draw(Histogram chart, Frame frame) {
    ObjectNode option = frame.option();
    frame.grid(frame.top() + 24, 28, chart.measure().isEmpty() ? 16 : 40);
    ObjectNode across = option.putObject("xAxis").put("type", "category");
    across
        .put("name", TableData.label(chart.measure()))
        .put("nameLocation", "middle")
        .put("nameGap", 28);
    across.putObject("axisTick").put("alignWithLabel", true);
    frame.valueAxis("yAxis", chart.unit());
    ArrayNode labels = across.putArray("data");
    ObjectNode series = option.putArray("series").addObject().put("type", "bar");
    series.put("barCategoryGap", "4%");
    series.putObject("itemStyle").put("borderRadius", 2);
    ArrayNode data = series.putArray("data");
    for (Histogram.Bin bin : chart.bins()) {
      labels.add(range(bin));
      ObjectNode item = data.addObject().put("value", bin.count());
      Tip.of(range(bin))
          .row(chart.unit().isEmpty() ? "count" : chart.unit(), Texts.number(bin.count()))
          .on(item);
    }
  }

  private static String range(Histogram.Bin bin) {
    return bin.from() == bin.to()
        ? Texts.number(bin.from())
        : Texts.number(bin.from()) + " to " + Texts.number(bin.to());
  }

  @Override
  TableData table(Histogram chart) {
    TableData.Builder table =
        TableData.builder().number("From", "To", chart.unit().isEmpty() ? "Count" : chart.unit());
    for (Histogram.Bin bin : chart.bins()) {
      table.row(
          TableData.plain(bin.from()), TableData.plain(bin.to()), String.valueOf(bin.count()));
    }
    return table.build();
  }
}
