package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.evaluate.Calibration;
import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well a classifier does on posts that it has not seen. Each post was judged by a model learnt
 * from the other folds.
 *
 * <p>Where several combinations were tried, the best was chosen by the same folds, so its scores
 * are a little too good; the more were tried, the more. Keep posts aside and judge them by the
 * model where that matters, or let {@link TextClassification.Builder#nested} measure it.
 *
 * @param posts how many posts have a label
 * @param features how many terms the final model knows
 * @param folds in how many folds the posts were divided
 * @param seed what the folds, and all other chance, come from
 * @param candidates all combinations that were tried, the best macro-F1 first; the first is what
 *     the final model and the rest of the report are about
 * @param scores labels against predictions over all folds; a label that only one fold has counts as
 *     missed, since the others cannot teach it
 * @param calibration whether the confidences can be believed, over all folds
 * @param temperature what margins are multiplied by before they become confidences, learnt from the
 *     predictions over all folds
 * @param telling the terms that speak most for each label, in the final model; none for trees,
 *     whose terms speak for nothing by themselves
 * @param hardest the wrong predictions made with the most confidence
 * @param nested how well the choice itself does, or {@code null} if that was not asked for
 */
public record ClassificationReport(
    long posts,
    int features,
    int folds,
    long seed,
    List<Candidate> candidates,
    ClassificationScores scores,
    Calibration calibration,
    double temperature,
    List<TellingTerms> telling,
    List<HardPost> hardest,
    @Nullable NestedScores nested)
    implements Serializable {
  public ClassificationReport {
    candidates = List.copyOf(candidates);
    telling = List.copyOf(telling);
    hardest = List.copyOf(hardest);
  }

  /** Returns the combination that the final model was learnt with. */
  public Candidate chosen() {
    return candidates.get(0);
  }
}
