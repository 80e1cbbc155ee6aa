package io.github.sparkpysocial.samples.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Measures how the way from harvested files to views grows with the posts: files, frame, features,
 * clusters, views, each with time, shuffle, and memory of tasks and driver.
 */
public final class ScaleBench {
  /** The exponent of time over posts that is wanted at most. */
  public static final double WANTED = 1.05;

  private static final int DIMENSIONS = 12;
  private static final int LONGEST = 20;
  private static final long LISTENERS_WITHIN_MILLIS = 60_000;

  private final SparkSession spark;
  private final Path directory;
  private final Consumer<String> listener;

  /** What was measured of one step of the way. */
  private record Stage(String name, double seconds, Map<String, Object> figures) {}

  /**
   * Makes a benchmark.
   *
   * @param directory where the posts are kept
   * @param listener hears what is done
   */
  public ScaleBench(SparkSession spark, Path directory, Consumer<String> listener) {
    this.spark = spark;
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Measures each size once, after a tenth of the smallest that does not count.
   *
   * @param sizes how many posts, smallest first
   * @param k how many clusters
   */
  public Map<String, @Nullable Object> growth(List<Integer> sizes, int k)
      throws IOException, TimeoutException {
    List<Stage> unused = stages(Math.max(1_000, sizes.get(0) / 10), k);
    List<List<Stage>> runs = new ArrayList<>();
    for (int posts : sizes) {
      runs.add(stages(posts, k));
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "scale");
    result.put("baseline", "time that grows as the posts do: an exponent of 1");
    result.put("wanted", WANTED);
    if (sizes.size() > 1) {
      result.put("exponent", Exponent.of(sizes, runs.stream().map(ScaleBench::seconds).toList()));
      Map<String, Double> exponents = new LinkedHashMap<>();
      for (int i = 0; i < runs.get(0).size(); i++) {
        int number = i;
        exponents.put(
            runs.get(0).get(i).name(),
            Exponent.of(sizes, runs.stream().map(run -> run.get(number).seconds()).toList()));
      }
      result.put("exponents", exponents);
    }
    result.put("master", spark.sparkContext().isLocal() ? "local" : "cluster");
    result.put("cores", spark.sparkContext().defaultParallelism());
    result.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
    List<Map<String, Object>> told = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      Map<String, Object> run = new LinkedHashMap<>();
      run.put("posts", sizes.get(i));
      run.put("seconds", seconds(runs.get(i)));
      run.put("stages", runs.get(i).stream().map(Stage::figures).toList());
      told.add(run);
    }
    result.put("runs", told);
    return result;
  }

  private static double seconds(List<Stage> stages) {
    return stages.stream().mapToDouble(Stage::seconds).sum();
  }

  private List<Stage> stages(int posts, int k) throws IOException, TimeoutException {
    listener.accept("writing files of " + posts + " posts");
    Path files = ScalePosts.directory(spark, directory, posts);
    PlaceUri harvest = PlaceUri.parse(files + "/posts-*.jsonl");
    String frame = directory.resolve("bench-scale-frame").toString();
    List<Stage> stages = new ArrayList<>();
    stages.add(
        watch(
            "frame",
            posts,
            () ->
                Frames.of(spark, harvest, RecordKind.POST)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .parquet(frame)));
    Dataset<Row> kept = spark.read().parquet(frame);
    stages.add(watch("features", posts, () -> features(kept)));
    stages.add(watch("clusters", posts, () -> clusters(kept, k)));
    stages.add(watch("views", posts, () -> views(kept)));
    return stages;
  }

  private Stage watch(String name, int posts, Runnable step) throws TimeoutException {
    listener.accept(name + " of " + posts + " posts");
    StageWatch watch = new StageWatch();
    spark.sparkContext().addSparkListener(watch);
    long start = System.nanoTime();
    step.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    spark.sparkContext().listenerBus().waitUntilEmpty(LISTENERS_WITHIN_MILLIS);
    spark.sparkContext().removeSparkListener(watch);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("stage", name);
    figures.put("seconds", seconds);
    figures.putAll(watch.figures());
    figures.put("heapBytes", heap());
    return new Stage(name, seconds, figures);
  }

  /** Returns what is still held when all that can be is thrown away. */
  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void features(Dataset<Row> posts) {
    new Pipeline()
        .setStages(
            new PipelineStage[] {
              new SocialTokenizer().setSplitHashtags(true),
              new TfIdf().setMinDF(2),
              new LatentSemantics().setDimensions(DIMENSIONS)
            })
        .fit(posts)
        .transform(posts)
        .select("id", "latent")
        .write()
        .format("noop")
        .mode(SaveMode.Overwrite)
        .save();
  }

  private static void clusters(Dataset<Row> posts, int k) {
    TextClustering.builder(k)
        .seed(42)
        .build()
        .fit(posts)
        .transform(posts)
        .select("id", "prediction")
        .write()
        .format("noop")
        .mode(SaveMode.Overwrite)
        .save();
  }

  /** Keeps a view of hashtags by day, and brings the top of three lists to this process. */
  private void views(Dataset<Row> posts) {
    WindowCounts.tumbling(posts, WindowCounts.Of.HASHTAGS, Duration.ofDays(1))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(directory.resolve("bench-scale-view").toString());
    for (List<String> by :
        List.of(List.of("network", "author_id"), List.of("language"), List.of("day"))) {
      List<Row> unused =
          posts
              .withColumn("day", date_trunc("day", col("created_at")))
              .groupBy(by.stream().map(name -> col(name)).toArray(Column[]::new))
              .agg(count(lit(1)).as("posts"))
              .orderBy(col("posts").desc())
              .limit(LONGEST)
              .collectAsList();
    }
  }
}
