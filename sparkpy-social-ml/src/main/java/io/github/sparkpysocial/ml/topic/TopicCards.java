package io.github.sparkpysocial.ml.topic;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.cluster.WeightedTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Describes topics by their terms and posts. */
final class TopicCards {
  private static final double RELEVANCE = 0.6;

  private final TopicModelling settings;
  private final String[] vocabulary;
  private final double[][] probabilities;
  private final double[] shares;

  /**
   * @param probabilities of each term, for each topic
   * @param shares of each topic among all texts
   */
  TopicCards(
      TopicModelling settings, String[] vocabulary, double[][] probabilities, double[] shares) {
    this.settings = settings;
    this.vocabulary = vocabulary;
    this.probabilities = probabilities;
    this.shares = shares;
  }

  List<TopicCard> of(Coherence coherence, Map<Integer, List<CentralPost>> exemplars) {
    double[] overall = overall();
    List<TopicCard> cards = new ArrayList<>();
    for (int topic = 0; topic < probabilities.length; topic++) {
      double[] own = probabilities[topic];
      double[] relevance = new double[own.length];
      for (int term = 0; term < own.length; term++) {
        relevance[term] =
            Math.exp(
                RELEVANCE * Math.log(own[term])
                    + (1 - RELEVANCE) * Math.log(own[term] / overall[term]));
      }
      cards.add(
          new TopicCard(
              topic,
              shares[topic],
              coherence.ofTopic(topic),
              largest(own),
              largest(relevance),
              exemplars.getOrDefault(topic, List.of())));
    }
    return cards;
  }

  private double[] overall() {
    double[] overall = new double[vocabulary.length];
    for (int topic = 0; topic < probabilities.length; topic++) {
      for (int term = 0; term < overall.length; term++) {
        overall[term] += shares[topic] * probabilities[topic][term];
      }
    }
    return overall;
  }

  private List<WeightedTerm> largest(double[] weights) {
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer term) -> -weights[term]).thenComparing(t -> t))
        .limit(settings.termsPerTopic)
        .map(term -> new WeightedTerm(vocabulary[term], weights[term]))
        .toList();
  }
}
