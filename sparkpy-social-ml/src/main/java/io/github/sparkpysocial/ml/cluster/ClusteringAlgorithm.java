package io.github.sparkpysocial.ml.cluster;

/**
 * What finds the clusters among the points of the texts. All but the first are MLlib's. Whatever
 * finds them, a cluster is then represented by the mean of its texts' points, and a post belongs to
 * the cluster of the nearest mean: so models of all kinds are described, saved and scored alike.
 * The memberships may therefore differ from those that MLlib's own model would give, for mixtures
 * and topics most of all; use MLlib's classes for their probabilities.
 */
public enum ClusteringAlgorithm {
  /** K-Means from several random starts, the default. The points have length one. */
  SPHERICAL_K_MEANS,
  /** MLlib's K-Means with its start, {@code k-means||}. */
  K_MEANS,
  /** Splits the largest clusters in two until there are k. May find fewer. */
  BISECTING_K_MEANS,
  /** A mixture of Gaussians with full covariances; slow beyond some ten clusters. */
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
