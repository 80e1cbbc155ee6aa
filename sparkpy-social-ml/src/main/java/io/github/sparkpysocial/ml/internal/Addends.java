package io.github.sparkpysocial.ml.internal;

/**
 * Makes sums of doubles independent of the order of their addends, so that a result does not depend
 * on how rows are spread over partitions, nor on which task ends first. Each addend is rounded to a
 * multiple of one power of two, small enough that no sum loses a bit: then every addition is exact,
 * and exact additions may be made in any order (Demmel and Nguyen 2013, "Fast Reproducible
 * Floating-Point Summation", section III).
 */
public final class Addends {
  /** The finest grid: sums of up to 2^12 addends. */
  private static final int MOST_BITS = 40;

  private static final int MANTISSA = 52;

  private Addends() {}

  /**
   * Returns the number to be added to an addend and taken off again, which rounds it.
   *
   * @param count how many addends of at most 1 there are, in one sum
   */
  public static double grid(long count) {
    int room = Long.SIZE - Long.numberOfLeadingZeros(Math.max(1, count));
    int bits = Math.min(MOST_BITS, MANTISSA - room);
    return 1.5 * Math.pow(2, MANTISSA - bits);
  }

  /** Rounds an addend of at most 1. */
  public static double round(double addend, double grid) {
    return addend + grid - grid;
  }

  /** Adds {@code other} to {@code sum}, element by element, and returns {@code sum}. */
  public static double[] plus(double[] sum, double[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
