package io.github.sparkpysocial.streaming;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.run.RestartLimit;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.LambdaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.view.ViewDifference;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.equivalence.Equivalence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/** The code on the page about streaming. */
final class Snippets {
  private Snippets() {}

  static StreamingQuery follow(
      SparkSession spark, String place, String journal, String table, String checkpoint)
      throws Exception {
    // snippet: follow
    Dataset<Row> posts =
        spark
            .readStream()
            .format("social")
            .option("journal", journal)
            .load(place); // such as bluesky:jetstream, x:stream or github:apache/spark/events
    Dataset<Row> counts =
        WindowCounts.tumbling(
            Arrivals.DEFAULT.sound(posts), WindowCounts.Of.HASHTAGS, Duration.ofMinutes(1));
    StreamingQuery query =
        counts
            .writeStream()
            .outputMode("update")
            .foreachBatch(TableSink.to(PlaceUri.parse(table), "window_start", "value"))
            .option("checkpointLocation", checkpoint)
            .start();
    // end
    return query;
  }

  static List<Dataset<Row>> kafka(SparkSession spark, String servers, String topic) {
    // snippet: kafka
    KafkaRecords messages =
        KafkaRecords.of(
            spark
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .load(),
            Set.of(RecordKind.POST, RecordKind.TOMBSTONE));
    Dataset<Row> records = messages.records();
    Dataset<Row> deadLetters = messages.deadLetters(); // for a topic of its own
    // end
    return List.of(records, deadLetters);
  }

  static void run(SparkSession spark, Dataset<Row> counts, TableSink table, Path checkpoint)
      throws Exception {
    // snippet: run
    try (ProgressLog progress = ProgressLog.start(spark, checkpoint.resolve("metrics.jsonl"));
        QueryRun run =
            QueryRun.of(
                    spark,
                    () ->
                        counts
                            .writeStream()
                            .queryName("trends")
                            .outputMode("update")
                            .option("checkpointLocation", checkpoint.toString())
                            .foreachBatch(table)
                            .start())
                .limit(RestartLimit.DEFAULT) // ten restarts within half an hour
                .definition(checkpoint, Map.of("count", "HASHTAGS", "window", "PT1M"))
                .start()) {
      progress.tell(health -> System.out.println(health.lag() + " entries wait"));
      run.await(); // throws StreamFailedException when it has failed for good
    }
    // end
  }

  static List<Row> lambda(
      SparkSession spark, Path directory, Dataset<Row> live, Dataset<Row> archive, Instant midnight)
      throws Exception {
    // snippet: lambda
    View trends =
        View.of(
            posts ->
                WindowCounts.tumbling(
                    Arrivals.DEFAULT.sound(posts),
                    WindowCounts.Of.HASHTAGS,
                    Duration.ofMinutes(10)),
            "window_start",
            "value");
    LambdaView view = LambdaView.open(spark, directory, trends, "window_start");
    StreamingQuery speed = view.follow(live, Trigger.ProcessingTime("10 seconds"));
    view.rebuild(archive, midnight); // each night: the past anew, served at once when it is done
    List<Row> rows = view.find(Map.of("value", "spark"), midnight, Instant.now());
    view.served().createOrReplaceTempView("trends"); // for SQL
    // end
    speed.stop();
    return rows;
  }

  static ViewDifference kappa(SparkSession spark, Path directory, View newTrends, Dataset<Row> log)
      throws Exception {
    // snippet: kappa
    KappaView view = KappaView.open(spark, directory);
    view.follow("2", newTrends, log, Trigger.AvailableNow()).awaitTermination(); // the replay
    ViewDifference difference = view.compare("2", newTrends); // with what is served
    view.serve("2");
    // end
    return difference;
  }

  static void equivalence(UnaryOperator<Dataset<Row>> trends, Dataset<Row> posts) {
    // snippet: equivalence
    Equivalence.of(trends, "window_start", "value").check(posts).requireEquivalent();
    // end
  }
}
