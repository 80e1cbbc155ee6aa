package io.github.sparkpysocial.ml.internal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Small dense matrices, row by row in one array. */
public final class Dense {
  private static final int SWEEPS = 60;

  private Dense() {}

  /**
   * Eigenvalues and eigenvectors.
   *
   * @param values largest first
   * @param vectors the eigenvectors as columns, row by row
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Eigen(double[] values, double[] vectors) {}

  /** Returns {@code aᵀ b}, {@code width} by {@code width}, made symmetric. */
  public static double[] transposedTimes(double[] a, double[] b, int rows, int width) {
    double[] product = new double[width * width];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        double value = a[row * width + i];
        for (int j = 0; j < width; j++) {
          product[i * width + j] += value * b[row * width + j];
        }
      }
    }
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (product[i * width + j] + product[j * width + i]) / 2;
        product[i * width + j] = mean;
        product[j * width + i] = mean;
      }
    }
    return product;
  }

  /** Returns the first {@code columns} columns of {@code a b}, where b is square. */
  public static double[] times(double[] a, double[] b, int rows, int width, int columns) {
    double[] product = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < width; i++) {
        double value = a[row * width + i];
        for (int j = 0; j < columns; j++) {
          product[row * columns + j] += value * b[i * width + j];
        }
      }
    }
    return product;
  }

  /**
   * Makes the columns orthonormal, in place: each is freed of those before it, twice, since once is
   * not enough for nearly dependent ones (Giraud, Langou and Rozložník 2005, "The loss of
   * orthogonality in the Gram-Schmidt orthogonalization process"). A column that depends on those
   * before it becomes zero.
   */
  public static void orthonormalise(double[] matrix, int rows, int width) {
    double[][] columns = new double[width][rows];
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < rows; i++) {
        columns[j][i] = matrix[i * width + j];
      }
    }
    for (int j = 0; j < width; j++) {
      double before = length(columns[j]);
      for (int twice = 0; twice < 2; twice++) {
        for (int other = 0; other < j; other++) {
          double dot = dot(columns[j], columns[other]);
          for (int i = 0; i < rows; i++) {
            columns[j][i] -= dot * columns[other][i];
          }
        }
      }
      double length = length(columns[j]);
      double factor = length > 1e-12 * before && length > 0 ? 1 / length : 0;
      for (int i = 0; i < rows; i++) {
        columns[j][i] *= factor;
        matrix[i * width + j] = columns[j][i];
      }
    }
  }

  /**
   * Returns the eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations (Golub
   * and Van Loan 2013, "Matrix Computations", 8.5).
   */
  public static Eigen symmetricEigen(double[] matrix, int n) {
    double[] a = matrix.clone();
    double[] v = new double[n * n];
    for (int i = 0; i < n; i++) {
      v[i * n + i] = 1;
    }
    double scale = dot(a, a);
    for (int sweep = 0; sweep < SWEEPS && offDiagonal(a, n) > 1e-30 * scale; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, n, p, q);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -a[i * n + i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[] vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = a[order[j] * n + order[j]];
      for (int i = 0; i < n; i++) {
        vectors[i * n + j] = v[order[j] * n + i];
      }
    }
    return new Eigen(values, vectors);
  }

  /** Makes the element at p, q zero; the rows of {@code v} become eigenvectors. */
  private static void rotate(double[] a, double[] v, int n, int p, int q) {
    double apq = a[p * n + q];
    if (apq == 0) {
      return;
    }
    double tau = (a[q * n + q] - a[p * n + p]) / (2 * apq);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (int i = 0; i < n; i++) { // columns
      double ip = a[i * n + p];
      double iq = a[i * n + q];
      a[i * n + p] = c * ip - s * iq;
      a[i * n + q] = s * ip + c * iq;
    }
    for (int i = 0; i < n; i++) { // rows
      double pi = a[p * n + i];
      double qi = a[q * n + i];
      a[p * n + i] = c * pi - s * qi;
      a[q * n + i] = s * pi + c * qi;
      double vp = v[p * n + i];
      double vq = v[q * n + i];
      v[p * n + i] = c * vp - s * vq;
      v[q * n + i] = s * vp + c * vq;
    }
  }

  private static double offDiagonal(double[] a, int n) {
    double squares = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squares += i == j ? 0 : a[i * n + j] * a[i * n + j];
      }
    }
    return squares;
  }

  /** Returns the Euclidean length. */
  public static double length(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  /** Returns the scalar product. */
  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Returns a copy that is divided by its length, or zero if it is zero. */
  public static double[] unit(double[] vector) {
    double length = length(vector);
    return length == 0
        ? vector.clone()
        : Arrays.stream(vector).map(value -> value / length).toArray();
  }
}
