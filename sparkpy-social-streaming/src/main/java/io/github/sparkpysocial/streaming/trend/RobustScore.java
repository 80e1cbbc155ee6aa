package io.github.sparkpysocial.streaming.trend;

import java.util.Arrays;

/**
 * How far a count lies from what is usual, in units that a few outliers among the usual counts do
 * not move: {@code score = (count - median) / max(1.4826 * MAD, sqrt(median), 1)}.
 *
 * <p>The median and the median absolute deviation (MAD) of past counts stand for mean and standard
 * deviation; 1.4826 makes the MAD of normally distributed counts their standard deviation
 * (Rousseeuw and Croux, 1993). Counts of independent events vary by the root of their mean, hence
 * the second bound; the third keeps two posts after silence from being infinitely unusual.
 *
 * @param count what was counted
 * @param median of the past counts
 * @param spread what the difference is divided by, at least 1
 */
public record RobustScore(long count, double median, double spread) {
  private static final double TO_DEVIATION = 1.4826;

  /**
   * Compares a count with past ones.
   *
   * @param past at least one count, in any order; not changed
   * @throws IllegalArgumentException if there is no past
   */
  public static RobustScore of(long count, long... past) {
    if (past.length == 0) {
      throw new IllegalArgumentException("A score needs at least one past count");
    }
    double[] values = Arrays.stream(past).asDoubleStream().toArray();
    double median = median(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(past[i] - median);
    }
    double spread = Math.max(TO_DEVIATION * median(values), Math.max(Math.sqrt(median), 1));
    return new RobustScore(count, median, spread);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  /** Returns how many spreads the count lies above the median; below it, a negative number. */
  public double score() {
    return (count - median) / spread;
  }
}
