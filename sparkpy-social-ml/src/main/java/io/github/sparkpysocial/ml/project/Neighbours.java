package io.github.sparkpysocial.ml.project;

import io.github.sparkpysocial.ml.internal.Dense;
import java.util.Random;

/**
 * Exact t-SNE (van der Maaten and Hinton 2008, "Visualizing Data using t-SNE", algorithm 1, with
 * the early exaggeration and the momentum of section 3.4, and Jacobs' gains as in the authors'
 * code).
 */
final class Neighbours {
  private static final int ITERATIONS = 500;
  private static final int EXAGGERATED = 100;
  private static final double EXAGGERATION = 4;
  private static final double LEAST = 1e-12;
  private static final int HALVINGS = 50;

  private final int n;
  private final double[] p;
  private final Random random;
  private double divergence;

  /**
   * Compares all points with each other.
   *
   * @param vectors of length one
   */
  Neighbours(double[][] vectors, double perplexity, long seed) {
    this.n = vectors.length;
    this.random = new Random(seed);
    this.p = similarities(vectors, Math.min(perplexity, (n - 1) / 3.0));
  }

  /** The Kullback-Leibler divergence after {@link #embed}. */
  double divergence() {
    return divergence;
  }

  private static double[] similarities(double[][] vectors, double perplexity) {
    int n = vectors.length;
    double[] conditional = new double[n * n];
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squares[j] = Math.max(0, 2 - 2 * Dense.dot(vectors[i], vectors[j]));
      }
      calibrate(squares, i, Math.log(Math.max(perplexity, 1.01)), conditional);
    }
    double[] joint = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        joint[i * n + j] =
            Math.max(LEAST, (conditional[i * n + j] + conditional[j * n + i]) / (2.0 * n));
      }
    }
    return joint;
  }

  /** Finds the width of the Gaussian around a point that gives it so many neighbours. */
  private static void calibrate(double[] squares, int i, double entropy, double[] conditional) {
    int n = squares.length;
    double least = 0;
    double most = Double.POSITIVE_INFINITY;
    double beta = 1;
    for (int halving = 0; halving < HALVINGS; halving++) {
      double found = row(squares, i, beta, conditional);
      if (Math.abs(found - entropy) < 1e-5) {
        return;
      }
      if (found > entropy) {
        least = beta;
        beta = Double.isInfinite(most) ? beta * 2 : (beta + most) / 2;
      } else {
        most = beta;
        beta = (beta + least) / 2;
      }
    }
    if (n > 1) {
      row(squares, i, beta, conditional);
    }
  }

  /** Writes the probabilities of a point's neighbours, and returns their entropy. */
  private static double row(double[] squares, int i, double beta, double[] conditional) {
    int n = squares.length;
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      nearest = j == i ? nearest : Math.min(nearest, squares[j]);
    }
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < n; j++) {
      double value = j == i ? 0 : Math.exp(-beta * (squares[j] - nearest));
      conditional[i * n + j] = value;
      sum += value;
      weighted += value * (squares[j] - nearest);
    }
    for (int j = 0; j < n; j++) {
      conditional[i * n + j] /= sum;
    }
    return Math.log(sum) + beta * weighted / sum;
  }

  double[][] embed() {
    double[] y = new double[2 * n];
    for (int i = 0; i < y.length; i++) {
      y[i] = 1e-4 * random.nextGaussian();
    }
    double[] speed = new double[2 * n];
    double[] gains = new double[2 * n];
    java.util.Arrays.fill(gains, 1);
    double[] gradient = new double[2 * n];
    double[] q = new double[n * n];
    double rate = Math.max(50, n / EXAGGERATION / 4);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      gradient(y, q, iteration < EXAGGERATED ? EXAGGERATION : 1, gradient);
      double momentum = iteration < 250 ? 0.5 : 0.8;
      for (int i = 0; i < y.length; i++) {
        boolean turns = Math.signum(gradient[i]) != Math.signum(speed[i]);
        gains[i] = Math.max(0.01, turns ? gains[i] + 0.2 : gains[i] * 0.8);
        speed[i] = momentum * speed[i] - rate * gains[i] * gradient[i];
        y[i] += speed[i];
      }
      centre(y);
    }
    divergence = divergence(y, q);
    double[][] places = new double[n][];
    for (int i = 0; i < n; i++) {
      places[i] = new double[] {y[2 * i], y[2 * i + 1]};
    }
    return places;
  }

  /** Fills q with Student's kernel of each two points, and returns the sum. */
  private double kernel(double[] y, double[] q) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double dx = y[2 * i] - y[2 * j];
        double dy = y[2 * i + 1] - y[2 * j + 1];
        double value = 1 / (1 + dx * dx + dy * dy);
        q[i * n + j] = value;
        q[j * n + i] = value;
        sum += 2 * value;
      }
    }
    return sum;
  }

  private void gradient(double[] y, double[] q, double exaggeration, double[] gradient) {
    double sum = kernel(y, q);
    for (int i = 0; i < n; i++) {
      double gx = 0;
      double gy = 0;
      for (int j = 0; j < n; j++) {
        double value = q[i * n + j];
        double pull = (exaggeration * p[i * n + j] - value / sum) * value;
        gx += pull * (y[2 * i] - y[2 * j]);
        gy += pull * (y[2 * i + 1] - y[2 * j + 1]);
      }
      gradient[2 * i] = 4 * gx;
      gradient[2 * i + 1] = 4 * gy;
    }
  }

  private void centre(double[] y) {
    double mx = 0;
    double my = 0;
    for (int i = 0; i < n; i++) {
      mx += y[2 * i] / n;
      my += y[2 * i + 1] / n;
    }
    for (int i = 0; i < n; i++) {
      y[2 * i] -= mx;
      y[2 * i + 1] -= my;
    }
  }

  private double divergence(double[] y, double[] q) {
    double sum = kernel(y, q);
    double total = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          total += p[i * n + j] * Math.log(p[i * n + j] / Math.max(LEAST, q[i * n + j] / sum));
        }
      }
    }
    return total;
  }
}
