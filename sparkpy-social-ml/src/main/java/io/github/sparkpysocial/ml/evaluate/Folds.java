package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Divides posts into folds for an honest evaluation. Posts are seldom independent: a repost repeats
 * a text, an author repeats himself. If one of them is learnt from and the other tested, the score
 * tells how well a model remembers. So what belongs together stays in one fold, or the folds follow
 * each other in time.
 *
 * <p>A fold is a number from 0 in a column that is added, fit for {@code CrossValidator.setFoldCol}
 * of Spark, too. The same posts and seed give the same folds in whatever order they come. Immutable
 * and thread-safe.
 */
public final class Folds {

  /** What keeps posts together. */
  public enum Together {
    /**
     * Texts that differ only in links, mentions, case and punctuation: {@link
     * SocialTokenizer#fingerprint}. Needs the column {@code text}.
     */
    TEXT,
    /**
     * A post and all that repost or quote it. Needs the columns {@code id}, {@code repost_of_id}
     * and {@code quote_of_id}.
     */
    ORIGINAL,
    /** All posts of an author. Needs the columns {@code id} and {@code author_id}. */
    AUTHOR
  }

  /** The column that is added by default. */
  public static final String COLUMN = "fold";

  private static final String GROUP = "__group";
  private static final int MOST_ROUNDS = 50;

  private final int count;
  private final long seed;
  private final List<Together> together;

  private Folds(int count, long seed, List<Together> together) {
    if (count < 2) {
      throw new IllegalArgumentException("There are at least 2 folds, was " + count);
    }
    this.count = count;
    this.seed = seed;
    this.together = together;
  }

  /**
   * Returns folds at random that keep together what belongs together.
   *
   * @param count how many folds, at least 2
   * @param seed what chance comes from
   * @param first what keeps posts together; posts that two things tie to a third stay with both
   */
  public static Folds keeping(int count, long seed, Together first, Together... more) {
    List<Together> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return new Folds(count, seed, List.copyOf(all));
  }

  /**
   * Returns folds that follow each other in time, each as large as the others, by the column {@code
   * created_at}. To test a fold, learn from those before it.
   *
   * @param count how many folds, at least 2
   */
  public static Folds inTime(int count) {
    return new Folds(count, 0, List.of());
  }

  /** Returns how many folds there are. */
  public int count() {
    return count;
  }

  /**
   * Returns whether the folds follow each other in time, so that only earlier ones may be learnt
   * from.
   */
  public boolean areInTime() {
    return together.isEmpty();
  }

  /**
   * Adds the column {@value #COLUMN}, an {@code int}. Folds in time leave posts without a time out.
   *
   * @throws IllegalArgumentException if a column that is needed is missing, or {@value #COLUMN} is
   *     there already
   */
  public Dataset<Row> assign(Dataset<Row> posts) {
    if (List.of(posts.columns()).contains(COLUMN)) {
      throw new IllegalArgumentException("The posts have a column '" + COLUMN + "' already");
    }
    return areInTime() ? assignInTime(posts) : assignAtRandom(posts);
  }

  /** Returns how the folds are made, such as {@code 5 at random, together by TEXT, seed 42}. */
  @Override
  public String toString() {
    return areInTime()
        ? count + " in time"
        : count
            + " at random, together by "
            + together.stream().map(Together::name).collect(Collectors.joining(" and "))
            + ", seed "
            + seed;
  }

  private Dataset<Row> assignInTime(Dataset<Row> posts) {
    require(posts, "created_at");
    Column byTime = functions.percent_rank().over(Window.orderBy(col("created_at")));
    return posts
        .where(col("created_at").isNotNull())
        .withColumn(
            COLUMN,
            functions.least(lit(count - 1), functions.floor(byTime.multiply(count))).cast("int"));
  }

  private Dataset<Row> assignAtRandom(Dataset<Row> posts) {
    List<String> names = new ArrayList<>();
    Dataset<Row> keyed = posts;
    for (Together what : together) {
      String name = "__" + what.name().toLowerCase(Locale.ROOT);
      keyed = keyed.withColumn(name, key(posts, what));
      names.add(name);
    }
    Dataset<Row> grouped =
        names.size() == 1 ? keyed.withColumn(GROUP, col(names.get(0))) : components(keyed, names);
    return grouped
        .withColumn(COLUMN, pmod(xxhash64(lit(seed), col(GROUP)), lit(count)).cast("int"))
        .drop(GROUP)
        .drop(names.toArray(new String[0]));
  }

  private static Column key(Dataset<Row> posts, Together what) {
    return switch (what) {
      case TEXT -> {
        require(posts, "text");
        UDF1<@Nullable String, String> fingerprint =
            text -> text == null ? "" : SocialTokenizer.fingerprint(text);
        yield functions.udf(fingerprint, DataTypes.StringType).apply(col("text"));
      }
      case ORIGINAL -> {
        require(posts, "id", "repost_of_id", "quote_of_id");
        yield coalesce(col("repost_of_id"), col("quote_of_id"), col("id"));
      }
      case AUTHOR -> {
        require(posts, "id", "author_id");
        yield coalesce(col("author_id"), concat(lit("post "), col("id")));
      }
    };
  }

  private static void require(Dataset<Row> posts, String... columns) {
    List<String> there = List.of(posts.columns());
    for (String column : columns) {
      if (!there.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "'; the columns are " + String.join(", ", there));
      }
    }
  }

  /**
   * Gives what is tied together, also by way of others, one name: each takes the smallest name
   * among those it shares a key with, until nothing changes.
   */
  private static Dataset<Row> components(Dataset<Row> keyed, List<String> names) {
    Dataset<Row> named = keyed.withColumn(GROUP, col(names.get(0)));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Dataset<Row> next = named.withColumn("__before", col(GROUP));
      for (String name : names) {
        next = next.withColumn(GROUP, min(col(GROUP)).over(Window.partitionBy(name)));
      }
      Dataset<Row> settled = next.localCheckpoint();
      boolean changed = !settled.where(col(GROUP).notEqual(col("__before"))).isEmpty();
      named = settled.drop("__before");
      if (!changed) {
        return named;
      }
    }
    throw new IllegalStateException(
        "What belongs together did not settle in " + MOST_ROUNDS + " rounds; name fewer ties");
  }
}
