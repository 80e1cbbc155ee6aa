package io.github.sparkpysocial.streaming;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.window;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.alert.AlertRule;
import io.github.sparkpysocial.streaming.alert.AlertSink;
import io.github.sparkpysocial.streaming.alert.Alerts;
import io.github.sparkpysocial.streaming.alert.Webhook;
import io.github.sparkpysocial.streaming.geo.Geofence;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.run.RestartLimit;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.trend.Trends;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.LambdaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.view.ViewDifference;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.equivalence.Equivalence;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.GroupStateTimeout;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;

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

  static StreamingQuery alerts(Dataset<Row> posts, Path file, String checkpoint, List<String> told)
      throws Exception {
    // snippet: alerts
    Dataset<Row> alerts =
        Alerts.builder(posts) // as they come from a source: repetitions are left out here
            .arrivals(Arrivals.DEFAULT.withHorizon(Duration.ofSeconds(30)))
            .rule(
                AlertRule.threshold("surge", 50, Duration.ofMinutes(5))
                    .per(WindowCounts.Of.HASHTAGS)
                    .coolDown(Duration.ofHours(1))
                    .build())
            .rule(AlertRule.change("unusual", Duration.ofMinutes(10), 36, 5).least(20).build())
            .rule(AlertRule.absence("silence", Duration.ofMinutes(15)).build())
            .rule(AlertRule.together("outage", "#spark", "down", Duration.ofMinutes(10)).build())
            .find();
    StreamingQuery query =
        alerts
            .writeStream()
            .foreachBatch(
                AlertSink.to(file)
                    .log()
                    .channel("desk", Webhook.to(Secret.fromEnvironment("DESK_WEBHOOK")).build())
                    .channel("mine", alert -> told.add(alert.text()))
                    .build())
            .option("checkpointLocation", checkpoint)
            .start();
    // end
    return query;
  }

  static List<Dataset<Row>> trends(Dataset<Row> posts) {
    // snippet: trends
    Dataset<Row> nearby =
        posts.where(Geofence.circle(new GeoPoint(38.72, -9.14), 20_000).contains());
    Dataset<Row> scored = Trends.of(nearby, WindowCounts.Of.HASHTAGS, Duration.ofMinutes(10), 36);
    Dataset<Row> top = WindowCounts.top(posts, WindowCounts.Of.WORDS, Duration.ofMinutes(10), 20);
    // end
    return List.of(scored, top);
  }

  static List<Dataset<Row>> joins(Dataset<Row> posts, Dataset<Row> teams, Dataset<Row> replies) {
    // snippet: joins
    Dataset<Row> withTeams = posts.join(teams, "author_id"); // a table: author_id, team
    Dataset<Row> answers =
        posts
            .as("question")
            .join(
                replies.as("answer"), // another stream with a watermark
                expr(
                    "answer.in_reply_to_id = question.id AND answer.created_at BETWEEN"
                        + " question.created_at AND question.created_at + INTERVAL 1 HOUR"));
    // end
    return List.of(withTeams, answers);
  }

  static Dataset<Row> state(Dataset<Row> posts) {
    // snippet: state
    Dataset<Row> pauses =
        posts
            .select(col("author_id"), unix_millis(col("created_at")).as("at"), col("created_at"))
            .where(col("author_id").isNotNull())
            .groupByKey((MapFunction<Row, String>) row -> row.getString(0), Encoders.STRING())
            .flatMapGroupsWithState(
                (author, rows, last) -> {
                  if (last.hasTimedOut()) {
                    last.remove(); // no post for an hour: forget the author
                    return List.<Row>of().iterator();
                  }
                  TreeSet<Long> times = new TreeSet<>();
                  rows.forEachRemaining(row -> times.add(row.getLong(1)));
                  Long before = last.exists() ? last.get() : null;
                  long newest = Math.max(times.last(), before == null ? 0 : before);
                  last.update(newest);
                  last.setTimeoutTimestamp(
                      Math.max(newest, last.getCurrentWatermarkMs()) + 3_600_000);
                  return before == null
                      ? List.<Row>of().iterator()
                      : List.of(RowFactory.create(author, newest - before)).iterator();
                },
                OutputMode.Append(),
                Encoders.LONG(),
                Encoders.row(StructType.fromDDL("author STRING, pause_millis BIGINT")),
                GroupStateTimeout.EventTimeTimeout());
    // end
    return pauses;
  }

  static Dataset<Row> model(Dataset<Row> posts, Path directory) throws IOException {
    // snippet: model
    TextClusteringModel model = TextClusteringModel.load(directory); // learnt from the past
    Dataset<Row> subjects =
        model
            .transform(posts) // a stream as well as a batch
            .groupBy(window(col("created_at"), "10 minutes"), col("prediction"))
            .count();
    // end
    return subjects;
  }
}
