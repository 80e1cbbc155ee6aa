package io.github.sparkpysocial.ml.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes a card for each cluster. */
final class Cards {
  private final TextClustering settings;
  private final List<String> vocabulary;
  private final ClusterSums sums;

  Cards(TextClustering settings, List<String> vocabulary, ClusterSums sums) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.sums = sums;
  }

  /** Returns the cards of the clusters that have texts. */
  List<ClusterCard> with(List<List<CentralPost>> central) {
    double[] all = new double[vocabulary.size()];
    for (int c = 0; c < sums.clusters(); c++) {
      double[] having = sums.having(c);
      for (int t = 0; t < all.length; t++) {
        all[t] += having[t];
      }
    }
    List<ClusterCard> cards = new ArrayList<>();
    for (int c = 0; c < sums.clusters(); c++) {
      double texts = sums.texts(c);
      if (texts > 0) {
        double[] mean = sums.weights(c);
        for (int t = 0; t < mean.length; t++) {
          mean[t] /= texts;
        }
        cards.add(
            new ClusterCard(
                c,
                Math.round(sums.posts(c)),
                Math.round(texts),
                heaviest(vocabulary, mean, settings.termsPerCluster),
                heaviest(vocabulary, logOdds(sums.having(c), all), settings.termsPerCluster),
                central.get(c)));
      }
    }
    return cards;
  }

  /**
   * The z-score of the log-odds ratio between a cluster and the others, with the whole corpus as
   * the prior: Monroe, Colaresi and Quinn 2008, equations 16, 18, 22.
   */
  private static double[] logOdds(double[] cluster, double[] all) {
    double total = 0;
    double inside = 0;
    for (int t = 0; t < all.length; t++) {
      total += all[t];
      inside += cluster[t];
    }
    double[] z = new double[all.length];
    for (int t = 0; t < all.length; t++) {
      double in = cluster[t] + all[t];
      double out = all[t] - cluster[t] + all[t];
      double delta =
          Math.log(in / (inside + total - in)) - Math.log(out / (total - inside + total - out));
      z[t] = delta / Math.sqrt(1 / in + 1 / out);
    }
    return z;
  }

  /** The terms of the largest positive weights; of spellings with and without sign the heavier. */
  private static List<WeightedTerm> heaviest(List<String> vocabulary, double[] weights, int most) {
    List<Integer> order =
        IntStream.range(0, weights.length)
            .filter(t -> weights[t] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer t) -> -weights[t]).thenComparing(t -> t))
            .toList();
    Map<String, WeightedTerm> terms = new LinkedHashMap<>();
    for (int t : order) {
      String term = vocabulary.get(t);
      terms.putIfAbsent(unsigned(term), new WeightedTerm(term, weights[t]));
      if (terms.size() == most) {
        break;
      }
    }
    return List.copyOf(terms.values());
  }

  private static String unsigned(String term) {
    char first = term.charAt(0);
    return term.length() > 1 && (first == '#' || first == '@' || first == '$')
        ? term.substring(1)
        : term;
  }
}
