package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.StackedArea;
import io.github.sparkpysocial.viz.internal.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Areas over time, one above the other. */
final class StackedAreaDrawing extends Drawing<StackedArea> {

  StackedAreaDrawing() {
    super(StackedArea.class, "time");
  }

  @Override
  boolean isEmpty(StackedArea chart) {
    return TimeDrawing.isEmpty(chart.series());
  }

  @Override
  void draw(StackedArea chart, Frame frame) {
    ObjectNode option = frame.option();
    frame.grid(frame.top() + 60, 28, 16);
    frame.legend();
    option.putObject("xAxis").put("type", "time");
    frame.valueAxis("yAxis", chart.unit());
    frame.zoom();
    SortedSet<Instant> times = new TreeSet<>();
    SortedSet<Instant> known = new TreeSet<>();
    for (Series one : chart.series()) {
      for (Series.Point point : one.points()) {
        times.add(point.time());
        if (point.value() != null) {
          known.add(point.time());
        }
      }
    }
    ArrayNode all = option.putArray("series");
    for (Series one : chart.series()) {
      Map<Instant, @Nullable Double> values = new HashMap<>();
      one.points().forEach(point -> values.put(point.time(), point.value()));
      ObjectNode series =
          all.addObject()
              .put("type", "line")
              .put("name", TableData.label(one.name()))
              .put("stack", "all")
              .put("connectNulls", false)
              .put("showSymbol", times.size() == 1);
      series.putObject("lineStyle").put("width", 1);
      series.putObject("areaStyle").put("opacity", 0.82);
      series.putObject("emphasis").put("focus", "series");
      ArrayNode data = series.putArray("data");
      for (Instant time : times) {
        ArrayNode pair = Json.array().add(time.toEpochMilli());
        Double value = values.get(time);
        if (value != null) {
          pair.add(value);
        } else if (known.contains(time)) {
          pair.add(0);
        } else {
          pair.addNull();
        }
        data.add(pair);
      }
    }
  }

  @Override
  void words(StackedArea chart, ObjectNode words) {
    words.put("trigger", "axis");
  }

  @Override
  TableData table(StackedArea chart) {
    return TimeDrawing.table(chart.series(), chart.unit());
  }
}
