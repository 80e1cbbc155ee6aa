package io.github.sparkpysocial.ml.topic;

import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Finds topics that posts mix, by latent Dirichlet allocation (Blei, Ng and Jordan 2003; MLlib's
 * online or expectation-maximisation optimiser) on the counts of their words. Hashtags and mentions
 * count as the words they hold. Texts that say the same are learnt from once.
 *
 * <p>Posts are short, and a mixture of topics is hard to tell from so few words: for groups that do
 * not overlap use {@link io.github.sparkpysocial.ml.cluster.TextClustering}, which does better.
 *
 * <p>The same posts and seed give the same topics for up to {@value #TEXTS_PER_PARTITION} different
 * texts, in whatever order and partitions they come; with more, MLlib adds numbers in the order in
 * which tasks end, and the last digits differ. Immutable and thread-safe.
 */
public final class TopicModelling {
  static final int TEXTS_PER_PARTITION = 20_000;

  /** The column that the pipeline reads. */
  public static final String TEXT = "__text";

  static final String TOKENS = "__tokens";
  static final String UNSIGNED = "__unsigned";
  static final String WORDS = "__words";
  static final String COUNTS = "__counts";
  static final String HAS = "__has";

  /** How MLlib learns. */
  public enum Optimizer {
    /** Online variational Bayes, in one pass a sample: fast, the default. */
    ONLINE,
    /** Expectation-maximisation over a graph of texts and terms: slower, in memory. */
    EM
  }

  final int k;
  final long seed;
  final int seeds;
  final int maxIter;
  final int minDocFreq;
  final int termsPerTopic;
  final int postsPerTopic;
  final Optimizer optimizer;
  final String idCol;
  final String textCol;
  final List<String> languages;
  final @Nullable String source;

  private TopicModelling(Builder builder) {
    this.k = builder.k;
    this.seed = builder.seed;
    this.seeds = builder.seeds;
    this.maxIter = builder.maxIter;
    this.minDocFreq = builder.minDocFreq;
    this.termsPerTopic = builder.termsPerTopic;
    this.postsPerTopic = builder.postsPerTopic;
    this.optimizer = builder.optimizer;
    this.idCol = builder.idCol;
    this.textCol = builder.textCol;
    this.languages = builder.languages;
    this.source = builder.source;
  }

  /**
   * Returns a builder.
   *
   * @param k how many topics to find, at least 2
   */
  public static Builder builder(int k) {
    return new Builder(k);
  }

  /**
   * Learns the topics and describes them. Blocks until it is done.
   *
   * @param posts with a column of ids and one of texts; a null text is empty
   * @throws IllegalArgumentException if a column is missing, or no word occurs in enough texts
   */
  public TopicModel fit(Dataset<Row> posts) {
    SparkRuntime.requireForLearning();
    requireText(posts, textCol);
    requireColumn(posts, idCol, "id", "idCol");
    return new TopicRun(this).fit(posts);
  }

  static void requireText(Dataset<Row> posts, String column) {
    requireColumn(posts, column, "text", "textCol");
    if (!(posts.schema().apply(column).dataType() instanceof StringType)) {
      throw new IllegalArgumentException(
          "Column '"
              + column
              + "' has type "
              + posts.schema().apply(column).dataType().simpleString()
              + " and is no text. Name another with textCol(..)");
    }
  }

  private static void requireColumn(Dataset<Row> posts, String column, String what, String setter) {
    if (!List.of(posts.columns()).contains(column)) {
      throw new IllegalArgumentException(
          "No column '"
              + column
              + "' to take the "
              + what
              + " from; the columns are "
              + String.join(", ", posts.columns())
              + ". Name one with "
              + setter
              + "(..)");
    }
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final int k;
    private long seed = 42;
    private int seeds = 3;
    private int maxIter = 50;
    private int minDocFreq = 2;
    private int termsPerTopic = 20;
    private int postsPerTopic = 5;
    private Optimizer optimizer = Optimizer.ONLINE;
    private String idCol = "id";
    private String textCol = "text";
    private List<String> languages = List.of("en");
    private @Nullable String source;

    private Builder(int k) {
      if (k < 2) {
        throw new IllegalArgumentException("k must be at least 2, was " + k);
      }
      this.k = k;
    }

    /** Sets the seed of the model. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /**
     * Sets how many seeds are tried to tell the stability, that of the model included. Default: 3.
     */
    public Builder seeds(int count) {
      this.seeds = positive(count, "seeds");
      return this;
    }

    /** Sets how many iterations are made. Default: 50. */
    public Builder maxIter(int iterations) {
      this.maxIter = positive(iterations, "maxIter");
      return this;
    }

    /** Sets in how many different texts a word must occur to count. Default: 2. */
    public Builder minDocFreq(int texts) {
      this.minDocFreq = positive(texts, "minDocFreq");
      return this;
    }

    /** Sets how many terms a card names at most. Default: 20. */
    public Builder termsPerTopic(int count) {
      this.termsPerTopic = positive(count, "termsPerTopic");
      return this;
    }

    /** Sets how many posts a card shows at most. Default: 5. */
    public Builder postsPerTopic(int count) {
      this.postsPerTopic = positive(count, "postsPerTopic");
      return this;
    }

    /** Sets how MLlib learns. Default: {@link Optimizer#ONLINE}. */
    public Builder optimizer(Optimizer newOptimizer) {
      this.optimizer = Objects.requireNonNull(newOptimizer, "newOptimizer");
      return this;
    }

    /** Sets the column of ids, of any simple type. Default: {@code id}. */
    public Builder idCol(String column) {
      this.idCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column of texts. Default: {@code text}. */
    public Builder textCol(String column) {
      this.textCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the languages whose stop words are left out, as BCP-47 tags. Default: English. */
    public Builder languages(List<String> tags) {
      this.languages = List.copyOf(tags);
      return this;
    }

    /** Sets what the card names as the place or query of the posts. Default: nothing. */
    public Builder source(String placeOrQuery) {
      this.source = Objects.requireNonNull(placeOrQuery, "placeOrQuery");
      return this;
    }

    /** Returns the modelling, ready to fit. */
    public TopicModelling build() {
      return new TopicModelling(this);
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
