package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.util.Arrays;

/** A vector of weights for each label, and an intercept. Immutable. */
public final class LinearMargins implements Margins {
  private static final long serialVersionUID = 1L;
  static final String KIND = "linear";
  private static final String COEFFICIENTS = "coefficients.npy";
  private static final String INTERCEPTS = "intercepts.npy";

  private final double[] coefficients;
  private final double[] intercepts;

  /**
   * @param coefficients all of the first label, then all of the second, and so on
   * @param intercepts one for each label
   */
  public LinearMargins(double[] coefficients, double[] intercepts) {
    this.coefficients = coefficients.clone();
    this.intercepts = intercepts.clone();
  }

  /** Returns the weights of a label, one for each term. */
  public double[] coefficients(int label) {
    int terms = coefficients.length / intercepts.length;
    return Arrays.copyOfRange(coefficients, label * terms, (label + 1) * terms);
  }

  @Override
  public double[] of(TermVector weights) {
    int terms = coefficients.length / intercepts.length;
    double[] margins = intercepts.clone();
    for (int c = 0; c < margins.length; c++) {
      for (int i = 0; i < weights.indices().length; i++) {
        margins[c] += coefficients[c * terms + weights.indices()[i]] * weights.values()[i];
      }
    }
    return margins;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelDirectory.Output files) throws IOException {
    int labels = intercepts.length;
    files.array(COEFFICIENTS, coefficients, labels, coefficients.length / labels);
    files.array(INTERCEPTS, intercepts, labels);
  }

  static LinearMargins load(ModelDirectory files, int labels, int terms) throws IOException {
    double[] coefficients = files.doubles(COEFFICIENTS);
    double[] intercepts = files.doubles(INTERCEPTS);
    if (intercepts.length != labels || coefficients.length != labels * terms) {
      throw files.damaged(
          coefficients.length
              + " weights do not fit "
              + labels
              + " labels and "
              + terms
              + " terms");
    }
    return new LinearMargins(coefficients, intercepts);
  }
}
