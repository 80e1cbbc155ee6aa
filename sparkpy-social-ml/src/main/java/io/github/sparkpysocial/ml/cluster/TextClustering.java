package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.jspecify.annotations.Nullable;

/**
 * Finds groups of posts that speak of the same, by K-Means on their terms.
 *
 * <p>The texts are split by {@link io.github.sparkpysocial.ml.feature.SocialTokenizer}, stop words
 * go, the rest is weighed by {@link io.github.sparkpysocial.ml.feature.TfIdf}, reduced to {@code
 * 2k} dimensions by a truncated singular value decomposition, and clustered from several random
 * starts, of which the one with the lowest cost is kept. Why so is told in {@code docs/ml.md}.
 *
 * <p>Texts that differ only in links, mentions, case and punctuation are learnt from once, however
 * often they were posted: a storm of reposts is one voice. All posts get a cluster nevertheless.
 *
 * <p>The same posts and seed give the same clusters to the last digit, in whatever order and
 * partitions the posts come: sums are made such that the order of their addends does not matter.
 *
 * <p>With more than 32,768 different texts the starts are tried on a sample of so many, and the
 * best goes on over all texts; cost, silhouette and cards are always measured on all.
 *
 * <p>Immutable and thread-safe.
 */
public final class TextClustering {
  /** The prediction for a post without a term that the model knows. */
  static final int UNASSIGNED = -1;

  final int k;
  final long seed;
  final int maxIter;
  final int starts;
  final int minDocFreq;
  final int termsPerCluster;
  final int postsPerCluster;
  final String idCol;
  final String textCol;
  final String predictionCol;
  final @Nullable List<String> languages;
  final ClusteringAlgorithm algorithm;
  final @Nullable String source;

  private TextClustering(Builder builder) {
    this.k = builder.k;
    this.seed = builder.seed;
    this.maxIter = builder.maxIter;
    this.starts = builder.starts;
    this.minDocFreq = builder.minDocFreq;
    this.termsPerCluster = builder.termsPerCluster;
    this.postsPerCluster = builder.postsPerCluster;
    this.idCol = builder.idCol;
    this.textCol = builder.textCol;
    this.predictionCol = builder.predictionCol;
    this.languages = builder.languages;
    this.algorithm = builder.algorithm;
    this.source = builder.source;
  }

  /**
   * Returns a builder.
   *
   * @param k how many clusters to find, at least 1
   */
  public static Builder builder(int k) {
    return new Builder(k);
  }

  /**
   * Learns the clusters and describes them. Blocks until it is done; the posts are read once and
   * kept by Spark meanwhile.
   *
   * @param posts with a column of ids and one of texts; a null text is empty
   * @throws IllegalArgumentException if a column is missing, or there are fewer different texts
   *     than clusters
   */
  public TextClusteringModel fit(Dataset<Row> posts) {
    SparkRuntime.requireForLearning();
    requireColumn(posts, idCol, "id", "idCol");
    requireColumn(posts, textCol, "text", "textCol");
    return new ClusteringRun(this).fit(posts);
  }

  static void requireColumn(Dataset<Row> posts, String column, String what, String setter) {
    List<String> columns = List.of(posts.columns());
    if (!columns.contains(column)) {
      throw new IllegalArgumentException(
          "No column '"
              + column
              + "' to take the "
              + what
              + " from; the columns are "
              + String.join(", ", columns)
              + ". Name one with "
              + setter
              + "(..)");
    }
    if (what.equals("text") && !(posts.schema().apply(column).dataType() instanceof StringType)) {
      throw new IllegalArgumentException(
          "Column '"
              + column
              + "' has type "
              + posts.schema().apply(column).dataType().simpleString()
              + " and is no text. Name another with "
              + setter
              + "(..)");
    }
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final int k;
    private long seed = 42;
    private int maxIter = 100;
    private int starts = 10;
    private int minDocFreq = 2;
    private int termsPerCluster = 20;
    private int postsPerCluster = 5;
    private String idCol = "id";
    private String textCol = "text";
    private String predictionCol = "prediction";
    private @Nullable List<String> languages;
    private ClusteringAlgorithm algorithm = ClusteringAlgorithm.SPHERICAL_K_MEANS;
    private @Nullable String source;

    private Builder(int k) {
      this.k = positive(k, "k");
    }

    /** Sets the seed of the first start; the others follow from it. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets after how many iterations a start ends at the latest. Default: 100. */
    public Builder maxIter(int iterations) {
      this.maxIter = positive(iterations, "maxIter");
      return this;
    }

    /** Sets how many random starts are tried. Default: 10. */
    public Builder starts(int count) {
      this.starts = positive(count, "starts");
      return this;
    }

    /** Sets in how many different texts a term must occur to count. Default: 2. */
    public Builder minDocFreq(int texts) {
      this.minDocFreq = positive(texts, "minDocFreq");
      return this;
    }

    /** Sets how many terms a card names at most. Default: 20. */
    public Builder termsPerCluster(int count) {
      this.termsPerCluster = positive(count, "termsPerCluster");
      return this;
    }

    /** Sets how many posts a card shows at most. Default: 5. */
    public Builder postsPerCluster(int count) {
      this.postsPerCluster = positive(count, "postsPerCluster");
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

    /** Sets the column that the model adds. Default: {@code prediction}. */
    public Builder predictionCol(String column) {
      this.predictionCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /**
     * Sets the languages whose stop words are left out, as BCP-47 tags. Default: English, and of
     * the column {@code language}, if the posts have one, each language that at least one post in a
     * hundred is in.
     *
     * @see io.github.sparkpysocial.ml.feature.StopWords
     */
    public Builder languages(List<String> tags) {
      this.languages = List.copyOf(tags);
      return this;
    }

    /** Sets what finds the clusters. Default: {@link ClusteringAlgorithm#SPHERICAL_K_MEANS}. */
    public Builder algorithm(ClusteringAlgorithm newAlgorithm) {
      this.algorithm = Objects.requireNonNull(newAlgorithm, "newAlgorithm");
      return this;
    }

    /** Sets what the card names as the place or query of the posts. Default: nothing. */
    public Builder source(String placeOrQuery) {
      this.source = Objects.requireNonNull(placeOrQuery, "placeOrQuery");
      return this;
    }

    /** Returns the clustering, ready to fit. */
    public TextClustering build() {
      return new TextClustering(this);
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
