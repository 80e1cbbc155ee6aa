package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.Columns;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How well ranked lists meet what people really took to, each person counted alike. The definitions
 * are those of {@code org.apache.spark.mllib.evaluation.RankingMetrics}, at one {@code k}, in one
 * pass.
 *
 * @param k how long the lists are that are judged
 * @param users how many people were judged: those who took to something
 * @param precision the mean share of the {@code k} places taken by what people took to
 * @param recall the mean share of what people took to that is in the list
 * @param map the mean over people of the average precision at {@code k}
 * @param ndcg the mean of the discounted gain over that of the best possible list
 */
public record RankingScores(
    int k, long users, double precision, double recall, double map, double ndcg)
    implements Serializable {

  /**
   * Judges lists.
   *
   * @param recommendedCol a column {@code array<string>}, the best first; null is an empty list
   * @param relevantCol a column {@code array<string>} of what was taken to, in any order; rows
   *     where it is null or empty are left out
   * @throws IllegalArgumentException if a column is missing, {@code k} is below 1, or nobody took
   *     to anything
   */
  public static RankingScores of(
      Dataset<Row> rows, String recommendedCol, String relevantCol, int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be positive, was " + k);
    }
    Columns.require(rows, List.of(recommendedCol, relevantCol));
    UDF2<@Nullable Seq<String>, Seq<String>, double[]> each =
        (recommended, relevant) ->
            of(
                recommended == null ? List.of() : CollectionConverters.asJava(recommended),
                new HashSet<>(CollectionConverters.asJava(relevant)),
                k);
    Row means =
        rows.where(functions.size(Columns.of(relevantCol)).gt(0))
            .select(
                functions
                    .udf(each, DataTypes.createArrayType(DataTypes.DoubleType, false))
                    .apply(Columns.of(recommendedCol), Columns.of(relevantCol))
                    .as("s"))
            .agg(
                functions.count(lit(1)),
                avg(col("s").getItem(0)),
                avg(col("s").getItem(1)),
                avg(col("s").getItem(2)),
                avg(col("s").getItem(3)))
            .first();
    if (means.getLong(0) == 0) {
      throw new IllegalArgumentException("No row has anything in '" + relevantCol + "'");
    }
    return new RankingScores(
        k,
        means.getLong(0),
        means.getDouble(1),
        means.getDouble(2),
        means.getDouble(3),
        means.getDouble(4));
  }

  /** Returns precision, recall, average precision and normalised gain of one list. */
  private static double[] of(List<String> recommended, Set<String> relevant, int k) {
    int hits = 0;
    double precisions = 0;
    double gain = 0;
    double best = 0;
    for (int i = 0; i < k; i++) {
      double discount = Math.log(2) / Math.log(i + 2.0);
      if (i < recommended.size() && relevant.contains(recommended.get(i))) {
        hits++;
        precisions += (double) hits / (i + 1);
        gain += discount;
      }
      best += i < relevant.size() ? discount : 0;
    }
    return new double[] {
      (double) hits / k,
      (double) hits / relevant.size(),
      precisions / Math.min(relevant.size(), k),
      gain / best
    };
  }
}
