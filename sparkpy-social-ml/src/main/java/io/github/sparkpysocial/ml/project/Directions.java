package io.github.sparkpysocial.ml.project;

import io.github.sparkpysocial.ml.internal.Addends;
import io.github.sparkpysocial.ml.internal.SparseRows;
import io.github.sparkpysocial.ml.internal.Sums;
import io.github.sparkpysocial.ml.internal.TruncatedSvd;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.storage.StorageLevel;

/**
 * The directions along which vectors differ most.
 *
 * @param v a row of directions for each column of the vectors
 * @param centre where the mean of the vectors comes to lie, or zeros
 * @param shares which part of all squares, or of the variance, lies along each direction
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Directions(double[] v, double[] centre, double[] shares) {
  private static final TruncatedSvd.Effort EFFORT = new TruncatedSvd.Effort(100, 1e-9);

  /** Whether directions go through the mean of the vectors, or through zero. */
  enum Through {
    MEAN,
    ZERO
  }

  /**
   * Learns from vectors, which stay sparse.
   *
   * @param vectors kept by Spark, none of them zero
   * @param count how many
   * @param wanted how many directions; there may be fewer
   */
  static Directions of(
      JavaRDD<Vector> vectors, long count, int wanted, Through through, long seed) {
    int columns = vectors.first().size();
    double longest = vectors.map(Directions::length).reduce(Math::max);
    JavaRDD<SparseRows> rows =
        vectors.mapPartitions(each -> rows(each, longest)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      double[] sums = sums(rows, columns, Addends.grid(count));
      double[] mean = new double[columns];
      double squares = sums[columns];
      if (through == Through.MEAN) {
        for (int i = 0; i < columns; i++) {
          mean[i] = sums[i] / count;
          squares -= count * mean[i] * mean[i];
        }
      }
      TruncatedSvd.Result svd = TruncatedSvd.of(rows, count, mean, wanted, seed, EFFORT);
      int width = svd.singularValues().length;
      double[] shares = new double[width];
      double[] centre = new double[width];
      for (int j = 0; j < width; j++) {
        double value = svd.singularValues()[j];
        shares[j] = squares <= 0 ? 1.0 / width : Math.min(1, value * value / squares);
      }
      for (int i = 0; i < columns; i++) {
        for (int j = 0; j < width; j++) {
          centre[j] += mean[i] * longest * svd.v()[i * width + j];
        }
      }
      return new Directions(svd.v(), centre, shares);
    } finally {
      rows.unpersist(false);
    }
  }

  private static double length(Vector vector) {
    double squares = 0;
    for (double value : vector.toSparse().values()) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static Iterator<SparseRows> rows(Iterator<Vector> vectors, double longest) {
    SparseRows.Builder rows = new SparseRows.Builder(1024, 8192);
    while (vectors.hasNext()) {
      SparseVector vector = vectors.next().toSparse();
      for (int i = 0; i < vector.indices().length; i++) {
        rows.add(vector.indices()[i], vector.values()[i] / longest);
      }
      rows.endRow();
    }
    return List.of(rows.build()).iterator();
  }

  /** For each column the sum, and the sum of all squares. */
  private static double[] sums(JavaRDD<SparseRows> rows, int columns, double grid) {
    return Sums.of(
        rows.map(
            some -> {
              double[] own = new double[columns + 1];
              for (int entry = 0; entry < some.end(some.size() - 1); entry++) {
                double value = some.value(entry);
                own[some.index(entry)] += Addends.round(value, grid);
                own[columns] += Addends.round(value * value, grid);
              }
              return own;
            }));
  }
}
