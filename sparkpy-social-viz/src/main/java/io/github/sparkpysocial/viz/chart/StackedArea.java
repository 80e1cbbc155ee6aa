package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Parts of a whole over time, one above the other, such as topics. At a time that some series has
 * and another lacks, the other counts as nothing; where all lack it, or have no value, there is a
 * hole.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values count, such as {@code posts per day}, or an empty text
 * @param series the parts, from below to above; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record StackedArea(String title, String unit, List<Series> series, Size size)
    implements Figure {

  public StackedArea {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    series = List.copyOf(series);
    for (Series one : series) {
      for (Series.Point point : one.points()) {
        if (point.value() != null && point.value() < 0) {
          throw new IllegalArgumentException(
              "Parts of a whole are not negative, '%s' is %s at %s"
                  .formatted(Texts.shorten(one.name(), Texts.LABEL), point.value(), point.time()));
        }
      }
    }
    Objects.requireNonNull(size, "size");
  }

  /** Returns a chart of 960 by 540 pixels. */
  public static StackedArea of(String title, List<Series> series) {
    return new StackedArea(title, "", series, Size.DEFAULT);
  }

  /** Returns the same chart with what the values count. */
  public StackedArea withUnit(String unit) {
    return new StackedArea(title, unit, series, size);
  }

  /** Returns the same chart in this size. */
  public StackedArea withSize(Size size) {
    return new StackedArea(title, unit, series, size);
  }

  @Override
  public String summary() {
    TreeSet<Instant> times =
        series.stream()
            .flatMap(one -> one.points().stream())
            .map(Series.Point::time)
            .collect(Collectors.toCollection(TreeSet::new));
    if (times.isEmpty()) {
      return "Stacked areas over time without points.";
    }
    return "Stacked areas of %s over time, from %s to %s."
        .formatted(
            series.stream()
                .limit(8)
                .map(one -> Texts.shorten(one.name(), Texts.LABEL))
                .collect(Collectors.joining(", ")),
            times.first(),
            times.last());
  }
}
