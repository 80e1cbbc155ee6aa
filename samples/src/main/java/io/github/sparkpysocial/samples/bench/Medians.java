package io.github.sparkpysocial.samples.bench;

import java.util.List;

/** The middle of what was measured. */
final class Medians {
  private Medians() {}

  /** Returns the median of at least one number; of an even count the mean of the middle two. */
  static double of(List<Double> numbers) {
    List<Double> sorted = numbers.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
