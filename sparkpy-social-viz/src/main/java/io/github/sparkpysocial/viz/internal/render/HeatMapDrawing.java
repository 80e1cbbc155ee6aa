package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.HeatMap;

/** A field of coloured cells. */
final class HeatMapDrawing extends Drawing<HeatMap> {

  HeatMapDrawing() {
    super(HeatMap.class, "item");
  }

  @Override
  boolean isEmpty(HeatMap chart) {
    return chart.cells().isEmpty();
  }

  @Override
  void draw(HeatMap chart, Frame frame) {
    ObjectNode option = frame.option();
    frame.grid(frame.top(), 24, 60);
    ObjectNode across = option.putObject("xAxis").put("type", "category");
    across.putObject("axisTick").put("show", false);
    ArrayNode columns = across.putArray("data");
    chart.columns().forEach(name -> columns.add(TableData.label(name)));
    ObjectNode down = option.putObject("yAxis").put("type", "category").put("inverse", true);
    down.putObject("axisTick").put("show", false);
    down.putObject("axisLabel").put("width", 190).put("overflow", "truncate");
    ArrayNode rows = down.putArray("data");
    chart.rows().forEach(name -> rows.add(TableData.label(name)));
    frame.scale(chart.cells().stream().mapToDouble(HeatMap.Cell::value).toArray());
    ObjectNode series = option.putArray("series").addObject().put("type", "heatmap");
    series.putObject("itemStyle").put("borderWidth", 2).put("borderRadius", 4);
    ArrayNode data = series.putArray("data");
    String unit = chart.unit().isEmpty() ? "value" : chart.unit();
    for (HeatMap.Cell cell : chart.cells()) {
      ObjectNode item = data.addObject();
      item.putArray("value").add(cell.column()).add(cell.row()).add(cell.value());
      Tip.of(chart.rows().get(cell.row()) + ", " + chart.columns().get(cell.column()))
          .row(unit, cell.value())
          .on(item);
    }
  }

  @Override
  TableData table(HeatMap chart) {
    TableData.Builder table =
        TableData.builder()
            .text("Row", "Column")
            .number(chart.unit().isEmpty() ? "Value" : chart.unit());
    for (HeatMap.Cell cell : chart.cells()) {
      table.row(
          TableData.label(chart.rows().get(cell.row())),
          TableData.label(chart.columns().get(cell.column())),
          TableData.plain(cell.value()));
    }
    return table.build();
  }
}
