package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Measures features and clustering of generated posts, whose topics are known, against plain MLlib
 * in the same session and, where it is installed, against scikit-learn on the same file. Each
 * starts from texts in memory.
 */
public final class ClusterBench {
  private static final int ITERATIONS = 20;

  private final SparkSession spark;
  private final Path directory;
  private final Consumer<String> listener;

  /**
   * Makes a benchmark.
   *
   * @param directory where the posts are kept
   * @param listener hears what is done
   */
  public ClusterBench(SparkSession spark, Path directory, Consumer<String> listener) {
    this.spark = spark;
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Runs all by turns, and takes the medians.
   *
   * @param count how many posts are clustered
   * @param k how many clusters all look for; the posts are about five topics
   * @param rounds how often each is run, after one round that does not count
   */
  public Map<String, @Nullable Object> ratio(int count, int k, int rounds)
      throws IOException, InterruptedException {
    listener.accept("writing " + count + " posts");
    Path file = TopicPosts.file(directory, count);
    Dataset<Row> posts = posts(file);
    List<Double> ours = new ArrayList<>();
    List<Double> features = new ArrayList<>();
    List<Double> kMeans = new ArrayList<>();
    List<Double> mllibNmi = new ArrayList<>();
    DriverWatch driver = new DriverWatch();
    Agreement agreement = null;
    for (int round = 0; round <= rounds; round++) {
      listener.accept("round " + round + " of " + rounds);
      if (round == 1) {
        spark.sparkContext().addSparkListener(driver);
      }
      long start = System.nanoTime();
      TextClusteringModel model = fit(posts, k, round);
      double seconds = (System.nanoTime() - start) / 1e9;
      spark.sparkContext().removeSparkListener(driver);
      MllibClustering.Run mllib = MllibClustering.run(posts, k, ITERATIONS, round);
      if (round > 0) {
        ours.add(seconds);
        features.add(mllib.featureSeconds());
        kMeans.add(mllib.kMeansSeconds());
        mllibNmi.add(Agreement.of(mllib.clustered(), "topic", "prediction").nmi());
        if (agreement == null) {
          agreement = Agreement.of(model.transform(posts), "topic", "prediction");
        }
      }
      mllib.features().unpersist(true);
    }
    posts.unpersist(true);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "cluster");
    result.put("baseline", "MLlib's RegexTokenizer, CountVectorizer, IDF, Normalizer and KMeans");
    result.put("posts", count);
    result.put("k", k);
    double median = Medians.of(ours);
    double mllib = Medians.of(features) + Medians.of(kMeans);
    result.put("ratio", median / mllib);
    result.put("seconds", median);
    result.put("nmi", agreement == null ? null : agreement.nmi());
    result.put("purity", agreement == null ? null : agreement.purity());
    result.put("ari", agreement == null ? null : agreement.ari());
    result.put("driverBytes", driver.most());
    result.put("mllibSeconds", mllib);
    result.put("mllibFeatureSeconds", Medians.of(features));
    result.put("mllibKMeansSeconds", Medians.of(kMeans));
    result.put("mllibNmi", Medians.of(mllibNmi));
    result.put("runs", ours);
    listener.accept("scikit-learn");
    JsonNode python = ScikitLearn.run(file, k, ITERATIONS, rounds).orElse(null);
    if (python != null) {
      result.put("ratioToScikitLearn", median / python.at("/sameSteps/seconds").asDouble());
      result.put("scikitLearn", new ObjectMapper().convertValue(python, Map.class));
    }
    return result;
  }

  private TextClusteringModel fit(Dataset<Row> posts, int k, int round) {
    return TextClustering.builder(k).maxIter(ITERATIONS).seed(round).build().fit(posts);
  }

  private Dataset<Row> posts(Path file) {
    Dataset<Row> posts =
        spark
            .read()
            .schema("id STRING, text STRING, language STRING, topic STRING")
            .json(file.toString())
            .repartition(spark.sparkContext().defaultParallelism() * 2)
            .persist(StorageLevel.MEMORY_AND_DISK());
    posts.count();
    return posts;
  }
}
