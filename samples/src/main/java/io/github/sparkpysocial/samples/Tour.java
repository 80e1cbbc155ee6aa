package io.github.sparkpysocial.samples;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** From a network to a picture: harvest, store, frame, cluster, word cloud. */
public final class Tour {
  private Tour() {}

  /**
   * Runs the tour on the sandbox.
   *
   * @param args where to put the posts and the picture; {@code tour} without it
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Files.createDirectories(Path.of(args.length == 0 ? "tour" : args[0]));
    try (Sandbox sandbox = Sandbox.start(Community.builder().posts(600).build());
        SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      take(options, spark, directory);
    }
  }

  /** Takes the tour; with {@link SourceOptions#fromEnvironment()} it asks the network itself. */
  static void take(SourceOptions options, SparkSession spark, Path directory)
      throws IOException, InterruptedException {
    // snippet: tour
    PlaceUri posts = PlaceUri.parse(directory.resolve("posts.jsonl").toString());
    try (RecordSource search = Places.openSource(PlaceUri.parse("x:search?q=spark"), options);
        RecordStore store = Places.openStore(posts, StoreOptions.with(Quarantine.inMemory()))) {
      Harvest.builder(search, store).ledger(directory.resolve("ledger.json")).build().run();
    }
    Dataset<Row> frame = Frames.of(spark, posts, RecordKind.POST);
    ClusterCard topic =
        TextClustering.builder(5).seed(42).build().fit(frame).report().clusters().get(0);
    WordCloud cloud =
        WordCloud.of(
            topic.terms().stream().map(t -> WeightedTerm.of(t.term(), t.weight())).toList());
    Exporters.write(cloud.withTitle("What most posts are about"), directory.resolve("topic.svg"));
    // end
  }
}
