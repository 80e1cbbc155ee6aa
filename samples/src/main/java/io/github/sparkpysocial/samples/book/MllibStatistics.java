package io.github.sparkpysocial.samples.book;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaDoubleRDD;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.linalg.Matrices;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.random.RandomRDDs;
import org.apache.spark.mllib.stat.MultivariateStatisticalSummary;
import org.apache.spark.mllib.stat.Statistics;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** The statistics that the book names: summary, correlation, strata, tests, random data. */
public final class MllibStatistics {
  private MllibStatistics() {}

  /** Returns one number of each family, by its name; the same each time. */
  public static Map<String, Double> walk(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, Double> told = new TreeMap<>();

    // Pictures in a post, and how often it was liked.
    JavaRDD<Vector> posts =
        context.parallelize(
            List.of(
                Vectors.dense(0, 1),
                Vectors.dense(1, 3),
                Vectors.dense(2, 5),
                Vectors.dense(3, 20)));
    MultivariateStatisticalSummary summary = Statistics.colStats(posts.rdd());
    told.put("summary: mean likes", summary.mean().apply(1));
    told.put("correlation: Pearson", Statistics.corr(posts.rdd()).apply(0, 1));
    told.put("correlation: Spearman", Statistics.corr(posts.rdd(), "spearman").apply(0, 1));

    // Of the posts of two networks, half of the one and all of the other.
    JavaPairRDD<String, Integer> byNetwork =
        context
            .parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
            .mapToPair(id -> new Tuple2<>(id <= 8 ? "x" : "mastodon", id));
    Map<String, Double> fractions = new HashMap<>(Map.of("x", 0.5, "mastodon", 1.0));
    told.put("stratified sample", (double) byNetwork.sampleByKeyExact(false, fractions, 7).count());

    // Do replies come as often from both networks? 30 of 100 and 60 of 100.
    told.put(
        "hypothesis test: chi-squared p",
        Statistics.chiSqTest(Matrices.dense(2, 2, new double[] {30, 60, 70, 40})).pValue());

    JavaDoubleRDD random = RandomRDDs.normalJavaRDD(context, 2_000L, 2, 11L);
    told.put(
        "random data: Kolmogorov-Smirnov p",
        Statistics.kolmogorovSmirnovTest(random, "norm", 0.0, 1.0).pValue());
    return told;
  }
}
