package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Points in the plane, such as posts by two of their features.
 *
 * @param title what stands above it, or an empty text
 * @param xName what the horizontal axis measures, or an empty text
 * @param yName what the vertical axis measures, or an empty text
 * @param points the points; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record ScatterChart(String title, String xName, String yName, List<Point> points, Size size)
    implements Figure {

  /**
   * A labelled point.
   *
   * @param x its place along the horizontal axis, finite
   * @param y its place along the vertical axis, finite
   * @param label what a page shows on hover, or an empty text
   * @param group what it belongs to: points of one group share colour and shape; {@code null} for
   *     none
   */
  public record Point(double x, double y, String label, @Nullable String group) {
    public Point {
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException(
            "A point has two finite coordinates, was (" + x + ", " + y + "); leave it out");
      }
      Objects.requireNonNull(label, "label");
    }
  }

  public ScatterChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(xName, "xName");
    Objects.requireNonNull(yName, "yName");
    points = List.copyOf(points);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a chart of 960 by 540 pixels whose axes have no names. */
  public static ScatterChart of(String title, List<Point> points) {
    return new ScatterChart(title, "", "", points, Size.DEFAULT);
  }

  /** Returns the same chart with what its axes measure. */
  public ScatterChart withAxes(String xName, String yName) {
    return new ScatterChart(title, xName, yName, points, size);
  }

  /** Returns the same chart in this size. */
  public ScatterChart withSize(Size size) {
    return new ScatterChart(title, xName, yName, points, size);
  }

  @Override
  public String summary() {
    return points.isEmpty()
        ? "Scatter chart without points."
        : "Scatter chart of "
            + (points.size() == 1 ? "one point." : Texts.number(points.size()) + " points.");
  }
}
