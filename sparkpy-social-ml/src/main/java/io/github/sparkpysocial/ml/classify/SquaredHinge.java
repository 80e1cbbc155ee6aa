package io.github.sparkpysocial.ml.classify;

import org.apache.spark.mllib.linalg.DenseVector;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.optimization.Gradient;

/**
 * The loss of as many linear machines as there are classes, each of which tells its class from all
 * others: {@code Σ_c max(0, 1 - y_c (w_c·x + b_c))²} with {@code y_c} 1 for the own class and -1
 * for the others (Fan et al. 2008, "LIBLINEAR", eq. 1 and section 2.2). All are learnt in the same
 * passes over the data.
 *
 * <p>The weights are those of the first class, its intercept, those of the second, and so on.
 */
final class SquaredHinge extends Gradient {
  private static final long serialVersionUID = 1L;

  private final int classes;
  private final int features;

  SquaredHinge(int classes, int features) {
    this.classes = classes;
    this.features = features;
  }

  @Override
  public double compute(Vector data, double label, Vector weights, Vector cumGradient) {
    double[] w = ((DenseVector) weights).values();
    double[] gradient = ((DenseVector) cumGradient).values();
    org.apache.spark.mllib.linalg.SparseVector x = data.toSparse();
    int[] indices = x.indices();
    double[] values = x.values();
    double loss = 0;
    for (int c = 0; c < classes; c++) {
      int offset = c * (features + 1);
      double margin = w[offset + features];
      for (int i = 0; i < indices.length; i++) {
        margin += w[offset + indices[i]] * values[i];
      }
      double sign = c == (int) label ? 1 : -1;
      double lack = 1 - sign * margin;
      if (lack > 0) {
        loss += lack * lack;
        double slope = -2 * sign * lack;
        for (int i = 0; i < indices.length; i++) {
          gradient[offset + indices[i]] += slope * values[i];
        }
        gradient[offset + features] += slope;
      }
    }
    return loss;
  }
}
