package io.github.sparkpysocial.ml.topic;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.cluster.WeightedTerm;
import java.io.Serializable;
import java.util.List;

/**
 * What a topic is about.
 *
 * @param topic its number, the index in the distribution column
 * @param share how much of all texts it makes up, from 0 to 1; the shares of all topics add up to 1
 * @param coherence the mean NPMI of its ten likeliest terms, from -1 for terms that never meet to 1
 *     for terms that always do; see {@link TopicReport#coherence()}
 * @param terms its likeliest terms, with their probability
 * @param telling the terms that are likely here and less so elsewhere, by the relevance of Sievert
 *     and Shirley 2014, "LDAvis", with λ = 0.6; the weight is its exponential
 * @param exemplars the posts that are most surely about it; {@code similarity} is the probability
 */
public record TopicCard(
    int topic,
    double share,
    double coherence,
    List<WeightedTerm> terms,
    List<WeightedTerm> telling,
    List<CentralPost> exemplars)
    implements Serializable {
  public TopicCard {
    terms = List.copyOf(terms);
    telling = List.copyOf(telling);
    exemplars = List.copyOf(exemplars);
  }
}
