package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.evaluate.Folds;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Learns from labelled posts to tell the label of others, and how well it does: what a post is
 * about, which language it is in, whether its author is pleased.
 *
 * <p>The texts are split by {@link io.github.sparkpysocial.ml.feature.SocialTokenizer}, weighed by
 * {@link io.github.sparkpysocial.ml.feature.TfIdf} and told apart by {@link LinearSvm}. The scores
 * are honest: each post is judged by a model that has learnt from other folds, terms and weights
 * included, and what belongs together, such as a text and its reposts, stays in one fold; see
 * {@link Folds}. Why so is told in {@code docs/ml.md}.
 *
 * <pre>{@code
 * TextClassificationModel model = TextClassification.builder("label").build().fit(posts);
 * double f1 = model.report().scores().macroF1();
 * Dataset<Row> judged = model.transform(others);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class TextClassification {
  final String labelCol;
  final String idCol;
  final String textCol;
  final String predictionCol;
  final String confidenceCol;
  final Folds folds;
  final long seed;
  final double cost;
  final int minDocFreq;
  final int termsPerLabel;
  final int hardestPosts;

  private TextClassification(Builder builder) {
    this.labelCol = builder.labelCol;
    this.idCol = builder.idCol;
    this.textCol = builder.textCol;
    this.predictionCol = builder.predictionCol;
    this.confidenceCol = builder.confidenceCol;
    this.seed = builder.seed;
    this.folds =
        builder.folds != null
            ? builder.folds
            : Folds.keeping(Builder.FOLDS, builder.seed, Folds.Together.TEXT);
    this.cost = builder.cost;
    this.minDocFreq = builder.minDocFreq;
    this.termsPerLabel = builder.termsPerLabel;
    this.hardestPosts = builder.hardestPosts;
  }

  /**
   * Returns a builder.
   *
   * @param labelCol the column with the labels, of any simple type
   */
  public static Builder builder(String labelCol) {
    return new Builder(labelCol);
  }

  /**
   * Learns, and finds out how well. Blocks until it is done; the posts are read once and kept by
   * Spark meanwhile.
   *
   * @param posts with columns of ids, texts and labels; those without a text or a label are left
   *     out
   * @throws IllegalArgumentException if a column is missing, there are fewer than two labels or
   *     more than a thousand, or a fold is left with a single label
   */
  public TextClassificationModel fit(Dataset<Row> posts) {
    List<String> columns = List.of(posts.columns());
    for (String column : List.of(labelCol, idCol, textCol)) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "'; the columns are " + String.join(", ", columns));
      }
    }
    return new ClassificationRun(this).fit(posts);
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private static final int FOLDS = 5;

    private final String labelCol;
    private String idCol = "id";
    private String textCol = "text";
    private String predictionCol = "prediction";
    private String confidenceCol = "confidence";
    private @Nullable Folds folds;
    private long seed = 42;
    private double cost = 1;
    private int minDocFreq = 2;
    private int termsPerLabel = 20;
    private int hardestPosts = 20;

    private Builder(String labelCol) {
      this.labelCol = Objects.requireNonNull(labelCol, "labelCol");
    }

    /** Sets the column with the ids, of any simple type. Default: {@code id}. */
    public Builder idCol(String column) {
      this.idCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column with the texts. Default: {@code text}. */
    public Builder textCol(String column) {
      this.textCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column for the predictions. Default: {@code prediction}. */
    public Builder predictionCol(String column) {
      this.predictionCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column for the confidences. Default: {@code confidence}. */
    public Builder confidenceCol(String column) {
      this.confidenceCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the folds. Default: five at random, equal texts kept together. */
    public Builder folds(Folds newFolds) {
      this.folds = Objects.requireNonNull(newFolds, "folds");
      return this;
    }

    /** Sets what the default folds come from. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets what a violated margin costs, above 0; see {@link LinearSvm}. Default: 1. */
    public Builder cost(double c) {
      if (!(c > 0)) {
        throw new IllegalArgumentException("cost must be positive, was " + c);
      }
      this.cost = c;
      return this;
    }

    /** Sets in how many posts a term must occur to count. Default: 2. */
    public Builder minDocFreq(int posts) {
      this.minDocFreq = positive(posts, "minDocFreq");
      return this;
    }

    /** Sets how many terms the report names for a label at most. Default: 20. */
    public Builder termsPerLabel(int count) {
      this.termsPerLabel = positive(count, "termsPerLabel");
      return this;
    }

    /** Sets how many wrong predictions the report shows at most. Default: 20. */
    public Builder hardestPosts(int count) {
      this.hardestPosts = positive(count, "hardestPosts");
      return this;
    }

    /** Returns the classification, ready to fit. */
    public TextClassification build() {
      return new TextClassification(this);
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
