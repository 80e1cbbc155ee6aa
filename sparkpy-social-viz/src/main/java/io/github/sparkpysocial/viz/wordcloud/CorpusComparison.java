package io.github.sparkpysocial.viz.wordcloud;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What marks one corpus against another: the log-odds ratio of each term with an informative
 * Dirichlet prior, and its z-score (Monroe, Colaresi and Quinn, "Fightin' Words: Lexical Feature
 * Selection and Evaluation for Identifying the Content of Political Conflict", Political Analysis
 * 16(4), 2008). The prior keeps rare words from looking telling, the variance keeps frequent ones
 * from it. Immutable.
 *
 * @param first the name of the first corpus
 * @param second the name of the second
 * @param terms all terms, those that mark the first most first
 */
public record CorpusComparison(String first, String second, List<ComparedTerm> terms) {

  public CorpusComparison {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    if (first.equals(second)) {
      throw new IllegalArgumentException(
          "Two corpora that are compared have two names, both are '" + first + "'");
    }
    terms = List.copyOf(terms);
  }

  /**
   * Compares two corpora, with the counts of both together as the prior.
   *
   * @throws IllegalArgumentException if a count is negative, or one corpus has no words
   */
  public static CorpusComparison of(
      String first, Map<String, Long> firstCounts, String second, Map<String, Long> secondCounts) {
    Map<String, Long> together = new HashMap<>(firstCounts);
    secondCounts.forEach((word, count) -> together.merge(word, count, Long::sum));
    return of(first, firstCounts, second, secondCounts, together, sum(first, together));
  }

  /**
   * Compares two corpora against a background.
   *
   * @param background how often each term occurs in general; terms it lacks count as once
   * @param priorWords how many words the background weighs; the more, the stronger rare words are
   *     held back
   * @throws IllegalArgumentException if a count is negative, a corpus has no words, or {@code
   *     priorWords} is not above 0
   */
  public static CorpusComparison of(
      String first,
      Map<String, Long> firstCounts,
      String second,
      Map<String, Long> secondCounts,
      Map<String, Long> background,
      double priorWords) {
    if (!(priorWords > 0) || Double.isInfinite(priorWords)) {
      throw new IllegalArgumentException("priorWords is a number above 0, was " + priorWords);
    }
    double firstTotal = sum(first, firstCounts);
    double secondTotal = sum(second, secondCounts);
    Set<String> words = new LinkedHashSet<>(firstCounts.keySet());
    words.addAll(secondCounts.keySet());
    double backgroundTotal = 0;
    for (String word : words) {
      backgroundTotal += Math.max(1, background.getOrDefault(word, 0L));
    }
    List<ComparedTerm> terms = new ArrayList<>(words.size());
    for (String word : words) {
      double prior = priorWords * Math.max(1, background.getOrDefault(word, 0L)) / backgroundTotal;
      long a = firstCounts.getOrDefault(word, 0L);
      long b = secondCounts.getOrDefault(word, 0L);
      double difference =
          logOdds(a, prior, firstTotal, priorWords) - logOdds(b, prior, secondTotal, priorWords);
      terms.add(
          new ComparedTerm(word, a, b, difference, Math.sqrt(1 / (a + prior) + 1 / (b + prior))));
    }
    terms.sort(
        Comparator.comparingDouble(ComparedTerm::zScore)
            .reversed()
            .thenComparing(ComparedTerm::text));
    return new CorpusComparison(first, second, terms);
  }

  private static double logOdds(long count, double prior, double total, double priorWords) {
    double others = total + priorWords - count - prior;
    // A corpus of one single word has no others; half a word keeps the odds finite.
    return Math.log((count + prior) / Math.max(0.5, others));
  }

  private static double sum(String name, Map<String, Long> counts) {
    double sum = 0;
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      if (entry.getValue() < 0) {
        throw new IllegalArgumentException(
            "The count of a term is at least 0, '%s' has %d in '%s'"
                .formatted(entry.getKey(), entry.getValue(), name));
      }
      sum += entry.getValue();
    }
    if (sum == 0) {
      throw new IllegalArgumentException("The corpus '" + name + "' has no words to compare");
    }
    return sum;
  }

  /** Returns the terms that mark the first corpus with 95 % confidence, most telling first. */
  public List<ComparedTerm> marksFirst(int most) {
    return terms.stream().filter(term -> term.lowest() > 0).limit(most).toList();
  }

  /** Returns the terms that mark the second corpus with 95 % confidence, most telling first. */
  public List<ComparedTerm> marksSecond(int most) {
    return terms.stream()
        .filter(term -> term.highest() < 0)
        .sorted(Comparator.comparingDouble(ComparedTerm::zScore).thenComparing(ComparedTerm::text))
        .limit(most)
        .toList();
  }

  /**
   * Returns a cloud of the terms that mark either corpus, at most this many of each: the colour
   * says which, the size how surely.
   */
  public WordCloud cloud(int most) {
    List<WeightedTerm> weighted = new ArrayList<>();
    marksFirst(most).forEach(term -> weighted.add(weighted(term, first)));
    marksSecond(most).forEach(term -> weighted.add(weighted(term, second)));
    return WordCloud.of(weighted).withTitle(first + " against " + second);
  }

  private static WeightedTerm weighted(ComparedTerm term, String group) {
    return WeightedTerm.of(term.text(), Math.abs(term.zScore()))
        .withCount(term.firstCount() + term.secondCount())
        .withGroup(group);
  }

  /** Returns a chart of the terms that mark each corpus most, at most this many of each. */
  public ComparisonChart chart(int most) {
    List<ComparedTerm> shown = new ArrayList<>(marksFirst(most));
    List<ComparedTerm> others = new ArrayList<>(marksSecond(most));
    Collections.reverse(others);
    shown.addAll(others);
    return ComparisonChart.of(first, second, shown);
  }
}
