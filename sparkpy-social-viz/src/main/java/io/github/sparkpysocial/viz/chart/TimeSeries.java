package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One or more series over time, as lines. Where nothing is known the line has a hole: a value that
 * is missing is never drawn as zero, nor bridged.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values count, such as {@code posts per hour}, or an empty text
 * @param series the series; may be empty, which draws a note that says so
 * @param holes when nothing was collected; shown as grey bands
 * @param size the size of the picture
 */
public record TimeSeries(
    String title, String unit, List<Series> series, List<Hole> holes, Size size) implements Figure {

  /**
   * A time for which nothing is known.
   *
   * @param from its first moment
   * @param to the first moment after it
   */
  public record Hole(Instant from, Instant to) {
    public Hole {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      if (!from.isBefore(to)) {
        throw new IllegalArgumentException(
            "A hole begins before it ends, was from " + from + " to " + to);
      }
    }
  }

  public TimeSeries {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    series = List.copyOf(series);
    holes = List.copyOf(holes);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a chart of 960 by 540 pixels without holes. */
  public static TimeSeries of(String title, List<Series> series) {
    return new TimeSeries(title, "", series, List.of(), Size.DEFAULT);
  }

  /** Returns the same chart with what the values count. */
  public TimeSeries withUnit(String unit) {
    return new TimeSeries(title, unit, series, holes, size);
  }

  /** Returns the same chart with the times for which nothing is known. */
  public TimeSeries withHoles(List<Hole> holes) {
    return new TimeSeries(title, unit, series, holes, size);
  }

  /** Returns the same chart in this size. */
  public TimeSeries withSize(Size size) {
    return new TimeSeries(title, unit, series, holes, size);
  }

  @Override
  public String summary() {
    if (series.stream().allMatch(one -> one.points().isEmpty())) {
      return "Chart over time without points.";
    }
    Instant first =
        series.stream()
            .flatMap(one -> one.points().stream())
            .map(Series.Point::time)
            .min(Instant::compareTo)
            .orElseThrow();
    Instant last =
        series.stream()
            .flatMap(one -> one.points().stream())
            .map(Series.Point::time)
            .max(Instant::compareTo)
            .orElseThrow();
    return "Chart of %s over time, from %s to %s%s."
        .formatted(
            series.stream()
                .limit(8)
                .map(one -> Texts.shorten(one.name(), Texts.LABEL))
                .collect(Collectors.joining(", ")),
            first,
            last,
            holes.isEmpty() ? "" : ", with " + holes.size() + " holes where nothing was collected");
  }
}
