package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points on the world. */
final class WorldMapDrawing extends Drawing<WorldMap> {
  private static final int POSTS_PER_SPOT = 12;

  WorldMapDrawing() {
    super(WorldMap.class, "map");
  }

  @Override
  boolean isEmpty(WorldMap map) {
    return map.points().isEmpty();
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

  @Override
  void draw(WorldMap map, Frame frame) {
    ObjectNode option = frame.option();
    int top = frame.top();
    ObjectNode geo = option.putObject("geo").put("map", "world").put("roam", !frame.alone());
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

  @Override
  boolean needsWorld() {
    return true;
  }

  @Override
  TableData table(WorldMap map) {
    TableData.Builder table =
        TableData.builder()
            .text("Who", "What", "When", "Place", "How exact")
            .number("Latitude", "Longitude");
    for (MapPoint point : map.points()) {
      table.row(
          TableData.label(point.author()),
          Texts.shorten(point.text(), Texts.QUOTE),
          point.time() == null ? "" : point.time().toString(),
          TableData.label(point.placeName()),
          precision(point.precision()),
          TableData.plain(point.point().latitude()),
          TableData.plain(point.point().longitude()));
    }
    return table.build();
  }
}
