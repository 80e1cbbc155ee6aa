package io.github.sparkpysocial.samples.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.classify.TextClassification;
import io.github.sparkpysocial.ml.cluster.StreamingClusters;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.NearDuplicates;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.frequent.FrequentHashtags;
import io.github.sparkpysocial.ml.network.NetworkMeasures;
import io.github.sparkpysocial.ml.network.PeopleNetwork;
import io.github.sparkpysocial.ml.project.Projection;
import io.github.sparkpysocial.ml.recommend.Preferences;
import io.github.sparkpysocial.ml.recommend.Recommendation;
import io.github.sparkpysocial.ml.regress.PostFeatures;
import io.github.sparkpysocial.ml.regress.Regression;
import io.github.sparkpysocial.ml.topic.TopicModelling;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.samples.trend.TrendTracker;
import io.github.sparkpysocial.streaming.alert.AlertRule;
import io.github.sparkpysocial.streaming.alert.AlertSink;
import io.github.sparkpysocial.streaming.alert.Alerts;
import io.github.sparkpysocial.streaming.dstream.SocialReceiver;
import io.github.sparkpysocial.streaming.geo.Geofence;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.trend.Trends;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.LambdaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.jspecify.annotations.Nullable;

/**
 * What the library does with Spark, each part once over a small community, wherever the session is.
 *
 * @param records a file of all kinds of records
 * @param journal the directory of a journal of the posts
 * @param kafka the servers that have them in the topic {@code posts}
 * @param work an empty directory
 */
record Pipelines(SparkSession spark, Path records, Path journal, String kafka, Path work) {
  static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static final Arrivals ARRIVALS =
      Arrivals.DEFAULT.withHorizon(Duration.ofDays(10_000)).withAhead(Duration.ofDays(10_000));
  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

  /** What computes something; its answer prints. */
  private interface Part extends Callable<Object> {}

