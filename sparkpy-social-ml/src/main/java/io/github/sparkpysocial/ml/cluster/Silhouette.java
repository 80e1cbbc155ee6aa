package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Addends;
import io.github.sparkpysocial.ml.internal.Dense;
import io.github.sparkpysocial.ml.internal.Sums;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * The mean silhouette by cosine distance (Rousseeuw 1987, "Silhouettes"), in one pass: for points
 * of length one, the mean distance of a point to those of a cluster is one less its product with
 * their mean. A cluster of one point counts as zero.
 */
final class Silhouette {
  private Silhouette() {}

  static double of(JavaRDD<Points> points, long count, Membership membership, ClusterSums sums) {
    int clusters = sums.clusters();
    double[][] totals =
        IntStream.range(0, clusters).mapToObj(sums::points).toArray(double[][]::new);
    double[] sizes = IntStream.range(0, clusters).mapToDouble(sums::texts).toArray();
    double grid = Addends.grid(count);
    double[] sum =
        Sums.of(
            points.mapPartitions(
                blocks -> {
                  double own = 0;
                  while (blocks.hasNext()) {
                    Points block = blocks.next();
                    for (int i = 0; i < block.size(); i++) {
                      double[] point = block.point(i);
                      int cluster = membership.of(point);
                      own += of(point, cluster, totals, sizes) + grid - grid;
                    }
                  }
                  return List.of(new double[] {own}).iterator();
                }));
    return Math.max(-1, Math.min(1, sum[0] / count));
  }

  private static double of(double[] point, int cluster, double[][] totals, double[] sizes) {
    if (sizes[cluster] < 2) {
      return 0;
    }
    double inside = (sizes[cluster] - Dense.dot(point, totals[cluster])) / (sizes[cluster] - 1);
    double outside = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      if (c != cluster && sizes[c] > 0) {
        outside = Math.min(outside, 1 - Dense.dot(point, totals[c]) / sizes[c]);
      }
    }
    double larger = Math.max(inside, outside);
    return larger == 0 || outside == Double.POSITIVE_INFINITY ? 0 : (outside - inside) / larger;
  }
}
