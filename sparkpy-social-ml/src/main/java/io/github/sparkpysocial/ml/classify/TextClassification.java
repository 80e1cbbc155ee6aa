package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.internal.SparkRuntime;
import io.github.sparkpysocial.ml.internal.TokenExpansion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Learns from labelled posts to tell the label of others, and how well it does: what a post is
 * about, which language it is in, whether its author is pleased.
 *
 * <p>The texts are split by {@link io.github.sparkpysocial.ml.feature.SocialTokenizer}, weighed by
 * {@link io.github.sparkpysocial.ml.feature.TfIdf} and told apart by a {@link Learner}. The scores
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
  final List<Learner> learners;
  final List<Integer> minDocFreq;
  final List<Integer> ngrams;
  final boolean negation;
  final boolean nested;
  final @Nullable String source;
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
    this.learners = builder.learners;
    this.minDocFreq = builder.minDocFreq;
    this.ngrams = builder.ngrams;
    this.negation = builder.negation;
    this.nested = builder.nested;
    this.source = builder.source;
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
   * Returns a builder for what people feel: it tries pairs of neighbouring words beside single
   * ones, and marks what is negated, so that {@code not good} is not taken for praise. Emoji and
   * emoticons count in any case. There is no model inside: the mood is learnt from labels such as
   * {@code positive} and {@code negative} that people gave to posts like yours, and the report says
   * whether that works.
   *
   * @param labelCol the column with the labels, of any simple type
   */
  public static Builder sentiment(String labelCol) {
    return new Builder(labelCol).negation(true).ngrams(1, 2);
  }

  TextClassificationModel.Columns columns() {
    return new TextClassificationModel.Columns(textCol, predictionCol, confidenceCol);
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
    SparkRuntime.requireForLearning();
    List<String> columns = List.of(posts.columns());
    for (String column : List.of(labelCol, idCol, textCol)) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "'; the columns are " + String.join(", ", columns));
      }
      DataType type = posts.schema().apply(column).dataType();
      if (!(type instanceof AtomicType) || (column.equals(textCol) && !isText(type))) {
        throw new IllegalArgumentException(
            "Column '" + column + "' cannot be used, it is of type " + type.simpleString());
      }
    }
    return new ClassificationRun(this).fit(posts);
  }

  private static boolean isText(DataType type) {
    return type.equals(DataTypes.StringType);
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private static final int FOLDS = 5;
    private static final int LEAST_NESTED = 3;

    private final String labelCol;
    private String idCol = "id";
    private String textCol = "text";
    private String predictionCol = "prediction";
    private String confidenceCol = "confidence";
    private @Nullable Folds folds;
    private long seed = 42;
    private List<Learner> learners = List.of(Learner.linearSvm());
    private List<Integer> minDocFreq = List.of(2);
    private List<Integer> ngrams = List.of(1);
    private boolean negation;
    private boolean nested;
    private @Nullable String source;
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

    /**
     * Sets what tells the labels apart. Of several each is tried with each choice of {@link
     * #minDocFreq} and {@link #ngrams} on the same folds, and the best by macro-F1 is taken.
     * Default: {@link Learner#linearSvm()}.
     */
    public Builder learner(Learner first, Learner... more) {
      this.learners = listOf(first, more);
      return this;
    }

    /** Sets in how many posts a term must occur to count; of several the best. Default: 2. */
    public Builder minDocFreq(int first, int... more) {
      this.minDocFreq = numbers(first, more);
      this.minDocFreq.forEach(posts -> positive(posts, "minDocFreq"));
      return this;
    }

    /**
     * Sets up to how many neighbouring tokens make a term, 1 or 2; of several the best. Default: 1.
     */
    public Builder ngrams(int first, int... more) {
      this.ngrams = numbers(first, more);
      this.ngrams.forEach(n -> new TokenExpansion(n, false));
      return this;
    }

    /**
     * Sets whether the three words after a negation, in six European languages, count as their
     * opposites. Default: no.
     */
    public Builder negation(boolean marked) {
      this.negation = marked;
      return this;
    }

    /**
     * Sets whether the report also tells how well the choice among several combinations does, by
     * nested cross-validation: for each fold all are tried on the others alone. Takes about as many
     * times longer as there are folds. Default: no.
     */
    public Builder nested(boolean measured) {
      this.nested = measured;
      return this;
    }

    /** Sets what the card names as the place or query of the posts. Default: nothing. */
    public Builder source(String placeOrQuery) {
      this.source = Objects.requireNonNull(placeOrQuery, "placeOrQuery");
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

    /**
     * Returns the classification, ready to fit.
     *
     * @throws IllegalArgumentException if it is nested in fewer than three folds
     */
    public TextClassification build() {
      if (nested && folds != null && folds.count() < LEAST_NESTED) {
        throw new IllegalArgumentException(
            "Nested folds must be at least " + LEAST_NESTED + ", was " + folds.count());
      }
      return new TextClassification(this);
    }

    private static List<Learner> listOf(Learner first, Learner... more) {
      List<Learner> all = new ArrayList<>(List.of(first));
      all.addAll(List.of(more));
      return List.copyOf(all);
    }

    private static List<Integer> numbers(int first, int... more) {
      return IntStream.concat(IntStream.of(first), IntStream.of(more)).boxed().toList();
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }
  }
}
