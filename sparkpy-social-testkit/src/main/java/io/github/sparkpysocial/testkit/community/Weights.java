package io.github.sparkpysocial.testkit.community;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A discrete distribution over 0, 1, 2 and so on, drawn from by bisection. */
final class Weights {
  private final double[] cumulative;

  private Weights(double[] cumulative) {
    this.cumulative = cumulative;
  }

  static Weights of(int size, IntToDoubleFunction weight) {
    double[] cumulative = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weight.applyAsDouble(i);
      cumulative[i] = sum;
    }
    return new Weights(cumulative);
  }

  /** Returns Zipf's distribution: the item of rank r has weight 1 / r^exponent. */
  static Weights zipf(int size, double exponent) {
    return of(size, i -> zipfWeight(i, exponent));
  }

  static double zipfWeight(int index, double exponent) {
    return StrictMath.pow(index + 1.0, -exponent);
  }

  /** Returns the item at a number in [0, 1). */
  int at(double unit) {
    double target = unit * cumulative[cumulative.length - 1];
    int found = Arrays.binarySearch(cumulative, target);
    int index = found >= 0 ? found + 1 : -found - 1;
    return Math.min(index, cumulative.length - 1);
  }

  /** Returns the share of all weight that the items up to this one have, it included. */
  double cumulativeShare(int index) {
    return cumulative[index] / cumulative[cumulative.length - 1];
  }

  /**
   * Returns where in [0, size) a number in [0, 1) falls when weight is spread evenly over items.
   */
  double positionAt(double unit) {
    int index = at(unit);
    double before = index == 0 ? 0 : cumulative[index - 1];
    double weight = cumulative[index] - before;
    double target = unit * cumulative[cumulative.length - 1];
    return weight <= 0 ? index : index + Math.min(1, Math.max(0, (target - before) / weight));
  }
}
