package io.github.sparkpysocial.viz.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named value that changes over time.
 *
 * @param name its name
 * @param points its values, one for each time; kept in the order of time
 */
public record Series(String name, List<Point> points) {

  /**
   * The value at one time.
   *
   * @param time when
   * @param value the value, finite, or {@code null} if it is not known
   */
  public record Point(Instant time, @Nullable Double value) {
    public Point {
      Objects.requireNonNull(time, "time");
      if (value != null && !Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "The value at "
                + time
                + " is not a finite number: "
                + value
                + "; give null for a hole");
      }
    }
  }

  public Series {
    Objects.requireNonNull(name, "name");
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparing(Point::time));
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).time().equals(sorted.get(i - 1).time())) {
        throw new IllegalArgumentException(
            "A series has one value for each time, has two at " + sorted.get(i).time());
      }
    }
    points = List.copyOf(sorted);
  }

  /** Returns a series of these values. */
  public static Series of(String name, Map<Instant, ? extends Number> values) {
    List<Point> points = new ArrayList<>(values.size());
    values.forEach((time, value) -> points.add(new Point(time, value.doubleValue())));
    return new Series(name, points);
  }
}
