package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Horizontal bars, one below the other, in the order given.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values count, such as {@code posts}, or an empty text
 * @param bars the bars; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record BarChart(String title, String unit, List<Bar> bars, Size size) implements Figure {
  private static final int WIDTH = 960;
  private static final int BAR_HEIGHT = 34;
  private static final int AROUND = 120;
  private static final int TALLEST = 4000;

  public BarChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    bars = List.copyOf(bars);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a chart that is 960 pixels wide and as high as its bars need. */
  public static BarChart of(String title, List<Bar> bars) {
    int height = Math.min(TALLEST, AROUND + BAR_HEIGHT * Math.max(3, bars.size()));
    return new BarChart(title, "", bars, Size.of(WIDTH, height));
  }

  /** Returns the same chart with what the values count. */
  public BarChart withUnit(String unit) {
    return new BarChart(title, unit, bars, size);
  }

  /** Returns the same chart in this size. */
  public BarChart withSize(Size size) {
    return new BarChart(title, unit, bars, size);
  }

  @Override
  public String summary() {
    if (bars.isEmpty()) {
      return "Bar chart without bars.";
    }
    return "Bar chart of %s. Highest: %s."
        .formatted(
            bars.size() == 1 ? "one value" : Texts.number(bars.size()) + " values",
            bars.stream()
                .sorted(Comparator.comparingDouble(Bar::value).reversed())
                .limit(3)
                .map(
                    bar ->
                        Texts.shorten(bar.label(), Texts.LABEL) + " " + Texts.number(bar.value()))
                .collect(Collectors.joining(", ")));
  }
}
