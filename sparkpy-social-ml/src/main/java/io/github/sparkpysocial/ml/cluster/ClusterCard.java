package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.List;

/**
 * What a cluster is about.
 *
 * @param cluster its number, as in the prediction column
 * @param size how many posts belong to it, reposts and repetitions counted
 * @param distinctTexts how many different texts they have
 * @param terms the terms of the most weight in its texts, by mean tf-idf; of {@code #spark} and
 *     {@code spark} only the heavier is named
 * @param distinguishing the terms that tell it from the other clusters, by the z-score of their
 *     log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
 *     "Fightin' Words", eq. 22), of the number of texts that have the term
 * @param central its most typical posts, most typical first; posts that nearly repeat one of them
 *     are left out
 */
public record ClusterCard(
    int cluster,
    long size,
    long distinctTexts,
    List<WeightedTerm> terms,
    List<WeightedTerm> distinguishing,
    List<CentralPost> central)
    implements Serializable {
  public ClusterCard {
    terms = List.copyOf(terms);
    distinguishing = List.copyOf(distinguishing);
    central = List.copyOf(central);
  }
}
