package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.SparseRows;
import java.util.Arrays;

/**
 * What is added up over the posts of each cluster, in one array: for each cluster the number of
 * posts, the number of texts, the sum of the texts' points, for each term the sum of its weights
 * and the number of texts that have it.
 */
final class ClusterSums {
  private final int clusters;
  private final int terms;
  private final int dimensions;
  private final double[] values;

  ClusterSums(int clusters, int terms, int dimensions) {
    this(clusters, terms, dimensions, new double[clusters * (2 + dimensions + 2 * terms)]);
  }

  ClusterSums(int clusters, int terms, int dimensions, double[] values) {
    this.clusters = clusters;
    this.terms = terms;
    this.dimensions = dimensions;
    this.values = values;
  }

  double[] values() {
    return values;
  }

  int clusters() {
    return clusters;
  }

  /** How many posts belong to the cluster, repetitions counted. */
  double posts(int cluster) {
    return values[start(cluster)];
  }

  /** How many different texts belong to the cluster. */
  double texts(int cluster) {
    return values[start(cluster) + 1];
  }

  /** The sum of the points of the texts. */
  double[] points(int cluster) {
    return Arrays.copyOfRange(values, start(cluster) + 2, start(cluster) + 2 + dimensions);
  }

  /** The mean of the points of the texts, zero without any. */
  double[] mean(int cluster) {
    double[] mean = points(cluster);
    double texts = Math.max(1, texts(cluster));
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= texts;
    }
    return mean;
  }

  /** The sum of each term's weights. */
  double[] weights(int cluster) {
    int from = start(cluster) + 2 + dimensions;
    return Arrays.copyOfRange(values, from, from + terms);
  }

  /** How many texts have each term. */
  double[] having(int cluster) {
    int from = start(cluster) + 2 + dimensions + terms;
    return Arrays.copyOfRange(values, from, from + terms);
  }

  private int start(int cluster) {
    return cluster * (2 + dimensions + 2 * terms);
  }

  void add(
      Corpus.Weighed weighed, Points points, PostSpace space, Membership membership, double grid) {
    SparseRows rows = weighed.originals();
    for (int i = 0; i < points.size(); i++) {
      double[] point = points.point(i);
      int at = start(membership.of(point));
      values[at]++;
      values[at + 1]++;
      for (int j = 0; j < dimensions; j++) {
        values[at + 2 + j] += point[j] + grid - grid;
      }
      int row = points.rows()[i];
      for (int entry = rows.start(row); entry < rows.end(row); entry++) {
        int term = at + 2 + dimensions + rows.index(entry);
        values[term] += rows.value(entry) + grid - grid;
        values[term + terms]++;
      }
    }
    for (int row = 0; row < weighed.others().size(); row++) {
      double[] point = space.point(weighed.others(), row);
      if (PostSpace.saysSomething(point)) {
        values[start(membership.of(point))]++;
      }
    }
  }

  /** Returns the same sums with the clusters renumbered. */
  ClusterSums inOrder(int[] order) {
    int width = values.length / clusters;
    double[] sorted = new double[values.length];
    for (int c = 0; c < clusters; c++) {
      System.arraycopy(values, order[c] * width, sorted, c * width, width);
    }
    return new ClusterSums(clusters, terms, dimensions, sorted);
  }
}
