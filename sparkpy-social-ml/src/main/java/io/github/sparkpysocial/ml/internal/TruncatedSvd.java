package io.github.sparkpysocial.ml.internal;

import java.util.Arrays;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The largest singular values of a tall sparse matrix and their right singular vectors, by subspace
 * iteration from a random start with a few vectors more than asked for (Halko, Martinsson and Tropp
 * 2011, "Finding Structure with Randomness", algorithm 4.4; the Rayleigh-Ritz step as in Saad 2011,
 * "Numerical Methods for Large Eigenvalue Problems", 5.2). A pass over the rows multiplies all
 * vectors at once; Lanczos, as in Spark's {@code RowMatrix.computeSVD}, needs several passes a
 * vector.
 *
 * <p>The result does not depend on how the rows are spread: sums are made by {@link Addends}.
 */
public final class TruncatedSvd {
  /** How many vectors more than asked for are iterated. */
  private static final int OVERSAMPLING = 10;

  private TruncatedSvd() {}

  /**
   * What was found.
   *
   * @param singularValues largest first; those of nothing but rounding are left out
   * @param v the right singular vectors as columns, row by row: {@code v[column * k + j]}. The
   *     largest component of each is positive
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Result(double[] singularValues, double[] v) {}

  /** How long to go on. */
  public record Effort(int passes, double tolerance) {}

  /**
   * Factorises.
   *
   * @param rows rows of a length of at most 1; read once a pass
   * @param count how many rows there are
   * @param columns how many columns they have
   * @param k how many singular values to find
   */
  public static Result of(
      JavaRDD<SparseRows> rows, long count, int columns, int k, long seed, Effort effort) {
    return of(rows, count, new double[columns], k, seed, effort);
  }

  /**
   * Factorises the rows less their mean; they stay sparse.
   *
   * @param mean of the rows, or zeros
   */
  public static Result of(
      JavaRDD<SparseRows> rows, long count, double[] mean, int k, long seed, Effort effort) {
    int columns = mean.length;
    int wanted = (int) Math.min(Math.min(k, columns), count);
    int width = Math.min(wanted + OVERSAMPLING, columns);
    double grid = Addends.grid(count);
    double[] basis = random(columns, width, seed);
    Dense.orthonormalise(basis, columns, width);
    double[] ritz = new double[0];
    for (int pass = 1; ; pass++) {
      double[] product = pass(rows, basis, width, grid);
      takeOff(product, basis, mean, count, width);
      double[] small = Dense.transposedTimes(basis, product, columns, width);
      Dense.Eigen eigen = Dense.symmetricEigen(small, width);
      double[] values = Arrays.copyOf(eigen.values(), wanted);
      if (pass >= effort.passes() || isSettled(ritz, values, effort.tolerance())) {
        return result(Dense.times(basis, eigen.vectors(), columns, width, wanted), values, columns);
      }
      ritz = values;
      basis = product;
      Dense.orthonormalise(basis, columns, width);
    }
  }

  /** Corrects for the mean m of n rows: {@code (AᵀA - n m mᵀ) Q}. */
  private static void takeOff(
      double[] product, double[] basis, double[] mean, long count, int width) {
    double[] projected = new double[width];
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < width; j++) {
        projected[j] += mean[i] * basis[i * width + j];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < width; j++) {
        product[i * width + j] -= count * mean[i] * projected[j];
      }
    }
  }

  private static boolean isSettled(double[] before, double[] now, double tolerance) {
    if (before.length != now.length) {
      return false;
    }
    double moved = 0;
    double all = 0;
    for (int i = 0; i < now.length; i++) {
      moved += Math.abs(now[i] - before[i]);
      all += Math.abs(now[i]);
    }
    return moved <= tolerance * all;
  }

  private static double[] random(int rows, int columns, long seed) {
    Random random = new Random(seed);
    double[] matrix = new double[rows * columns];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = random.nextGaussian();
    }
    return matrix;
  }

  /** Multiplies the basis by the rows and by their transpose. */
  private static double[] pass(JavaRDD<SparseRows> rows, double[] basis, int width, double grid) {
    Broadcast<double[]> broadcast =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(basis);
    try {
      return Sums.of(
          rows.mapPartitions(
              blocks -> {
                double[] matrix = broadcast.value();
                double[] sum = new double[matrix.length];
                double[] product = new double[width];
                while (blocks.hasNext()) {
                  add(blocks.next(), matrix, product, sum, grid);
                }
                return java.util.List.of(sum).iterator();
              }));
    } finally {
      broadcast.destroy();
    }
  }

  private static void add(
      SparseRows rows, double[] matrix, double[] product, double[] sum, double grid) {
    int width = product.length;
    for (int row = 0; row < rows.size(); row++) {
      rows.times(row, matrix, product);
      for (int entry = rows.start(row); entry < rows.end(row); entry++) {
        int at = rows.index(entry) * width;
        double value = rows.value(entry);
        for (int j = 0; j < width; j++) {
          sum[at + j] += value * product[j] + grid - grid;
        }
      }
    }
  }

  private static Result result(double[] v, double[] squares, int rows) {
    int width = squares.length;
    int kept = 0;
    double[] singularValues = new double[width];
    for (int j = 0; j < width; j++) {
      singularValues[j] = Math.sqrt(Math.max(0, squares[j]));
      kept += singularValues[j] > 1e-6 * singularValues[0] ? 1 : 0;
    }
    kept = Math.max(1, kept);
    double[] signed = new double[rows * kept];
    for (int j = 0; j < kept; j++) {
      double largest = 0;
      for (int i = 0; i < rows; i++) {
        double value = v[i * width + j];
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      for (int i = 0; i < rows; i++) {
        signed[i * kept + j] = largest < 0 ? -v[i * width + j] : v[i * width + j];
      }
    }
    return new Result(Arrays.copyOf(singularValues, kept), signed);
  }
}
