package io.github.sparkpysocial.samples.bench;

import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The clustering that somebody writes with plain MLlib. */
final class MllibClustering {
  private MllibClustering() {}

  /**
   * The posts with features (persisted) and with their clusters, and how long features and K-Means
   * took.
   */
  record Run(
      Dataset<Row> features, Dataset<Row> clustered, double featureSeconds, double kMeansSeconds) {}

  static Run run(Dataset<Row> posts, int k, int iterations, long seed) {
    long start = System.nanoTime();
    Dataset<Row> features =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new RegexTokenizer().setInputCol("text").setOutputCol("words").setPattern("\\W+"),
                  new StopWordsRemover().setInputCol("words").setOutputCol("terms"),
                  new CountVectorizer()
                      .setInputCol("terms")
                      .setOutputCol("counts")
                      .setMinDF(2)
                      .setVocabSize(10_000),
                  new IDF().setInputCol("counts").setOutputCol("weighed"),
                  new Normalizer().setInputCol("weighed").setOutputCol("features")
                })
            .fit(posts)
            .transform(posts)
            .select("id", "topic", "features")
            .persist(StorageLevel.MEMORY_AND_DISK());
    features.count();
    long middle = System.nanoTime();
    KMeansModel model = new KMeans().setK(k).setMaxIter(iterations).setSeed(seed).fit(features);
    long end = System.nanoTime();
    return new Run(
        features, model.transform(features), (middle - start) / 1e9, (end - middle) / 1e9);
  }
}
