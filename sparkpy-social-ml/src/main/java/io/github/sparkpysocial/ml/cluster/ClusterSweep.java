package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.evaluate.Agreement;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * How good clusters are for several k, to choose one by. A small k with a high silhouette and a
 * stability near 1 is a safe choice; the cost falls with k in any case.
 *
 * @param steps one for each k, in the order that was asked for
 */
public record ClusterSweep(List<Step> steps) implements Serializable {
  public ClusterSweep {
    steps = List.copyOf(steps);
  }

  /**
   * What one k gave.
   *
   * @param k how many clusters
   * @param cost the lowest cost over the seeds, see {@link ClusteringReport#cost()}; comparable for
   *     one k only, since the number of dimensions follows k
   * @param silhouette the silhouette of the same seed's clusters; {@code null} for one cluster
   * @param stability the mean adjusted Rand index between the clusters of each two seeds, 1 if the
   *     seed does not matter; {@code null} for a single seed
   */
  public record Step(int k, double cost, @Nullable Double silhouette, @Nullable Double stability)
      implements Serializable {}

  /**
   * Clusters the posts for each k and seed.
   *
   * @param posts read again for each fit, so persisted
   * @param clustering the settings for a k, such as {@code TextClustering::builder}; its seed is
   *     set
   * @throws IllegalArgumentException if there is no k or no seed, or as {@link TextClustering#fit}
   */
  public static ClusterSweep of(
      Dataset<Row> posts,
      List<Integer> ks,
      List<Long> seeds,
      IntFunction<TextClustering.Builder> clustering) {
    if (ks.isEmpty() || seeds.isEmpty()) {
      throw new IllegalArgumentException("A sweep needs at least one k and one seed");
    }
    List<Step> steps = new ArrayList<>();
    for (int k : ks) {
      steps.add(step(posts, k, seeds, clustering));
    }
    return new ClusterSweep(steps);
  }

  private static Step step(
      Dataset<Row> posts, int k, List<Long> seeds, IntFunction<TextClustering.Builder> clustering) {
    Dataset<Row> clustered = posts;
    ClusteringReport best = null;
    for (int i = 0; i < seeds.size(); i++) {
      TextClusteringModel model =
          clustering.apply(k).seed(seeds.get(i)).predictionCol("__cluster" + i).build().fit(posts);
      clustered = model.transform(clustered);
      best = best == null || model.report().cost() < best.cost() ? model.report() : best;
    }
    if (best == null) {
      throw new IllegalStateException("There was a seed, but no model");
    }
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < seeds.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += Agreement.of(clustered, "__cluster" + i, "__cluster" + j).ari();
        pairs++;
      }
    }
    return new Step(k, best.cost(), best.silhouette(), pairs == 0 ? null : sum / pairs);
  }
}
