package io.github.sparkpysocial.ml.topic;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What topics were found and how good they are. All is measured on the different texts, each once.
 *
 * @param k how many topics
 * @param seed what all chance came from
 * @param posts how many posts were given
 * @param distinctTexts how many different texts the topics were learnt from
 * @param terms how many terms there are
 * @param coherence the mean of the topics' coherences: normalised pointwise mutual information of
 *     each two of a topic's ten likeliest terms, {@code ln(P(a,b) / (P(a) P(b))) / -ln P(a,b)}, by
 *     the texts that have both (Bouma 2009, "Normalized (Pointwise) Mutual Information in
 *     Collocation Extraction"; Lau, Newman and Baldwin 2014, "Machine Reading Tea Leaves")
 * @param stability how alike the topics of other seeds are: the mean share of common terms
 *     (Jaccard) of the ten likeliest, over the best pairs of topics, from 0 to 1 (after Greene,
 *     O'Callaghan and Cunningham 2014, "How Many Topics?"); {@code null} if one seed was tried
 * @param logPerplexity MLlib's upper bound of the log perplexity, smaller is better; comparable for
 *     the same texts and terms only
 * @param topics a card for each topic, in the order of their numbers
 */
public record TopicReport(
    int k,
    long seed,
    long posts,
    long distinctTexts,
    int terms,
    double coherence,
    @Nullable Double stability,
    double logPerplexity,
    List<TopicCard> topics)
    implements Serializable {
  public TopicReport {
    topics = List.copyOf(topics);
  }
}
