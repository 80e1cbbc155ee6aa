package io.github.sparkpysocial.ml.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether confidence can be believed: of the predictions made with confidence .8, four in five
 * should be right.
 *
 * @param bins from the least to the most confident; empty bins are left out
 * @param error the expected calibration error, {@code Σ_b (n_b / n) |accuracy_b - confidence_b|}
 *     (Guo et al. 2017, "On Calibration of Modern Neural Networks", eq. 5), from 0 for perfect
 */
public record Calibration(List<Bin> bins, double error) implements Serializable {

  /**
   * The predictions of about one confidence.
   *
   * @param count how many there are
   * @param confidence their mean confidence
   * @param accuracy the share of them that are right
   */
  public record Bin(long count, double confidence, double accuracy) implements Serializable {}

  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Compares confidences with outcomes in bins of equal width.
   *
   * @param counts how many predictions fell into each bin
   * @param confidences the sum of their confidences, by bin
   * @param correct how many of them are right, by bin
   */
  public static Calibration of(long[] counts, double[] confidences, long[] correct) {
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    long all = 0;
    for (int b = 0; b < counts.length; b++) {
      if (counts[b] > 0) {
        bins.add(new Bin(counts[b], confidences[b] / counts[b], (double) correct[b] / counts[b]));
        error += Math.abs(correct[b] - confidences[b]);
        all += counts[b];
      }
    }
    return new Calibration(bins, all == 0 ? 0 : error / all);
  }
}
