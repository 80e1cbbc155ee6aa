package io.github.sparkpysocial.ml.recommend;

import io.github.sparkpysocial.ml.evaluate.RankingScores;
import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How well it recommends to people what they took to later.
 *
 * @param users how many people there are
 * @param items how many things
 * @param preferences how many pairs of both
 * @param heldOut how many of them were kept aside
 * @param heldOutBy how
 * @param implicit whether the strength of a preference says how sure it is, not how much it is
 *     liked
 * @param rank how many numbers describe a person or thing
 * @param seed what all chance comes from
 * @param scores of the lists for all people with something kept aside, also those of whom nothing
 *     was known and who get what is popular
 * @param popular of lists of what is popular, which is what to beat
 * @param ratings of the strengths that are foretold for what was kept aside, or {@code null} if
 *     implicit, or if nothing kept aside was known
 */
public record RecommendationReport(
    long users,
    long items,
    long preferences,
    long heldOut,
    HeldOut heldOutBy,
    boolean implicit,
    int rank,
    long seed,
    RankingScores scores,
    RankingScores popular,
    @Nullable RegressionScores ratings)
    implements Serializable {}
