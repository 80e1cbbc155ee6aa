package io.github.sparkpysocial.samples.bench;

import java.util.List;

/** How something grows with the size of its input. */
final class Exponent {
  private Exponent() {}

  /**
   * Returns the exponent {@code b} of {@code y = a · x^b} by least squares of the logarithms: 1
   * grows as the input does, 0 not at all.
   *
   * @param x at least two different sizes, positive
   * @param y what was measured of each, positive
   */
  static double of(List<? extends Number> x, List<? extends Number> y) {
    int n = x.size();
    double sumX = 0;
    double sumY = 0;
    double sumXx = 0;
    double sumXy = 0;
    for (int i = 0; i < n; i++) {
      double logX = Math.log(x.get(i).doubleValue());
      double logY = Math.log(y.get(i).doubleValue());
      sumX += logX;
      sumY += logY;
      sumXx += logX * logX;
      sumXy += logX * logY;
    }
    return (n * sumXy - sumX * sumY) / (n * sumXx - sumX * sumX);
  }
}
