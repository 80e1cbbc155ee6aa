package io.github.sparkpysocial.samples.cli;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.streaming.alert.Alert;
import io.github.sparkpysocial.streaming.alert.AlertSink;
import io.github.sparkpysocial.streaming.alert.Alerts;
import io.github.sparkpysocial.streaming.alert.Webhook;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.state.Arrivals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Tells of what was asked for, on the console, in a file, on the page and to a webhook. */
final class StreamAlerts {
  private static final String ALERTS = "alerts";

  private final Wanted wanted;
  private final AtomicLong told = new AtomicLong();
  private @Nullable AlertSink sink;

  /**
   * What is to be told.
   *
   * @param file where each is kept once, or {@code null} for one beside the checkpoint
   */
  record Wanted(List<AlertWish> wishes, @Nullable Path file, @Nullable Webhook webhook) {
    Wanted {
      wishes = List.copyOf(wishes);
    }
  }

  StreamAlerts(Wanted wanted) {
    this.wanted = wanted;
  }

  boolean isWanted() {
    return !wanted.wishes().isEmpty();
  }

  /** Returns how many alerts began or were over. */
  long told() {
    return told.get();
  }

  /**
   * Starts to watch.
   *
   * @param records a stream of records
   * @param directory where the state is kept
   */
  QueryRun start(
      SparkSession spark,
      Dataset<Row> records,
      StreamRun.Counting counting,
      Path directory,
      Console console,
      @Nullable StreamPage page)
      throws Exception {
    Alerts.Builder builder =
        Alerts.builder(records.where(col("record").equalTo("post")))
            .arrivals(Arrivals.DEFAULT.withHorizon(counting.horizon()));
    Map<String, String> definition = new TreeMap<>();
    for (AlertWish wish : wanted.wishes()) {
      builder.rule(wish.rule(counting.window()));
      definition.put("--alert " + wish.text(), time(wish, counting.window()));
    }
    Dataset<Row> alerts = builder.find();
    for (AlertWish wish : wanted.wishes()) {
      if (wish.value() != null) {
        alerts =
            alerts.where(col("rule").notEqual(wish.text()).or(col("value").equalTo(wish.value())));
      }
    }
    Path checkpoint = directory.resolve(ALERTS);
    Dataset<Row> asked = alerts;
    AlertSink alertSink = sink(directory, console, page);
    this.sink = alertSink;
    return QueryRun.of(
            spark,
            () ->
                asked
                    .writeStream()
                    .queryName(ALERTS)
                    .option("checkpointLocation", checkpoint.toString())
                    .foreachBatch(alertSink)
                    .start())
        .definition(checkpoint, definition)
        .start();
  }

  /** Tells what a webhook has not taken yet, as no more batches come. */
  void finish(Console console) throws InterruptedException {
    if (sink != null && !sink.deliver()) {
      console.note("Some alerts were not taken by the webhook; they are in the file of alerts");
    }
  }

  private static String time(AlertWish wish, Duration window) {
    return Objects.requireNonNullElse(wish.within(), window).toString();
  }

  private AlertSink sink(Path directory, Console console, @Nullable StreamPage page) {
    Path file = wanted.file();
    AlertSink.Builder builder =
        AlertSink.to(file == null ? directory.resolve("alerts.jsonl") : file.toAbsolutePath());
    builder.channel(
        "console",
        alert -> {
          told.incrementAndGet();
          console.say(alert.at() + " " + alert.text() + evidence(alert));
          if (page != null) {
            page.take(alert);
          }
        });
    Webhook webhook = wanted.webhook();
    return webhook == null ? builder.build() : builder.channel("webhook", webhook).build();
  }

  private static String evidence(Alert alert) {
    return alert.evidence().isEmpty()
        ? ""
        : " ("
            + String.join(
                ", ",
                alert.evidence().stream().map(post -> post.network() + "/" + post.id()).toList())
            + ")";
  }
}
