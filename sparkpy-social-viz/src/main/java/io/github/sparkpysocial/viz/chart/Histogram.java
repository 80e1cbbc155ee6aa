package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * How many values lie in each of some ranges of one width.
 *
 * @param title what stands above it, or an empty text
 * @param measure what the values measure, such as {@code characters}, or an empty text
 * @param unit what is counted, such as {@code posts}, or an empty text
 * @param bins the ranges in order; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record Histogram(String title, String measure, String unit, List<Bin> bins, Size size)
    implements Figure {
  private static final int MOST_BINS = 200;

  /**
   * A range and how many values it holds.
   *
   * @param from its lower end, which belongs to it
   * @param to its upper end, which belongs to the next
   * @param count how many values
   */
  public record Bin(double from, double to, long count) {
    public Bin {
      if (!Double.isFinite(from) || !Double.isFinite(to) || from > to) {
        throw new IllegalArgumentException(
            "A bin reaches from one finite number up to another, was " + from + " to " + to);
      }
      if (count < 0) {
        throw new IllegalArgumentException("The count of a bin is at least 0, was " + count);
      }
    }
  }

  public Histogram {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(unit, "unit");
    bins = List.copyOf(bins);
    Objects.requireNonNull(size, "size");
  }

  /**
   * Returns a histogram of 960 by 540 pixels with about as many bins as Sturges' rule gives: the
   * binary logarithm of the number of values, rounded up, and one more ("The Choice of a Class
   * Interval", Journal of the American Statistical Association 21, 1926).
   *
   * @throws IllegalArgumentException if a value is not finite; the message says which
   */
  public static Histogram of(String title, Collection<? extends Number> values) {
    int bins = 1 + (int) Math.ceil(Math.log(Math.max(1, values.size())) / Math.log(2));
    return of(title, values, bins);
  }

  /**
   * Returns a histogram of 960 by 540 pixels. Its ranges begin and end at round numbers, which
   * makes them wider than asked for.
   *
   * @param bins about how many ranges, from 1 to 200; values that are all alike, or so near or far
   *     apart that a double has no ranges between them, have one
   * @throws IllegalArgumentException if a value is not finite, or {@code bins} is out of range
   */
  public static Histogram of(String title, Collection<? extends Number> values, int bins) {
    if (bins < 1 || bins > MOST_BINS) {
      throw new IllegalArgumentException(
          "A histogram has 1 to " + MOST_BINS + " bins, was " + bins);
    }
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    int index = 0;
    for (Number number : values) {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "Value "
                + index
                + " of a histogram is not a finite number: "
                + value
                + "; leave it out");
      }
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      index++;
    }
    if (values.isEmpty()) {
      return new Histogram(title, "", "", List.of(), Size.DEFAULT);
    }
    double width = roundWidth(highest / bins - lowest / bins);
    double start = Math.floor(lowest / width) * width;
    int count = (int) Math.floor((highest - start) / width) + 1;
    // Alike, or so near or far apart that a double has no ranges between them.
    if (lowest == highest || !Double.isFinite(start + count * width)) {
      Bin only = new Bin(lowest, highest, values.size());
      return new Histogram(title, "", "", List.of(only), Size.DEFAULT);
    }
    long[] counts = new long[count];
    for (Number number : values) {
      int bin = (int) ((number.doubleValue() - start) / width);
      counts[Math.max(0, Math.min(count - 1, bin))]++;
    }
    List<Bin> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(new Bin(start + i * width, start + (i + 1) * width, counts[i]));
    }
    return new Histogram(title, "", "", ranges, Size.DEFAULT);
  }

  /** Returns the least of 1, 2 and 5 times a power of ten that is not below this. */
  private static double roundWidth(double width) {
    double power = Math.pow(10, Math.floor(Math.log10(width)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * power >= width) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Returns the same histogram with what the values measure and what is counted. */
  public Histogram withNames(String measure, String unit) {
    return new Histogram(title, measure, unit, bins, size);
  }

  /** Returns the same histogram in this size. */
  public Histogram withSize(Size size) {
    return new Histogram(title, measure, unit, bins, size);
  }

  @Override
  public String summary() {
    if (bins.isEmpty()) {
      return "Histogram without values.";
    }
    return "Histogram of %s values from %s to %s in %s."
        .formatted(
            Texts.number(bins.stream().mapToLong(Bin::count).sum()),
            Texts.number(bins.get(0).from()),
            Texts.number(bins.get(bins.size() - 1).to()),
            bins.size() == 1 ? "one bin" : bins.size() + " bins");
  }
}
