package io.github.sparkpysocial.ml.cluster;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import io.github.sparkpysocial.ml.internal.TermWeights;
import io.github.sparkpysocial.ml.internal.TruncatedSvd;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.storage.StorageLevel;

/**
 * One fit of a {@link TextClustering}, from posts to model. The posts are read once, into blocks of
 * arrays which Spark keeps, in memory or on disk; what comes to the driver depends on the numbers
 * of terms, dimensions and clusters, not on how many posts there are.
 */
final class ClusteringRun {
  private static final int MOST_TERMS = 50_000;
  private static final StorageLevel KEPT = StorageLevel.MEMORY_AND_DISK();

  /**
   * Text has no few directions that stand out, so that the last of the wanted ones never quite
   * settle; clusters do not change with them. Measured: four more passes move the cost by less than
   * a thousandth.
   */
  private static final TruncatedSvd.Effort EFFORT = new TruncatedSvd.Effort(8, 1e-3);

  private final TextClustering settings;

  ClusteringRun(TextClustering settings) {
    this.settings = settings;
  }

  TextClusteringModel fit(Dataset<Row> posts) {
    Column language =
        List.of(posts.columns()).contains("language")
            ? col("language").cast("string")
            : lit(null).cast("string");
    JavaRDD<PostBlock> blocks =
        posts
            .select(
                coalesce(col(quoted(settings.idCol)).cast("string"), lit("")),
                col(quoted(settings.textCol)),
                language,
                time(posts))
            .toJavaRDD()
            .mapPartitions(PostBlocks::new)
            .persist(KEPT);
    try {
      Corpus.Overview overview = Corpus.Overview.of(blocks);
      Set<String> stopWords = overview.stopWords(settings.languages);
      JavaRDD<int[]> originals = Originals.of(blocks, stopWords).persist(KEPT);
      try {
        return fit(posts.sparkSession(), blocks, originals, overview, stopWords);
      } finally {
        originals.unpersist(false);
      }
    } finally {
      blocks.unpersist(false);
    }
  }

  /** The time of each post in microseconds since 1970, if the posts have one. */
  private static Column time(Dataset<Row> posts) {
    return List.of(posts.columns()).contains("created_at")
            && posts.schema().apply("created_at").dataType() instanceof TimestampType
        ? unix_micros(col("created_at"))
        : lit(null).cast("long");
  }

  private TextClusteringModel fit(
      SparkSession spark,
      JavaRDD<PostBlock> blocks,
      JavaRDD<int[]> originals,
      Corpus.Overview overview,
      Set<String> stopWords) {
    long texts = originals.map(places -> (long) places.length).fold(0L, Long::sum);
    if (texts == 0) {
      throw new IllegalArgumentException(
          "There is nothing to cluster: no post has a word that is not a stop word");
    }
    if (texts < settings.k) {
      throw new IllegalArgumentException(
          "k is "
              + settings.k
              + ", but only "
              + texts
              + " posts differ in their words; choose a k of at most "
              + texts);
    }
    TermWeights weights =
        Corpus.weights(blocks, originals, texts, stopWords, settings.minDocFreq, MOST_TERMS);
    if (weights.size() == 0) {
      throw new IllegalArgumentException(
          "There is nothing to cluster: no word occurs in "
              + settings.minDocFreq
              + " different texts; set minDocFreq(1) for so few posts");
    }
    JavaRDD<Corpus.Weighed> weighed = Corpus.weigh(blocks, originals, weights).persist(KEPT);
    try {
      return cluster(spark, blocks, weighed, weights, overview, texts);
    } finally {
      weighed.unpersist(false);
    }
  }

  private TextClusteringModel cluster(
      SparkSession spark,
      JavaRDD<PostBlock> blocks,
      JavaRDD<Corpus.Weighed> weighed,
      TermWeights weights,
      Corpus.Overview overview,
      long texts) {
    TruncatedSvd.Result svd =
        TruncatedSvd.of(
            weighed.map(Corpus.Weighed::originals),
            texts,
            weights.size(),
            2 * settings.k,
            settings.seed,
            EFFORT);
    PostSpace space = new PostSpace(weights, svd.v(), svd.singularValues().length);
    Description description = new Description(settings, blocks, weighed, space, texts);
    JavaRDD<Points> points = description.points().persist(KEPT);
    try {
      long count = points.map(some -> (long) some.size()).fold(0L, Long::sum);
      Description.Found best =
          settings.algorithm == ClusteringAlgorithm.SPHERICAL_K_MEANS
              ? Description.Found.of(
                  KMeansStarts.best(
                      points,
                      count,
                      settings.k,
                      settings.starts,
                      new KMeansStarts.Limits(settings.maxIter, KMeansStarts.TOLERANCE),
                      settings.seed))
              : new MllibClusters(settings, spark, weighed, weights.size(), points, count).find();
      return description.model(points, count, overview, best, spark.version());
    } finally {
      points.unpersist(false);
    }
  }

  private static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }
}
