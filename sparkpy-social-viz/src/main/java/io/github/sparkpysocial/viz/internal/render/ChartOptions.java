package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says in the terms of ECharts 6 what a figure shows. The options hold no colours, which come from
 * the theme, and no functions: the page adds how a tooltip is built.
 */
final class ChartOptions {
  private static final int POSTS_PER_SPOT = 12;
  private static final int FEW_POINTS = 80;
  private static final List<String> DASHES = List.of("solid", "dashed", "dotted");
  private static final List<String> SHAPES =
      List.of("circle", "diamond", "triangle", "rect", "roundRect", "pin");

  private ChartOptions() {}

  /** Returns whether this is a figure that ECharts draws. */
  static boolean draws(Figure figure) {
    return figure instanceof BarChart
        || figure instanceof TimeSeries
        || figure instanceof ScatterChart
        || figure instanceof WorldMap;
  }

  /** Returns the word by which the page chooses how a tooltip is built. */
  static String kind(Figure figure) {
    if (figure instanceof BarChart) {
      return "bar";
    }
    if (figure instanceof TimeSeries) {
      return "time";
    }
    return figure instanceof WorldMap ? "map" : "scatter";
  }

  static boolean isEmpty(Figure figure) {
    if (figure instanceof BarChart bars) {
      return bars.bars().isEmpty();
    }
    if (figure instanceof TimeSeries series) {
      return series.series().stream()
          .allMatch(one -> one.points().stream().allMatch(point -> point.value() == null));
    }
    if (figure instanceof ScatterChart scatter) {
      return scatter.points().isEmpty();
    }
    return figure instanceof WorldMap map && map.points().isEmpty();
  }

  /** Returns the option; {@code alone} when no page around it shows the title. */
  static ObjectNode of(Figure figure, boolean alone) {
    ObjectNode option = Json.object();
    option.put("useUTC", true);
    option.putObject("aria").put("enabled", false);
    boolean titled = alone && !Texts.clean(figure.title()).isEmpty();
    if (titled || (alone && isEmpty(figure))) {
      title(option, figure, titled, alone && isEmpty(figure));
    }
    int top = titled ? 56 : 16;
    if (figure instanceof BarChart chart) {
      bars(option, chart, top);
    } else if (figure instanceof TimeSeries chart) {
      time(option, chart, top);
    } else if (figure instanceof ScatterChart chart) {
      scatter(option, chart, top);
    } else if (figure instanceof WorldMap map) {
      map(option, map, top, alone);
    } else {
      throw new IllegalArgumentException(
          "ECharts does not draw a " + figure.getClass().getSimpleName());
    }
    return option;
  }

  private static void title(ObjectNode option, Figure figure, boolean titled, boolean empty) {
    ArrayNode titles = option.putArray("title");
    if (titled) {
      titles
          .addObject()
          .put("text", Texts.shorten(figure.title(), Texts.LABEL))
          .put("left", 24)
          .put("top", 16);
    }
    if (empty) {
      ObjectNode note = titles.addObject().put("text", "No data");
      note.put("left", "center").put("top", "middle");
      note.putObject("textStyle").put("fontSize", 18).put("fontWeight", "normal");
    }
  }

  private static void grid(ObjectNode option, int top, int right, int bottom) {
    option
        .putObject("grid")
        .put("left", 16)
        .put("right", right)
        .put("top", top)
        .put("bottom", bottom)
        .put("containLabel", true);
  }

