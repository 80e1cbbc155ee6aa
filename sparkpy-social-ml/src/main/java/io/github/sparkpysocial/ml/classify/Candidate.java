package io.github.sparkpysocial.ml.classify;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One combination of choices that was tried on all folds.
 *
 * @param learner the name of the learner, such as {@code linear-svm}
 * @param parameters what was chosen for it, sorted by name
 * @param minDocFreq in how many posts a term must occur to count
 * @param ngrams up to how many neighbouring tokens make a term
 * @param accuracy the share of right predictions, over all folds
 * @param macroF1 the mean F1 of the labels, over all folds
 * @param macroF1OfFolds the same for each fold that was tested, in their order
 */
public record Candidate(
    String learner,
    Map<String, Double> parameters,
    int minDocFreq,
    int ngrams,
    double accuracy,
    double macroF1,
    List<Double> macroF1OfFolds)
    implements Serializable {
  public Candidate {
    parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
    macroF1OfFolds = List.copyOf(macroF1OfFolds);
  }
}
