package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import java.io.Serializable;
import java.util.List;

/**
 * How well choosing among combinations and learning do together: each fold was judged by the
 * combination that did best on the other folds, learnt from these. So the choice has not seen what
 * it is judged by (Varma and Simon 2006, "Bias in error estimation when using cross-validation for
 * model selection").
 *
 * @param scores labels against predictions over all folds that were judged
 * @param chosen what was chosen for each of these folds, with its scores on the others
 */
public record NestedScores(ClassificationScores scores, List<Candidate> chosen)
    implements Serializable {
  public NestedScores {
    chosen = List.copyOf(chosen);
  }
}
