package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Horizontal bars. */
final class BarDrawing extends Drawing<BarChart> {

  BarDrawing() {
    super(BarChart.class, "item");
  }

  @Override
  boolean isEmpty(BarChart chart) {
    return chart.bars().isEmpty();
  }

  @Override
  void draw(BarChart chart, Frame frame) {
    ObjectNode option = frame.option();
    int top = frame.top();
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (Bar bar : chart.bars()) {
      groups.putIfAbsent(Objects.requireNonNullElse(bar.group(), ""), groups.size());
    }
    boolean legend = groups.size() > 1;
    frame.grid(legend ? top + 34 : top, 56, chart.unit().isEmpty() ? 16 : 40);
    if (legend) {
      option.putObject("legend").put("top", top - 4).put("left", 16).put("icon", "roundRect");
    }
    option
        .putObject("xAxis")
        .put("type", "value")
        .put("name", Texts.shorten(chart.unit(), Texts.LABEL))
        .put("nameLocation", "middle")
        .put("nameGap", 28);
    ObjectNode names = option.putObject("yAxis").put("type", "category").put("inverse", true);
    names.putObject("axisTick").put("show", false);
    names.putObject("axisLabel").put("width", 190).put("overflow", "truncate");
    ArrayNode labels = names.putArray("data");
    for (Bar bar : chart.bars()) {
      labels.add(Texts.shorten(bar.label(), Texts.LABEL));
    }
    ArrayNode all = option.putArray("series");
    for (String group : groups.keySet()) {
      ObjectNode series =
          all.addObject()
              .put("type", "bar")
              .put("name", group.isEmpty() ? "other" : Texts.shorten(group, Texts.LABEL))
              .put("stack", "all")
              .put("barMaxWidth", 22);
      series.putObject("itemStyle").put("borderRadius", 3);
      series.putObject("label").put("show", true).put("position", "right");
      ArrayNode data = series.putArray("data");
      for (Bar bar : chart.bars()) {
        if (Objects.requireNonNullElse(bar.group(), "").equals(group)) {
          ObjectNode item = data.addObject().put("value", bar.value());
          item.putObject("label").put("formatter", Texts.number(bar.value()));
          String unit = chart.unit().isEmpty() ? "value" : chart.unit();
          Tip.of(bar.label()).row(unit, bar.value()).row("group", bar.group()).on(item);
        } else {
          data.addNull();
        }
      }
    }
  }

  @Override
  TableData table(BarChart chart) {
    TableData.Builder table =
        TableData.builder()
            .text("Name", "Group")
            .number(chart.unit().isEmpty() ? "Value" : chart.unit());
    for (Bar bar : chart.bars()) {
      table.row(
          TableData.label(bar.label()), TableData.label(bar.group()), TableData.plain(bar.value()));
    }
    return table.build();
  }
}
