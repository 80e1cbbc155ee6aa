package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.MapPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * The points of a map as a page holds them: where, when and how exactly of all; who and what of as
 * many as a page can bear, taken from all square degrees in turn, the latest of each first.
 */
final class MapData {
  private static final long MOST_CHARACTERS = 2_500_000;
  private static final int UNKNOWN = Integer.MIN_VALUE;
  private static final Comparator<MapPoint> LATEST =
      Comparator.comparing(MapPoint::time, Comparator.nullsFirst(Comparator.naturalOrder()))
          .reversed();

  private final List<MapPoint> points;
  private final List<List<String>> rows = new ArrayList<>();

  MapData(List<MapPoint> all) {
    List<MapPoint> latest = new ArrayList<>(all);
    latest.sort(LATEST);
    Map<Long, List<MapPoint>> degrees = new LinkedHashMap<>();
    for (MapPoint point : latest) {
      long cell =
          (long) Math.floor(point.point().latitude()) * 1_000
              + (long) Math.floor(point.point().longitude());
      degrees.computeIfAbsent(cell, c -> new ArrayList<>()).add(point);
    }
    List<MapPoint> told = new ArrayList<>();
    List<MapPoint> others = new ArrayList<>();
    long characters = 0;
    List<List<MapPoint>> waiting = new ArrayList<>(degrees.values());
    for (int round = 0; !waiting.isEmpty(); round++) {
      List<List<MapPoint>> next = new ArrayList<>();
      for (List<MapPoint> degree : waiting) {
        MapPoint point = degree.get(round);
        if (characters < MOST_CHARACTERS) {
          List<String> row = row(point);
          characters += row.stream().mapToInt(cell -> cell.length() + 3).sum();
          rows.add(row);
          told.add(point);
        } else {
          others.add(point);
        }
        if (round + 1 < degree.size()) {
          next.add(degree);
        }
      }
      waiting = next;
    }
    told.addAll(others);
    points = told;
  }

  private static List<String> row(MapPoint point) {
    return List.of(
        Texts.shorten(point.author(), Texts.LABEL),
        Texts.shorten(point.text(), Texts.QUOTE),
        point.time() == null ? "" : point.time().toString(),
        Texts.shorten(Objects.requireNonNullElse(point.placeName(), ""), Texts.LABEL),
        MapKinds.name(point.precision()),
        coordinate(point.point().latitude()),
        coordinate(point.point().longitude()),
        Objects.requireNonNullElse(Links.safe(point.link()), ""));
  }

  private static String coordinate(double degrees) {
    String text = String.valueOf(Math.rint(degrees * 1e5) / 1e5);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** Returns the points of which who and what is told, as rows; they come first in the page. */
  TableData table() {
    List<TableData.Column> columns = new ArrayList<>();
    for (String name : List.of("Who", "What", "When", "Place", "How exact")) {
      columns.add(new TableData.Column(name, false));
    }
    columns.add(new TableData.Column("Latitude", true));
    columns.add(new TableData.Column("Longitude", true));
    columns.add(new TableData.Column("Link", false));
    return new TableData(columns, rows);
  }

  /** Writes the points as base64 of little-endian numbers, which {@code map.js} reads. */
  void pack(ObjectNode json) {
    json.put("n", points.size());
    json.put("lon", packed(point -> (int) Math.rint(point.point().longitude() * 1e5)));
    json.put("lat", packed(point -> (int) Math.rint(point.point().latitude() * 1e5)));
    json.put("time", packed(MapData::minute));
    byte[] kinds = new byte[points.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = (byte) MapKinds.ALL.indexOf(points.get(i).precision());
    }
    json.put("kind", Base64.getEncoder().encodeToString(kinds));
  }

  private static int minute(MapPoint point) {
    if (point.time() == null) {
      return UNKNOWN;
    }
    long minute = Math.floorDiv(point.time().getEpochSecond(), 60L);
    return (int) Math.max(UNKNOWN + 1L, Math.min(Integer.MAX_VALUE, minute));
  }

  private String packed(ToIntFunction<MapPoint> number) {
    byte[] bytes = new byte[4 * points.size()];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    points.forEach(point -> buffer.putInt(number.applyAsInt(point)));
    return Base64.getEncoder().encodeToString(bytes);
  }
}
