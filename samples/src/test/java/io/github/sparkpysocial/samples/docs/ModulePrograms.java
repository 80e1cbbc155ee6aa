package io.github.sparkpysocial.samples.docs;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubClient;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.source.PostFiles;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** The first program of each module's page; {@code ModulePagesTest} compares and runs them. */
final class ModulePrograms {
  private ModulePrograms() {}

  static void core(String from, String to, Path refused, Consumer<String> out) {
    // snippet: core
    try (Quarantine quarantine = Quarantine.toFile(refused)) {
      TransferReport report =
          Transfer.builder(PlaceUri.parse(from), PlaceUri.parse(to)) // posts.csv, posts.jsonl
              .options(StoreOptions.with(quarantine))
              .build()
              .run();
      out.accept(report.written() + " written, " + report.quarantined() + " set aside");
    }
    // end
  }

  static void connectors(SourceOptions options, String repository, Consumer<String> out) {
    // snippet: connectors
    GitHubClient github = GitHubClient.open(options); // SourceOptions.fromEnvironment()
    try (Stream<Interaction> stars = github.newestStargazers(repository).records()) {
      stars.limit(10).forEach(star -> out.accept(star.actor().handle() + " " + star.createdAt()));
    }
    // end
  }

  static void ml(SparkSession spark, String place, Consumer<String> out) {
    // snippet: ml
    Dataset<Row> posts = Frames.of(spark, PlaceUri.parse(place), RecordKind.POST);
    TextClusteringModel model = TextClustering.builder(4).seed(42).build().fit(posts);
    for (ClusterCard card : model.report().clusters()) {
      out.accept(card.size() + " posts, as: " + card.terms().get(0).term());
    }
    // end
  }

  static void streaming(SparkSession spark, Path directory, Path checkpoint, Consumer<String> out)
      throws Exception {
    // snippet: streaming
    Dataset<Row> posts = PostFiles.builder(spark, directory).build().posts();
    StreamingQuery query =
        WindowCounts.top(posts, WindowCounts.Of.HASHTAGS, Duration.ofMinutes(1), 3)
            .writeStream()
            .outputMode("append")
            .foreachBatch(
                (VoidFunction2<Dataset<Row>, Long>)
                    (batch, id) -> batch.toJSON().collectAsList().forEach(out))
            .option("checkpointLocation", checkpoint.toString())
            .trigger(Trigger.AvailableNow()) // what is there; leave it out to go on for ever
            .start();
    query.awaitTermination();
    // end
  }

  static void viz(Path file) throws IOException {
    // snippet: viz
    BarChart chart =
        BarChart.of("Posts by language", List.of(Bar.of("en", 1_200), Bar.of("pt", 300)));
    Exporters.write(chart, file); // .html, .svg or .png
    // end
  }

  static void testkit(Consumer<String> out) throws Exception {
    // snippet: testkit
    Community community = Community.builder().seed(42).posts(200).build();
    try (Sandbox sandbox = Sandbox.start(community)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), Clock.systemUTC());
      String repository = community.repositories().get(0).fullName();
      out.accept(GitHubClient.open(options).repository(repository).fullName());
      out.accept(
          sandbox.requests().size() + " requests, against the rules: " + sandbox.violations());
    }
    // end
  }
}