  private static void bars(ObjectNode option, BarChart chart, int top) {
    Map<String, Integer> groups = new LinkedHashMap<>();
    for (Bar bar : chart.bars()) {
      groups.putIfAbsent(Objects.requireNonNullElse(bar.group(), ""), groups.size());
    }
    boolean legend = groups.size() > 1;
    grid(option, legend ? top + 34 : top, 56, chart.unit().isEmpty() ? 16 : 40);
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
        } else {
          data.addNull();
        }
      }
    }
  }

  private static void time(ObjectNode option, TimeSeries chart, int top) {
    boolean legend = chart.series().size() > 1;
    grid(option, top + (legend ? 60 : 24), 28, 16);
    if (legend) {
      option
          .putObject("legend")
          .put("type", "scroll")
          .put("top", top - 4)
          .put("left", 16)
          .put("right", 16);
    }
    option.putObject("xAxis").put("type", "time");
    option
        .putObject("yAxis")
        .put("type", "value")
        .put("name", Texts.shorten(chart.unit(), Texts.LABEL))
        .put("minInterval", 0)
        .putObject("nameTextStyle")
        .put("align", "left");
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
      ArrayNode data = series.putArray("data");
      for (int p = 0; p < one.points().size(); p++) {
        Series.Point point = one.points().get(p);
        ArrayNode pair = Json.array().add(point.time().toEpochMilli());
        Double value = point.value();
        if (value == null) {
          data.add(pair.addNull());
        } else if (!few && isAlone(one.points(), p)) {
          // Between two holes there is no line to see.
          ObjectNode item = data.addObject().put("symbolSize", 5);
          item.set("value", pair.add(value));
        } else {
          data.add(pair.add(value));
        }
      }
      if (i == 0) {
        holes(series, chart.holes());
      }
    }
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

  private static void scatter(ObjectNode option, ScatterChart chart, int top) {
    Map<String, List<ScatterChart.Point>> groups = new LinkedHashMap<>();
    for (ScatterChart.Point point : chart.points()) {
      groups
          .computeIfAbsent(
              Objects.requireNonNullElse(point.group(), ""), group -> new ArrayList<>())
          .add(point);
    }
    boolean legend = groups.size() > 1;
    grid(option, top + (legend ? 60 : 24), 28, chart.xName().isEmpty() ? 16 : 40);
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
        ObjectNode item = data.addObject().put("name", Texts.shorten(point.label(), Texts.QUOTE));
        item.putArray("value").add(point.x()).add(point.y());
      }
    }
  }

  /** Points of one precision at one spot. */
  private record Spot(Place.Precision precision, long latitude, long longitude) {
    static Spot of(MapPoint point) {
      return new Spot(
          point.precision(),
          Math.round(point.point().latitude() * 100),
          Math.round(point.point().longitude() * 100));
    }
  }

  static String precision(Place.Precision precision) {
    return switch (precision) {
      case POINT -> "exact place";
      case BOX -> "middle of an area";
      case PROFILE -> "place in a profile";
    };
  }

  private static String shape(Place.Precision precision) {
    return switch (precision) {
      case POINT -> "circle";
      case BOX -> "diamond";
      case PROFILE -> "triangle";
    };
  }

  private static void map(ObjectNode option, WorldMap map, int top, boolean alone) {
    ObjectNode geo = option.putObject("geo").put("map", "world").put("roam", !alone);
    geo.put("left", 12).put("right", 12).put("top", top).put("bottom", 36);
    geo.put("preserveAspect", "contain").put("aspectScale", 0.86).put("silent", true);
    geo.putArray("boundingCoords").add(corner(-180, 84)).add(corner(180, -57));
    // The frame ends in the south of Patagonia; Antarctica would show below it in part.
    ObjectNode antarctica = geo.putArray("regions").addObject().put("name", "Antarctica");
    antarctica.putObject("itemStyle").put("opacity", 0);
    geo.putObject("scaleLimit").put("min", 1).put("max", 60);
    geo.putObject("itemStyle").put("borderWidth", 0.6);
    Map<Spot, List<MapPoint>> spots = new LinkedHashMap<>();
    for (MapPoint point : map.points()) {
      spots.computeIfAbsent(Spot.of(point), spot -> new ArrayList<>()).add(point);
    }
    ArrayNode all = option.putArray("series");
    for (Place.Precision precision : Place.Precision.values()) {
      ArrayNode data = Json.array();
      for (Map.Entry<Spot, List<MapPoint>> spot : spots.entrySet()) {
        if (spot.getKey().precision() == precision) {
          data.add(spot(spot.getValue()));
        }
      }
      if (data.isEmpty()) {
        continue;
      }
      ObjectNode series =
          all.addObject()
              .put("type", "scatter")
              .put("coordinateSystem", "geo")
              .put("name", precision(precision))
              .put("symbol", shape(precision));
      series.putObject("itemStyle").put("opacity", 0.72).put("borderWidth", 1);
      series.putObject("emphasis").putObject("itemStyle").put("opacity", 1);
      series.set("data", data);
    }
    option
        .putObject("legend")
        .put("bottom", 8)
        .put("left", "center")
        .put("itemWidth", 11)
        .put("itemHeight", 11);
  }

  private static ArrayNode corner(double longitude, double latitude) {
    return Json.array().add(longitude).add(latitude);
  }

  private static ObjectNode spot(List<MapPoint> points) {
    ObjectNode item = Json.object();
    MapPoint first = points.get(0);
    item.putArray("value")
        .add(first.point().longitude())
        .add(first.point().latitude())
        .add(points.size());
    item.put("symbolSize", Math.round(Math.min(36, 6.5 * Math.sqrt(points.size())) * 10) / 10.0);
    ArrayNode posts = item.putArray("posts");
    for (MapPoint point : points.subList(0, Math.min(POSTS_PER_SPOT, points.size()))) {
      ObjectNode post = posts.addObject();
      post.put("a", Texts.shorten(point.author(), Texts.LABEL));
      post.put("t", Texts.shorten(point.text(), Texts.QUOTE));
      post.put("w", point.time() == null ? "" : Times.minute(point.time()));
      post.put("p", shortenNullable(point.placeName()));
    }
    return item;
  }

  private static String shortenNullable(@Nullable String text) {
    return text == null ? "" : Texts.shorten(text, Texts.LABEL);
  }

  /** Returns the theme that gives an option its colours. */
  static ObjectNode theme(Theme theme) {
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
    json.putObject("bar").putObject("label").put("color", palette.ink());
    json.putObject("line").put("symbol", "circle");
    json.putObject("scatter").putObject("itemStyle").put("borderColor", palette.panel());
    ObjectNode geo = json.putObject("geo");
    geo.putObject("itemStyle").put("areaColor", palette.land()).put("borderColor", palette.coast());
    return json;
  }
}
