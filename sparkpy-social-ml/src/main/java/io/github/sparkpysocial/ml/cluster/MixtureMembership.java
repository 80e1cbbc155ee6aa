package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Dense;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.stat.distribution.MultivariateGaussian;

/**
 * A point belongs to the likeliest of Gaussians, with the probabilities of MLlib's Gaussian
 * mixture.
 *
 * @param weights of the Gaussians
 * @param means of the Gaussians
 * @param whitening for each the root of the inverse covariance, row by row: the length of what it
 *     makes of a difference from the mean is the Mahalanobis distance
 * @param offsets for each the logarithm of its density at the mean
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MixtureMembership(double[] weights, double[][] means, double[][] whitening, double[] offsets)
    implements Membership {
  static final String KIND = "mixture";
  private static final String WEIGHTS = "mixture-weights.npy";
  private static final String MEANS = "mixture-means.npy";
  private static final String WHITENING = "mixture-whitening.npy";
  private static final String OFFSETS = "mixture-offsets.npy";

  /** As MLlib, which adds it to each density, and leaves out directions without variance. */
  private static final double EPSILON = Math.ulp(1.0);

  static MixtureMembership of(GaussianMixtureModel model) {
    MultivariateGaussian[] gaussians = model.gaussians();
    double[][] means = new double[gaussians.length][];
    double[][] whitening = new double[gaussians.length][];
    double[] offsets = new double[gaussians.length];
    for (int c = 0; c < gaussians.length; c++) {
      means[c] = gaussians[c].mean().toArray();
      int n = means[c].length;
      Dense.Eigen eigen = Dense.symmetricEigen(gaussians[c].cov().toArray(), n);
      double least = EPSILON * eigen.values()[0] * n;
      whitening[c] = new double[n * n];
      double logDeterminant = 0;
      for (int j = 0; j < n; j++) {
        if (eigen.values()[j] > least) {
          logDeterminant += Math.log(eigen.values()[j]);
          for (int i = 0; i < n; i++) {
            whitening[c][j * n + i] = eigen.vectors()[i * n + j] / Math.sqrt(eigen.values()[j]);
          }
        }
      }
      offsets[c] = -0.5 * (n * Math.log(2 * Math.PI) + logDeterminant);
    }
    return new MixtureMembership(model.weights().clone(), means, whitening, offsets);
  }

  @Override
  public int clusters() {
    return weights.length;
  }

  @Override
  public int of(double[] point) {
    double[] shares = probabilities(point);
    int likeliest = 0;
    for (int c = 1; c < shares.length; c++) {
      likeliest = shares[c] > shares[likeliest] ? c : likeliest;
    }
    return likeliest;
  }

  @Override
  public double[] probabilities(double[] point) {
    double[] shares = new double[weights.length];
    double sum = 0;
    for (int c = 0; c < shares.length; c++) {
      shares[c] = EPSILON + weights[c] * Math.exp(logDensity(c, point));
      sum += shares[c];
    }
    for (int c = 0; c < shares.length; c++) {
      shares[c] /= sum;
    }
    return shares;
  }

  private double logDensity(int c, double[] point) {
    int n = point.length;
    double squares = 0;
    for (int j = 0; j < n; j++) {
      double along = 0;
      for (int i = 0; i < n; i++) {
        along += whitening[c][j * n + i] * (point[i] - means[c][i]);
      }
      squares += along * along;
    }
    return offsets[c] - 0.5 * squares;
  }

  @Override
  public MixtureMembership inOrder(int[] order) {
    return new MixtureMembership(
        IntStream.of(order).mapToDouble(c -> weights[c]).toArray(),
        IntStream.of(order).mapToObj(c -> means[c]).toArray(double[][]::new),
        IntStream.of(order).mapToObj(c -> whitening[c]).toArray(double[][]::new),
        IntStream.of(order).mapToDouble(c -> offsets[c]).toArray());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelDirectory.Output files) throws IOException {
    int n = means[0].length;
    files.array(WEIGHTS, weights, weights.length);
    files.array(MEANS, Membership.flat(means), means.length, n);
    files.array(WHITENING, Membership.flat(whitening), means.length, n, n);
    files.array(OFFSETS, offsets, offsets.length);
  }

  static MixtureMembership load(ModelDirectory files, double[][] centres) throws IOException {
    double[] weights = files.doubles(WEIGHTS);
    double[] means = files.doubles(MEANS);
    double[] whitening = files.doubles(WHITENING);
    double[] offsets = files.doubles(OFFSETS);
    int k = centres.length;
    int n = centres[0].length;
    if (weights.length != k
        || offsets.length != k
        || means.length != k * n
        || whitening.length != k * n * n) {
      throw files.damaged("the mixture does not fit its " + k + " centres");
    }
    return new MixtureMembership(
        weights, Membership.rows(means, n), Membership.rows(whitening, n * n), offsets);
  }

  @Override
  public String toString() {
    return KIND + Arrays.toString(weights);
  }
}
