package io.github.sparkpysocial.ml.recommend;

import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.Columns;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Knows what people may take to. Bound to the Spark application that learnt it, and to the
 * preferences, which Spark keeps. Immutable and thread-safe.
 */
public final class RecommendationModel {
  private final String userCol;
  private final String itemCol;
  private final Taste taste;
  private final RecommendationReport report;

  RecommendationModel(String userCol, String itemCol, Taste taste, RecommendationReport report) {
    this.userCol = userCol;
    this.itemCol = itemCol;
    this.taste = taste;
    this.report = report;
  }

  /** Returns how well it recommends to people what they took to later. */
  public RecommendationReport report() {
    return report;
  }

  /**
   * Returns lists for people: the columns of people and things, {@code rank} from 1, {@code score},
   * comparable within one list, and {@code source}: {@code taste}, or {@code popular} for people of
   * whom nothing is known, without a score. Nobody gets what he took to already.
   *
   * @param people a frame with a column of people; each gets one list
   * @param n how long the lists are at most
   * @throws IllegalArgumentException if the column is missing, or {@code n} is below 1
   */
  public Dataset<Row> recommend(Dataset<Row> people, int n) {
    Columns.require(people, List.of(userCol));
    if (n < 1) {
      throw new IllegalArgumentException("n must be positive, was " + n);
    }
    Dataset<Row> each =
        people.select(Columns.of(userCol).cast("string").as(Taste.USER)).na().drop().distinct();
    return recommend(taste, each, n)
        .withColumnRenamed(Taste.USER, userCol)
        .withColumnRenamed(Taste.ITEM, itemCol);
  }

  static Dataset<Row> recommend(Taste taste, Dataset<Row> people, int n) {
    return taste
        .learnt(taste.among(people, true), n)
        .withColumn("source", lit("taste"))
        .unionByName(
            taste.popular(taste.among(people, false), n).withColumn("source", lit("popular")));
  }
}
