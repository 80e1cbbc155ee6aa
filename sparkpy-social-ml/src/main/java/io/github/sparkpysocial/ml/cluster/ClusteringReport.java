package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a clustering found and how well it fits. Cost and silhouette are measured on the different
 * texts, each counted once, in the reduced space of {@code dimensions} dimensions, where every text
 * is a vector of length one. They tell how compact the clusters are there, not whether people would
 * agree with them; {@link io.github.sparkpysocial.ml.evaluate.Agreement} tells that, given labels.
 *
 * @param algorithm what found the clusters
 * @param k how many clusters were asked for
 * @param seed the seed of the first start
 * @param posts how many posts were given
 * @param unassigned how many of them belong to no cluster, because they have no text or no term
 *     that another text has, too
 * @param distinctTexts how many different texts the clusters were learnt from
 * @param features how many terms there are
 * @param dimensions how many dimensions the terms were reduced to
 * @param starts how many random starts were asked for; MLlib's algorithms make one
 * @param iterations how many iterations the best start took; 0 for MLlib's algorithms
 * @param cost the sum of squared Euclidean distances of texts to the centre of their cluster, for
 *     the best start; smaller is better, comparable for the same texts and dimensions only
 * @param silhouette the mean silhouette by cosine distance, from -1 to 1, larger is better; {@code
 *     null} for a single cluster
 * @param clusters a card for each cluster that has texts, largest first, numbered from 0
 */
public record ClusteringReport(
    ClusteringAlgorithm algorithm,
    int k,
    long seed,
    long posts,
    long unassigned,
    long distinctTexts,
    int features,
    int dimensions,
    int starts,
    int iterations,
    double cost,
    @Nullable Double silhouette,
    List<ClusterCard> clusters)
    implements Serializable {
  public ClusteringReport {
    clusters = List.copyOf(clusters);
  }
}
