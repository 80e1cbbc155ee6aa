package io.github.sparkpysocial.ml.frequent;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.transform;

import io.github.sparkpysocial.ml.internal.Columns;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.fpm.FPGrowth;
import org.apache.spark.ml.fpm.FPGrowthModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Which hashtags occur together, and which lead to which, by FP-growth (Han, Pei and Yin 2000,
 * "Mining frequent patterns without candidate generation"), MLlib's {@code FPGrowth}. The result is
 * exact: it does not depend on the order or the partitions of the posts.
 *
 * @param posts how many posts have any hashtag
 * @param itemsets the sets found, of one hashtag or more, those in the most posts first
 * @param rules the rules found, those with the largest lift first
 */
public record FrequentHashtags(long posts, List<Itemset> itemsets, List<Rule> rules)
    implements Serializable {
  private static final String TAGS = "items";

  public FrequentHashtags {
    itemsets = List.copyOf(itemsets);
    rules = List.copyOf(rules);
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects the choices. Not thread-safe. */
  public static final class Builder {
    private double minSupport = 0.01;
    private double minConfidence = 0.5;
    private int most = 1_000;
    private boolean reposts;

    private Builder() {}

    /** Sets which share of the posts must have a set, above 0, up to 1. Default: .01. */
    public Builder minSupport(double share) {
      this.minSupport = share("minSupport", share);
      return this;
    }

    /** Sets how often a rule must hold, above 0, up to 1. Default: .5. */
    public Builder minConfidence(double share) {
      this.minConfidence = share("minConfidence", share);
      return this;
    }

    /** Sets how many sets, and how many rules, are told at most. Default: 1,000. */
    public Builder most(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("most must be positive, was " + count);
      }
      this.most = count;
      return this;
    }

    /** Sets whether reposts count, so that a storm of them makes a pattern. Default: no. */
    public Builder reposts(boolean counted) {
      this.reposts = counted;
      return this;
    }

    /**
     * Finds what is frequent. Posts without a hashtag are left out; without any at all the result
     * is empty.
     *
     * @param posts a frame of posts
     * @throws IllegalArgumentException if there is no column {@code hashtags}, or no column {@code
     *     kind} to tell reposts by
     */
    public FrequentHashtags find(Dataset<Row> posts) {
      Columns.require(posts, reposts ? List.of("hashtags") : List.of("hashtags", "kind"));
      Dataset<Row> tags =
          posts
              .where(reposts ? col("hashtags").isNotNull() : col("kind").notEqual("repost"))
              .select(
                  array_sort(
                          array_distinct(
                              transform(col("hashtags"), tag -> lower(tag.getField("text")))))
                      .as(TAGS))
              .where(size(col(TAGS)).gt(0))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long count = tags.count();
        return count == 0 ? new FrequentHashtags(0, List.of(), List.of()) : find(tags, count);
      } finally {
        tags.unpersist(false);
      }
    }

    private FrequentHashtags find(Dataset<Row> tags, long posts) {
      FPGrowthModel model =
          new FPGrowth()
              .setItemsCol(TAGS)
              .setMinSupport(minSupport)
              .setMinConfidence(minConfidence)
              .fit(tags);
      List<Itemset> itemsets =
          model
              .freqItemsets()
              .select(array_sort(col(TAGS)).as(TAGS), col("freq"))
              .orderBy(col("freq").desc(), size(col(TAGS)), col(TAGS))
              .limit(most)
              .collectAsList()
              .stream()
              .map(row -> itemset(row, posts))
              .toList();
      List<Rule> rules =
          model
              .associationRules()
              .select(
                  array_sort(col("antecedent")).as("given"),
                  col("consequent").getItem(0).as("follows"),
                  col("support"),
                  col("confidence"),
                  col("lift"))
              .orderBy(
                  col("lift").desc(),
                  col("confidence").desc(),
                  col("support").desc(),
                  col("given"),
                  col("follows"))
              .limit(most)
              .collectAsList()
              .stream()
              .map(Builder::rule)
              .toList();
      return new FrequentHashtags(posts, itemsets, rules);
    }

    private static Itemset itemset(Row row, long posts) {
      return new Itemset(row.getList(0), row.getLong(1), (double) row.getLong(1) / posts);
    }

    private static Rule rule(Row row) {
      return new Rule(
          row.getList(0), row.getString(1), row.getDouble(2), row.getDouble(3), row.getDouble(4));
    }

    private static double share(String name, double share) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(name + " must be above 0, up to 1, was " + share);
      }
      return share;
    }
  }
}