  /** Returns the parts by name, in the order in which they are to run. */
  private Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("trend tracker", this::track);
    parts.put(
        "exploring",
        () ->
            Explore.of(posts()).profile().columns().stream()
                .map(column -> column.name() + " " + column.count() + " " + column.distinct())
                .toList());
    parts.put("clusters", () -> TextClustering.builder(4).seed(42).build().fit(posts()).report());
    parts.put(
        "topics",
        () -> TopicModelling.builder(3).maxIter(3).seed(42).build().fit(posts()).report().topics());
    parts.put(
        "labels",
        () ->
            TextClassification.builder("language")
                .folds(Folds.keeping(2, 42, Folds.Together.TEXT))
                .build()
                .fit(posts().where(col("language").isin("en", "de", "es")))
                .report()
                .scores());
    parts.put(
        "engagement",
        () ->
            Regression.engagement("likes")
                .folds(Folds.inTime(2))
                .build()
                .fit(PostFeatures.add(posts()))
                .report());
    parts.put(
        "recommendation",
        () ->
            Recommendation.implicit()
                .maxIter(2)
                .build()
                .fit(Preferences.repositories(records(RecordKind.INTERACTION)))
                .report());
    parts.put("hashtags together", () -> FrequentHashtags.builder().find(posts()).rules());
    parts.put("near duplicates", () -> sorted(NearDuplicates.from(0.8).transform(posts()), "id"));
    parts.put("people", this::people);
    parts.put("points in the plane", this::points);
    parts.put("windows", () -> windows("windows", live(100)));
    parts.put("windows of Kafka", () -> windows("kafka", fromKafka()));
    parts.put("alerts", this::alerts);
    parts.put("Kappa", this::kappa);
    parts.put("Lambda", this::lambda);
    parts.put("trends of a stream", this::trends);
    parts.put("a model on a stream", this::modelOnStream);
    parts.put("clusters that follow a stream", this::followingClusters);
    parts.put("a receiver of a DStream", this::received);
    return parts;
  }

  /** Runs all parts, says so before each, and returns what each computed, to six digits. */
  Map<String, String> run(Consumer<String> before) throws Exception {
    Map<String, String> results = new LinkedHashMap<>();
    for (Map.Entry<String, Part> part : parts().entrySet()) {
      before.accept(part.getKey());
      results.put(part.getKey(), rounded(String.valueOf(part.getValue().call())));
    }
    return results;
  }

  /** Sums in another order differ in the last digits. */
  private static String rounded(String text) {
    return FRACTION
        .matcher(text)
        .replaceAll(found -> String.format(Locale.ROOT, "%.6g", Double.parseDouble(found.group())));
  }

  private Dataset<Row> records(RecordKind kind) {
    return Frames.of(spark, PlaceUri.parse(records.toString()), kind);
  }

  private Dataset<Row> posts() {
    return records(RecordKind.POST);
  }

  private Object track() throws Exception {
    var trends = new TrendTracker(spark, NOW).clusters(4).track(PlaceUri.parse(records.toString()));
    return trends.counts()
        + Files.readString(trends.dashboard().write(work.resolve("dashboard")))
        + sorted(given(trends.clustered()), "id", "prediction");
  }

  private static <T> T given(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private Object people() {
    try (NetworkMeasures measures = PeopleNetwork.builder().posts(posts()).build().measure()) {
      return measures.report() + "" + measures.influencers(10);
    }
  }

  private PipelineModel latent() {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new SocialTokenizer(), new TfIdf().setMinDF(2), new LatentSemantics().setDimensions(5)
            })
        .fit(posts());
  }

  private Object points() {
    Dataset<Row> vectors = latent().transform(posts());
    return Projection.builder(Projection.Method.PCA)
        .featuresCol("latent")
        .build()
        .points(vectors)
        .points()
        .stream()
        .map(point -> String.format(Locale.ROOT, "%s %.4f %.4f", point.id(), point.x(), point.y()))
        .sorted()
        .toList();
  }

  private Dataset<Row> live(int most) {
    return spark
        .readStream()
        .format("social")
        .option("maxRecordsPerTrigger", most)
        .load("journal:" + journal);
  }

  private Dataset<Row> fromKafka() {
    return KafkaRecords.of(
            spark
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", kafka)
                .option("subscribe", "posts")
                .option("startingOffsets", "earliest")
                .load(),
            Set.of(RecordKind.POST))
        .records();
  }

  private static Dataset<Row> hashtags(Dataset<Row> posts) {
    return WindowCounts.tumbling(
        ARRIVALS.sound(posts), WindowCounts.Of.HASHTAGS, Duration.ofDays(1));
  }

  private void stream(String name, Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> sink)
      throws Exception {
    stream(name, rows, "update", sink);
  }

  private void stream(
      String name, Dataset<Row> rows, String mode, VoidFunction2<Dataset<Row>, Long> sink)
      throws Exception {
    rows.writeStream()
        .outputMode(mode)
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", work.resolve(name).toString())
        .foreachBatch(sink)
        .start()
        .awaitTermination();
  }

  private Object windows(String name, Dataset<Row> posts) throws Exception {
    String database = "jdbc:sqlite:" + work.resolve(name + ".db");
    stream(
        name,
        hashtags(posts),
        TableSink.to(PlaceUri.parse(database + "::counts"), "window_start", "value"));
    return sorted(
        spark.read().format("jdbc").option("url", database).option("dbtable", "counts").load(),
        "window_start",
        "value",
        "posts");
  }

  private Object alerts() throws Exception {
    Path file = work.resolve("alerts.jsonl");
    Dataset<Row> alerts =
        Alerts.builder(live(1_000))
            .arrivals(ARRIVALS.withHorizon(Duration.ofHours(1)))
            .rule(
                AlertRule.threshold("surge", 3, Duration.ofDays(2))
                    .per(WindowCounts.Of.HASHTAGS)
                    .build())
            .rule(AlertRule.absence("silence", Duration.ofHours(12)).build())
            .find();
    alerts
        .writeStream()
        .trigger(Trigger.AvailableNow())
        .option("checkpointLocation", work.resolve("alerts").toString())
        .foreachBatch(AlertSink.to(file).build())
        .start()
        .awaitTermination();
    return Files.readAllLines(file).stream().sorted().toList();
  }

  private static View view() {
    return View.of(Pipelines::hashtags, "window_start", "value");
  }

  private Object kappa() throws Exception {
    KappaView view = KappaView.open(spark, work.resolve("kappa"));
    view.follow("1", view(), live(1_000), Trigger.AvailableNow()).awaitTermination();
    view.serve("1");
    return sorted(view.served(view()), "window_start", "value", "posts");
  }

  private Object lambda() throws Exception {
    Instant cutOver = NOW.minus(Duration.ofDays(15));
    LambdaView view = LambdaView.open(spark, work.resolve("lambda"), view(), "window_start");
    view.rebuild(posts(), cutOver);
    view.follow(live(1_000), Trigger.AvailableNow()).awaitTermination();
    return sorted(view.served(), "window_start", "value", "posts");
  }

  private Object trends() throws Exception {
    Dataset<Row> somewhere =
        ARRIVALS
            .withHorizon(Duration.ofHours(1))
            .sound(live(100))
            .where(Geofence.circle(new GeoPoint(0, 0), 20_000_000).contains());
    List<String> scores = new ArrayList<>();
    stream(
        "trends",
        Trends.of(somewhere, WindowCounts.Of.HASHTAGS, Duration.ofDays(1), 3),
        "append",
        (batch, id) -> scores.addAll(strings(batch)));
    return scores.stream().sorted().toList();
  }

  private Object followingClusters() throws Exception {
    StreamingClusters clusters =
        StreamingClusters.builder(3).featuresCol("latent").seed(42).build();
    stream("following", latent().transform(live(100)), clusters::update);
    return clusters.centres().stream()
        .map(
            centre ->
                Arrays.stream(centre).mapToObj(x -> String.format(Locale.ROOT, "%.4f", x)).toList())
        .toList();
  }

  private Object modelOnStream() throws Exception {
    TextClusteringModel model = TextClustering.builder(3).seed(42).build().fit(posts());
    model.save(work.resolve("model"));
    List<String> clusters = new ArrayList<>();
    stream(
        "scored",
        TextClusteringModel.load(work.resolve("model")).transform(live(150)),
        (batch, id) -> clusters.addAll(strings(batch.select("id", "prediction"))));
    return clusters.stream().sorted().toList();
  }

  /** Receives the file of records, on an executor; what comes again counts once. */
  @SuppressWarnings("deprecation") // DStreams are the older API
  private Object received() throws Exception {
    JavaStreamingContext context =
        new JavaStreamingContext(
            JavaSparkContext.fromSparkContext(spark.sparkContext()), Milliseconds.apply(200));
    Set<String> keys = new ConcurrentSkipListSet<>();
    long wanted =
        spark.read().json(records.toString()).select("network", "record", "id").distinct().count();
    try {
      SocialReceiver.records(
              context,
              PlaceUri.parse("replay:" + records),
              work.resolve("received"),
              StorageLevel.MEMORY_AND_DISK_SER())
          .map(record -> record.key().toString())
          .foreachRDD(rdd -> keys.addAll(rdd.collect()));
      context.start();
      while (keys.size() < wanted) {
        if (context.awaitTerminationOrTimeout(50)) {
          throw new IllegalStateException("The DStream ended before all records came");
        }
      }
    } finally {
      context.stop(false, true);
    }
    return keys;
  }

  private static List<String> sorted(Dataset<Row> rows, String... columns) {
    Column[] chosen = Arrays.stream(columns).map(name -> col(name)).toArray(Column[]::new);
    return strings(rows.select(chosen)).stream().sorted().toList();
  }

  private static List<String> strings(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).toList();
  }
}
