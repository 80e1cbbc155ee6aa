package io.github.sparkpysocial.ml.recommend;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Learns from what people took to what else they may take to, by alternating least squares (Hu,
 * Koren and Volinsky 2008, "Collaborative Filtering for Implicit Feedback Datasets"; Zhou et al.
 * 2008 for explicit ratings), MLlib's {@code ALS}, and how well it does on preferences that were
 * kept aside.
 *
 * <p>Whoever is not known gets what most people took to: the cold start has a defined answer. What
 * somebody took to already is never recommended to him again.
 *
 * <pre>{@code
 * RecommendationModel model =
 *     Recommendation.implicit().build().fit(Preferences.repositories(interactions));
 * Dataset<Row> lists = model.recommend(people, 10);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Recommendation {
  private static final int MOST_WITHOUT_CHECKPOINT = 5;

  final boolean isImplicit;
  final String userCol;
  final String itemCol;
  final String ratingCol;
  final String timeCol;
  final int rank;
  final int maxIter;
  final double regParam;
  final double alpha;
  final long seed;
  final @Nullable String source;
  final int k;
  final HeldOut heldOut;
  final double share;

  private Recommendation(Builder builder) {
    this.isImplicit = builder.implicit;
    this.userCol = builder.userCol;
    this.itemCol = builder.itemCol;
    this.ratingCol = builder.ratingCol;
    this.timeCol = builder.timeCol;
    this.rank = builder.rank;
    this.maxIter = builder.maxIter;
    this.regParam = builder.regParam;
    this.alpha = builder.alpha;
    this.seed = builder.seed;
    this.source = builder.source;
    this.k = builder.k;
    this.heldOut = builder.heldOut;
    this.share = builder.share;
  }

  /** Returns a builder for strengths that say how sure a preference is, such as counts. */
  public static Builder implicit() {
    return new Builder(true);
  }

  /**
   * Returns a builder for strengths that say how much something is liked, such as stars of five.
   */
  public static Builder explicit() {
    return new Builder(false);
  }

  /**
   * Learns, and finds out how well. Several preferences of one person for one thing are added up,
   * or their mean is taken if they are explicit. Blocks until it is done.
   *
   * @param preferences as {@link Preferences} makes them
   * @throws IllegalArgumentException if a column is missing or of a wrong type, nothing can be kept
   *     aside to judge by, or there are too many iterations for want of a checkpoint directory
   */
  public RecommendationModel fit(Dataset<Row> preferences) {
    SparkRuntime.requireForLearning();
    Columns.require(preferences, List.of(userCol, itemCol));
    Columns.requireNumbers(preferences, List.of(ratingCol));
    if (heldOut == HeldOut.NEWEST) {
      Columns.require(preferences, List.of(timeCol));
    }
    if (maxIter > MOST_WITHOUT_CHECKPOINT
        && preferences.sparkSession().sparkContext().getCheckpointDir().isEmpty()) {
      throw new IllegalArgumentException(
          "More than "
              + MOST_WITHOUT_CHECKPOINT
              + " iterations need a checkpoint directory; call sparkContext.setCheckpointDir, or"
              + " lower maxIter, was "
              + maxIter);
    }
    return new RecommendationRun(this).fit(preferences);
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final boolean implicit;
    private String userCol = "user";
    private String itemCol = "item";
    private String ratingCol = "rating";
    private String timeCol = "created_at";
    private int rank = 10;
    private int maxIter = MOST_WITHOUT_CHECKPOINT;
    private double regParam = 0.1;
    private double alpha = 10;
    private long seed = 42;
    private @Nullable String source;
    private int k = 10;
    private HeldOut heldOut = HeldOut.NEWEST;
    private double share = 0.2;

    private Builder(boolean implicit) {
      this.implicit = implicit;
    }

    /** Sets the column with the people. Default: {@code user}. */
    public Builder userCol(String column) {
      this.userCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column with the things. Default: {@code item}. */
    public Builder itemCol(String column) {
      this.itemCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column with the strengths. Default: {@code rating}. */
    public Builder ratingCol(String column) {
      this.ratingCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column with the times, for {@link HeldOut#NEWEST}. Default: {@code created_at}. */
    public Builder timeCol(String column) {
      this.timeCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets how many numbers describe a person or thing. Default: 10. */
    public Builder rank(int numbers) {
      this.rank = positive(numbers, "rank");
      return this;
    }

    /**
     * Sets how many iterations are made. Default: 5, the most without a checkpoint directory: each
     * makes the tasks of MLlib's {@code ALS} deeper, until they overflow the stack and end the JVM.
     * {@code sparkContext.setCheckpointDir(..)} cuts that.
     */
    public Builder maxIter(int iterations) {
      this.maxIter = positive(iterations, "maxIter");
      return this;
    }

    /** Sets how much large numbers cost, 0 or more. Default: .1. */
    public Builder regParam(double cost) {
      if (!(cost >= 0)) {
        throw new IllegalArgumentException("regParam must be 0 or more, was " + cost);
      }
      this.regParam = cost;
      return this;
    }

    /**
     * Sets how fast confidence grows with strength if implicit, {@code 1 + alpha · strength}.
     * Default: 10.
     */
    public Builder alpha(double growth) {
      if (!(growth > 0)) {
        throw new IllegalArgumentException("alpha must be positive, was " + growth);
      }
      this.alpha = growth;
      return this;
    }

    /** Sets what all chance comes from. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets what the card names as the place or query of the preferences. Default: nothing. */
    public Builder source(String placeOrQuery) {
      this.source = Objects.requireNonNull(placeOrQuery, "placeOrQuery");
      return this;
    }

    /** Sets how long the lists are that are judged. Default: 10. */
    public Builder k(int places) {
      this.k = positive(places, "k");
      return this;
    }

    /**
     * Sets what is kept aside to judge by. Default: the newest fifth.
     *
     * @param part above 0, below 1
     */
    public Builder heldOut(HeldOut which, double part) {
      if (!(part > 0 && part < 1)) {
        throw new IllegalArgumentException("The part must be between 0 and 1, was " + part);
      }
      this.heldOut = Objects.requireNonNull(which, "which");
      this.share = part;
      return this;
    }

    /** Returns the recommendation, ready to fit. */
    public Recommendation build() {
      return new Recommendation(this);
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
