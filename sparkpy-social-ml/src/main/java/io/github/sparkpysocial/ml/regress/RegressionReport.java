package io.github.sparkpysocial.ml.regress;

import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import java.io.Serializable;
import java.util.List;

/**
 * How well numbers are told of posts that were not seen. Where several learners were tried, the
 * best was chosen by the same folds, so its scores are a little too good.
 *
 * @param posts how many posts were learnt from and judged
 * @param leftOut how many were not, because the target or a feature is missing
 * @param folds how the folds were made
 * @param seed what all chance comes from
 * @param logTarget whether {@code ln(1 + y)} was learnt; then {@code scores} and {@code baseline}
 *     are about it, too
 * @param candidates all learners that were tried, the smallest error first; the first is what the
 *     final model and the rest of the report are about
 * @param scores of what was learnt, over all folds
 * @param baseline of the mean of the other folds, or of the earlier ones
 * @param scoresInUnits of the numbers themselves, in their own units
 * @param baselineInUnits of the mean, taken back to the same units
 */
public record RegressionReport(
    long posts,
    long leftOut,
    String folds,
    long seed,
    boolean logTarget,
    List<Candidate> candidates,
    RegressionScores scores,
    RegressionScores baseline,
    RegressionScores scoresInUnits,
    RegressionScores baselineInUnits)
    implements Serializable {

  /**
   * A learner that was tried.
   *
   * @param learner it, with its choices
   * @param scores of what was learnt, over all folds
   */
  public record Candidate(String learner, RegressionScores scores) implements Serializable {}

  public RegressionReport {
    candidates = List.copyOf(candidates);
  }

  /** Returns the share of the baseline's squared error that is gone, below 0 if there is more. */
  public double gain() {
    double ratio = scores.rmse() / baseline.rmse();
    return baseline.rmse() == 0 ? 0 : 1 - ratio * ratio;
  }
}
