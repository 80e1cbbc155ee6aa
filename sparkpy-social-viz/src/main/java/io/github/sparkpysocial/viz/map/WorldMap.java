package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import java.util.Objects;

/**
 * Points on a map of the world. Points at the same spot, to a hundredth of a degree, are drawn as
 * one circle whose area tells how many they are; a page names them on hover and can be zoomed and
 * dragged. Exact points are filled, guessed ones (the middle of a box, the place in a profile) are
 * rings.
 *
 * @param title what stands above it, or an empty text
 * @param points the points; may be empty, which draws the map alone with a note
 * @param size the size of the picture
 */
public record WorldMap(String title, List<MapPoint> points, Size size) implements Figure {

  public WorldMap {
    Objects.requireNonNull(title, "title");
    points = List.copyOf(points);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a map of 960 by 540 pixels. */
  public static WorldMap of(String title, List<MapPoint> points) {
    return new WorldMap(title, points, Size.DEFAULT);
  }

  /** Returns the same map in this size. */
  public WorldMap withSize(Size size) {
    return new WorldMap(title, points, size);
  }

  @Override
  public String summary() {
    return points.isEmpty()
        ? "World map without points."
        : "World map with "
            + (points.size() == 1 ? "one point." : Texts.number(points.size()) + " points.");
  }
}
