package io.github.sparkpysocial.ml.regress;

import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Learns to tell a number of a post, such as how often it will be liked, from other numbers, and
 * how well it does on posts it has not seen, compared with saying the mean.
 *
 * <pre>{@code
 * RegressionModel model =
 *     Regression.engagement("likes").folds(Folds.inTime(5)).build().fit(PostFeatures.add(posts));
 * double gain = model.report().gain();
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Regression {
  final String targetCol;
  final List<String> features;
  final String predictionCol;
  final List<RegressionLearner> learners;
  final boolean logTarget;
  final Folds folds;
  final long seed;
  final @Nullable String source;

  private Regression(Builder builder) {
    this.targetCol = builder.targetCol;
    this.features = List.copyOf(builder.features);
    this.predictionCol = builder.predictionCol;
    this.learners = builder.learners;
    this.logTarget = builder.logTarget;
    this.seed = builder.seed;
    this.source = builder.source;
    this.folds =
        builder.folds != null ? builder.folds : Folds.keeping(5, seed, Folds.Together.TEXT);
  }

  /**
   * Returns a builder.
   *
   * @param targetCol the column with the numbers to tell
   */
  public static Builder builder(String targetCol) {
    return new Builder(targetCol);
  }

  /**
   * Returns a builder for what posts arouse: from the columns of {@link PostFeatures}, and by the
   * logarithm, since a few posts have thousands of times the likes of most.
   *
   * @param targetCol such as {@code likes} or {@code reposts}
   */
  public static Builder engagement(String targetCol) {
    return new Builder(targetCol)
        .features(PostFeatures.names().toArray(new String[0]))
        .logTarget(true);
  }

  /**
   * Learns, and finds out how well. Blocks until it is done.
   *
   * @param posts with the target, the features, and what the folds need; posts where the target or
   *     a feature is missing are left out
   * @throws IllegalArgumentException if a column is missing or holds no numbers, fewer than two
   *     posts remain, a fold is empty, or a target to take the logarithm of is negative
   */
  public RegressionModel fit(Dataset<Row> posts) {
    SparkRuntime.requireForLearning();
    List<String> needed = new ArrayList<>(features);
    needed.add(targetCol);
    Columns.requireNumbers(posts, needed);
    return new RegressionRun(this).fit(posts);
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final String targetCol;
    private List<String> features = List.of();
    private String predictionCol = "prediction";
    private List<RegressionLearner> learners = List.of(RegressionLearner.linear());
    private boolean logTarget;
    private @Nullable Folds folds;
    private long seed = 42;
    private @Nullable String source;

    private Builder(String targetCol) {
      this.targetCol = Objects.requireNonNull(targetCol, "targetCol");
    }

    /** Sets the columns of numbers to tell it from; required, at least one. */
    public Builder features(String... columns) {
      this.features = List.of(columns);
      return this;
    }

    /** Sets the column for the predictions. Default: {@code prediction}. */
    public Builder predictionCol(String column) {
      this.predictionCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /**
     * Sets what learns; of several the one with the smallest error. Default: {@link
     * RegressionLearner#linear()}.
     */
    public Builder learner(RegressionLearner first, RegressionLearner... more) {
      List<RegressionLearner> all = new ArrayList<>(List.of(first));
      all.addAll(List.of(more));
      this.learners = List.copyOf(all);
      return this;
    }

    /**
     * Sets whether {@code ln(1 + y)} is learnt; predictions are given in the units of {@code y}
     * nevertheless, 0 or more. Default: no.
     */
    public Builder logTarget(boolean log) {
      this.logTarget = log;
      return this;
    }

    /** Sets the folds. Default: five at random, equal texts kept together. */
    public Builder folds(Folds newFolds) {
      this.folds = Objects.requireNonNull(newFolds, "folds");
      return this;
    }

    /** Sets what all chance comes from. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets what the card names as the place or query of the posts. Default: nothing. */
    public Builder source(String placeOrQuery) {
      this.source = Objects.requireNonNull(placeOrQuery, "placeOrQuery");
      return this;
    }

    /**
     * Returns the regression, ready to fit.
     *
     * @throws IllegalArgumentException if there is no feature, the target is one, or several are
     *     given to a curve over one
     */
    public Regression build() {
      if (features.isEmpty()) {
        throw new IllegalArgumentException("Name at least one column in features");
      }
      if (features.contains(targetCol)) {
        throw new IllegalArgumentException(
            "'" + targetCol + "' cannot be told from itself; take it out of features");
      }
      if (features.size() > 1
          && learners.stream().anyMatch(each -> each instanceof RegressionLearner.Isotonic)) {
        throw new IllegalArgumentException(
            "An isotonic regression is over one feature, not " + features.size());
      }
      return new Regression(this);
    }
  }
}
