package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Palette;
import java.util.List;

/** The colours of a chart, in the terms of ECharts 6. */
final class ChartTheme {
  private ChartTheme() {}

  /** Returns the theme that gives an option its colours. */
  static ObjectNode of(Theme theme) {
    Palette palette = Palette.of(theme);
    ObjectNode json = Json.object();
    ArrayNode colours = json.putArray("color");
    palette.series().forEach(colours::add);
    json.put("backgroundColor", "transparent");
    json.put("darkMode", theme == Theme.DARK);
    json.putObject("textStyle").put("fontFamily", Fonts.STACK).put("color", palette.ink());
    ObjectNode title = json.putObject("title");
    title.putObject("textStyle").put("color", palette.ink()).put("fontSize", 20);
    ObjectNode legend = json.putObject("legend");
    legend.put("itemWidth", 22).put("itemHeight", 10).put("itemGap", 18);
    legend.put("pageIconColor", palette.ink());
    legend.putObject("textStyle").put("color", palette.muted()).put("fontSize", 13);
    legend.putObject("pageTextStyle").put("color", palette.muted());
    for (String axis : List.of("valueAxis", "timeAxis", "categoryAxis")) {
      ObjectNode style = json.putObject(axis);
      style.putObject("axisLabel").put("color", palette.muted()).put("fontSize", 12);
      style.putObject("nameTextStyle").put("color", palette.muted()).put("fontSize", 12);
      style.putObject("axisLine").putObject("lineStyle").put("color", palette.line());
      style.putObject("axisTick").putObject("lineStyle").put("color", palette.line());
      style
          .putObject("splitLine")
          .put("show", axis.equals("valueAxis"))
          .putObject("lineStyle")
          .put("color", palette.line());
    }
    // Without the month nobody knows which 9 it is.
    ObjectNode dates = json.withObject("/timeAxis/axisLabel").put("hideOverlap", true);
    dates
        .putObject("formatter")
        .put("year", "{yyyy}")
        .put("month", "{MMM} {yyyy}")
        .put("day", "{d} {MMM}")
        .put("hour", "{HH}:{mm}")
        .put("minute", "{HH}:{mm}")
        .put("second", "{HH}:{mm}:{ss}");
    json.putObject("bar").putObject("label").put("color", palette.ink());
    json.putObject("line").put("symbol", "circle");
    json.putObject("scatter").putObject("itemStyle").put("borderColor", palette.panel());
    json.putObject("heatmap").putObject("itemStyle").put("borderColor", palette.panel());
    ObjectNode box = json.putObject("boxplot").putObject("itemStyle");
    box.put("color", palette.tint(0)).put("borderColor", palette.series(0));
    ObjectNode names = json.putObject("sankey").putObject("label");
    names.put("color", palette.ink()).put("fontSize", 12);
    ObjectNode scale = json.putObject("visualMap");
    scale.putObject("textStyle").put("color", palette.muted()).put("fontSize", 12);
    ArrayNode shades = scale.putObject("inRange").putArray("color");
    for (int step = 0; step <= Palette.STEPS; step++) {
      shades.add(palette.tint(step));
    }
    ObjectNode calendar = json.putObject("calendar");
    calendar.putObject("splitLine").putObject("lineStyle").put("color", palette.muted());
    calendar
        .putObject("itemStyle")
        .put("color", palette.panel())
        .put("borderColor", palette.line());
    for (String label : List.of("dayLabel", "monthLabel", "yearLabel")) {
      calendar.putObject(label).put("color", palette.muted());
    }
    ObjectNode geo = json.putObject("geo");
    geo.putObject("itemStyle").put("areaColor", palette.land()).put("borderColor", palette.coast());
    return json;
  }
}
