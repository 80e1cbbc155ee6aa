package io.github.sparkpysocial.ml.cluster;

/**
 * What finds the clusters among the points of the texts. All but the first are MLlib's. A post
 * belongs to the cluster that MLlib's own model would give: the nearest centre of K-Means, the leaf
 * of the tree of bisecting K-Means, the likeliest Gaussian. Latent Dirichlet allocation and power
 * iteration have no answer for a new post without Spark, or none at all: there a cluster is
 * represented by the mean of its texts' points, and a post belongs to the nearest. So all are
 * described, saved and scored alike. Probabilities are known of Gaussian mixtures alone; for those
 * of topics use {@code TopicModelling}.
 */
public enum ClusteringAlgorithm {
  /** K-Means from several random starts, the default. The points have length one. */
  SPHERICAL_K_MEANS,
  /** MLlib's K-Means with its start, {@code k-means||}. */
  K_MEANS,
  /** Splits the largest clusters in two until there are k. May find fewer. */
  BISECTING_K_MEANS,
  /**
   * A mixture of Gaussians with full covariances; slow beyond some ten clusters. The only one that
   * knows probabilities.
   */
  GAUSSIAN_MIXTURE,
  /** Latent Dirichlet allocation of the texts' terms; a text belongs to its likeliest topic. */
  LDA,
  /**
   * Power iteration on the graph of each text's nearest neighbours. It compares all texts with each
   * other and takes at most {@value #MOST_TEXTS_OF_POWER_ITERATION}.
   */
  POWER_ITERATION;

  /** How many different texts {@link #POWER_ITERATION} takes. */
  public static final int MOST_TEXTS_OF_POWER_ITERATION = 20_000;
}
