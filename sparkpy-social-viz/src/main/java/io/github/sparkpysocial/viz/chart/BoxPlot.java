package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How values spread in some groups: a box from the lower to the upper quartile with a line at the
 * median, whiskers to the last values that are not outliers, and the outliers as points.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values measure, or an empty text
 * @param boxes the groups from left to right; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record BoxPlot(String title, String unit, List<Box> boxes, Size size) implements Figure {
  private static final double WHISKER = 1.5;

  /**
   * How the values of one group spread.
   *
   * @param label the name of the group
   * @param low the end of the lower whisker
   * @param lowerQuartile a quarter of the values are below
   * @param median half of the values are below
   * @param upperQuartile a quarter of the values are above
   * @param high the end of the upper whisker
   * @param outliers the values beyond the whiskers
   */
  public record Box(
      String label,
      double low,
      double lowerQuartile,
      double median,
      double upperQuartile,
      double high,
      List<Double> outliers) {

    public Box {
      Objects.requireNonNull(label, "label");
      double[] marks = {low, lowerQuartile, median, upperQuartile, high};
      for (int i = 0; i < marks.length; i++) {
        if (!Double.isFinite(marks[i]) || (i > 0 && marks[i] < marks[i - 1])) {
          throw new IllegalArgumentException(
              "The marks of a box are finite and do not fall, were " + Arrays.toString(marks));
        }
      }
      outliers = List.copyOf(outliers);
      for (double outlier : outliers) {
        if (!Double.isFinite(outlier)) {
          throw new IllegalArgumentException("An outlier is a finite number, was " + outlier);
        }
      }
    }

    /**
     * Returns the box of some values. Quartiles are interpolated between values (type 7 of Hyndman
     * and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4), 1996);
     * outliers lie more than one and a half boxes from the box (Tukey, "Exploratory Data Analysis",
     * 1977).
     *
     * @throws IllegalArgumentException if there is no value, or one is not finite
     */
    public static Box of(String label, Collection<? extends Number> values) {
      double[] sorted = values.stream().mapToDouble(Number::doubleValue).sorted().toArray();
      if (sorted.length == 0
          || !Double.isFinite(sorted[0])
          || !Double.isFinite(sorted[sorted.length - 1])) {
        throw new IllegalArgumentException(
            "The box '%s' needs at least one value, and all of them finite; leave it or them out"
                .formatted(Texts.shorten(label, Texts.LABEL)));
      }
      double lower = quantile(sorted, 0.25);
      double upper = quantile(sorted, 0.75);
      double reach = WHISKER * (upper - lower);
      double[] inside =
          Arrays.stream(sorted)
              .filter(value -> value >= lower - reach && value <= upper + reach)
              .toArray();
      return new Box(
          label,
          Math.min(lower, inside[0]),
          lower,
          quantile(sorted, 0.5),
          upper,
          Math.max(upper, inside[inside.length - 1]),
          Arrays.stream(sorted)
              .filter(value -> value < lower - reach || value > upper + reach)
              .boxed()
              .toList());
    }

    private static double quantile(double[] sorted, double share) {
      double at = share * (sorted.length - 1);
      int below = (int) at;
      int above = Math.min(sorted.length - 1, below + 1);
      return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
  }

  public BoxPlot {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    boxes = List.copyOf(boxes);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a plot of 960 by 540 pixels. */
  public static BoxPlot of(String title, List<Box> boxes) {
    return new BoxPlot(title, "", boxes, Size.DEFAULT);
  }

  /** Returns the same plot with what the values measure. */
  public BoxPlot withUnit(String unit) {
    return new BoxPlot(title, unit, boxes, size);
  }

  /** Returns the same plot in this size. */
  public BoxPlot withSize(Size size) {
    return new BoxPlot(title, unit, boxes, size);
  }

  @Override
  public String summary() {
    if (boxes.isEmpty()) {
      return "Box plot without values.";
    }
    return "Box plot. Medians: "
        + boxes.stream()
            .limit(8)
            .map(box -> Texts.shorten(box.label(), Texts.LABEL) + " " + Texts.number(box.median()))
            .collect(Collectors.joining(", "))
        + ".";
  }
}
