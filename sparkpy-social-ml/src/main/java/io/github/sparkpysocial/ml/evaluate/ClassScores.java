package io.github.sparkpysocial.ml.evaluate;

import java.io.Serializable;

/**
 * How well one label is told from the others.
 *
 * @param label the label
 * @param support how many rows have it
 * @param predicted for how many it was predicted
 * @param correct for how many it was predicted and right
 */
public record ClassScores(String label, long support, long predicted, long correct)
    implements Serializable {

  /** Returns the share of right ones among the predictions of it; 0 if there are none. */
  public double precision() {
    return predicted == 0 ? 0 : (double) correct / predicted;
  }

  /** Returns the share of its rows that were found; 0 if there are none. */
  public double recall() {
    return support == 0 ? 0 : (double) correct / support;
  }

  /** Returns the harmonic mean of precision and recall; 0 if both are. */
  public double f1() {
    return support + predicted == 0 ? 0 : 2.0 * correct / (support + predicted);
  }
}
