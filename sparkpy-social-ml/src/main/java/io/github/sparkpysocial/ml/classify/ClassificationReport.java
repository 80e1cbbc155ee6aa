package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.evaluate.Calibration;
import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import java.io.Serializable;
import java.util.List;

/**
 * How well a classifier does on posts that it has not seen. Each post was judged by a model learnt
 * from the other folds.
 *
 * @param posts how many posts have a label
 * @param features how many terms the final model knows
 * @param folds in how many folds the posts were divided
 * @param seed what the folds come from
 * @param cost what a violated margin costs, C of {@link LinearSvm}
 * @param scores labels against predictions over all folds
 * @param calibration whether the confidences can be believed, over all folds
 * @param temperature what margins are multiplied by before they become confidences, learnt from the
 *     predictions over all folds
 * @param telling the terms that speak most for each label, in the final model
 * @param hardest the wrong predictions made with the most confidence
 */
public record ClassificationReport(
    long posts,
    int features,
    int folds,
    long seed,
    double cost,
    ClassificationScores scores,
    Calibration calibration,
    double temperature,
    List<TellingTerms> telling,
    List<HardPost> hardest)
    implements Serializable {
  public ClassificationReport {
    telling = List.copyOf(telling);
    hardest = List.copyOf(hardest);
  }
}
