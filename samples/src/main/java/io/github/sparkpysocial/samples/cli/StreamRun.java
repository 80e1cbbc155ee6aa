package io.github.sparkpysocial.samples.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.sink.RecordSink;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.source.RecorderStatus;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.jspecify.annotations.Nullable;

/** What {@code stream} does: recorders write journals, one query counts, another one keeps. */
final class StreamRun {
  private static final long LOOK_MILLIS = 100;
  static final String COUNTS = "counts";
  private static final String RECORDS = "records";

  private final Console console;
  private final Path directory;
  private final Counting counting;
  private final QuarantineOption.Opened quarantine;

  /** What is counted and how it is shown. */
  record Counting(
      WindowCounts.Of what, Duration window, Duration slide, Duration horizon, int top) {}

  /**
   * How fast it goes and when it ends.
   *
   * @param untilIdle after how long a silence, or {@code null} when no more can come
   * @param patience how long a topic that is not there is waited for
   */
  record Pace(Duration every, double speed, @Nullable Duration untilIdle, Duration patience) {}

  /** Where what came and what was counted is kept. */
  record Sinks(
      @Nullable PlaceUri records,
      @Nullable PlaceUri counts,
      @Nullable Path metrics,
      StreamAlerts.Wanted alerts,
      @Nullable Integer servePort) {}

  /**
   * Makes a run.
   *
   * @param directory where journals and checkpoints are kept
   */
  StreamRun(
      Console console, Path directory, Counting counting, QuarantineOption.Opened quarantine) {
    this.console = console;
    this.directory = directory.toAbsolutePath();
    this.counting = counting;
    this.quarantine = quarantine;
  }

  /** Runs until it is to end, and returns what came of it. */
  Map<String, @Nullable Object> run(List<PlaceUri> sources, Pace pace, Sinks sinks)
      throws Exception {
    List<StreamRecorder> recorders = new ArrayList<>();
    SparkSession spark = SparkSessions.local();
    try (ProgressLog progress =
            sinks.metrics() == null
                ? ProgressLog.start(spark)
                : ProgressLog.start(spark, sinks.metrics());
        StreamPage page = sinks.servePort() == null ? null : StreamPage.at(sinks.servePort())) {
      if (page != null) {
        progress.tell(page::take);
        console.say("Live at " + page.uri());
      }
      for (PlaceUri source : sources) {
        recorders.add(record(source, recorders.size(), pace));
      }
      RecordSink sink =
          sinks.records() == null
              ? null
              : RecordSink.to(sinks.records(), StoreOptions.with(quarantine));
      TopCounts top = new TopCounts(console, counting.top());
      StreamAlerts alerts = new StreamAlerts(sinks.alerts());
      List<QueryRun> queries = new ArrayList<>();
      try {
        queries.add(counts(spark, recorders, sinks, top));
        if (alerts.isWanted()) {
          queries.add(
              alerts.start(spark, journals(spark, recorders), counting, directory, console, page));
        }
        if (sink != null) {
          queries.add(
              QueryRun.of(
                      spark,
                      () ->
                          journals(spark, recorders)
                              .writeStream()
                              .queryName(RECORDS)
                              .foreachBatch(sink)
                              .option("checkpointLocation", directory.resolve(RECORDS).toString())
                              .start())
                  .start());
        }
        await(recorders, queries, pace.untilIdle());
      } finally {
        recorders.forEach(StreamRecorder::close);
        finish(queries, progress);
      }
      alerts.finish(console);
      return new StreamReport(recorders, progress, sink, top, alerts).tell(console);
    } finally {
      recorders.forEach(StreamRecorder::close);
    }
  }

  private StreamRecorder record(PlaceUri source, int number, Pace pace) {
    SourceOptions options =
        SourceOptions.fromEnvironment()
            .withListener(wait -> HarvestTelling.tellOfWait(console, wait));
    return StreamRecorder.of(source, directory.resolve("journal-" + number), options)
        .every(pace.every())
        .speed(pace.speed())
        .quarantine(quarantine)
        .awaitSource(pace.patience(), console::note)
        .start();
  }

  private static Dataset<Row> journals(SparkSession spark, List<StreamRecorder> recorders) {
    return recorders.stream()
        .map(
            recorder ->
                spark
                    .readStream()
                    .format("social")
                    .option("kind", "all")
                    .load("journal:" + recorder.reader().directory()))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** What the state of the counts depends on. */
  private Map<String, String> definition() {
    return Map.of(
        "--count", counting.what().name(),
        "--window", counting.window().toString(),
        "--slide", counting.slide().toString());
  }

  private QueryRun counts(
      SparkSession spark, List<StreamRecorder> recorders, Sinks sinks, TopCounts top)
      throws Exception {
    Arrivals arrivals = Arrivals.DEFAULT.withHorizon(counting.horizon());
    Dataset<Row> came =
        journals(spark, recorders)
            .observe(
                "came",
                count(lit(1)).as("in"),
                count(when(col("record").equalTo("post").and(arrivals.reason().isNotNull()), 1))
                    .as("implausible"));
    Dataset<Row> posts = arrivals.sound(came).observe("sound", count(lit(1)).as("sound"));
    TableSink table =
        sinks.counts() == null ? null : TableSink.to(sinks.counts(), "window_start", "value");
    Dataset<Row> counts =
        WindowCounts.sliding(posts, counting.what(), counting.window(), counting.slide());
    Path checkpoint = directory.resolve(COUNTS);
    return QueryRun.of(
            spark,
            () ->
                counts
                    .writeStream()
                    .queryName(COUNTS)
                    .outputMode("update")
                    .option("checkpointLocation", checkpoint.toString())
                    .foreachBatch(
                        (batch, id) -> {
                          take(batch, id, top, table);
                        })
                    .start())
        .definition(checkpoint, definition())
        .start();
  }

  private static void take(Dataset<Row> batch, Long id, TopCounts top, @Nullable TableSink table) {
    Dataset<Row> once = batch.persist();
    try {
      top.take(once);
      if (table != null) {
        table.call(once, id);
      }
    } finally {
      Dataset<Row> unused = once.unpersist();
    }
  }

  private void await(
      List<StreamRecorder> recorders, List<QueryRun> queries, @Nullable Duration untilIdle)
      throws Exception {
    while (true) {
      boolean over = true;
      for (StreamRecorder recorder : recorders) {
        RuntimeException failure = recorder.failure();
        if (failure != null) {
          throw failure;
        }
        over &= isOver(recorder.status(), untilIdle);
      }
      for (QueryRun query : queries) {
        query.await(Duration.ZERO);
      }
      if (over) {
        return;
      }
      console.progress(() -> line(recorders));
      Thread.sleep(LOOK_MILLIS);
    }
  }

  private static boolean isOver(RecorderStatus status, @Nullable Duration untilIdle) {
    return status.ended()
        || (untilIdle != null
            && status.connected()
            && status.waiting() == 0
            && status.quietNanos() >= untilIdle.toNanos());
  }

  /** Lets the queries take what is in the journals, stops them, and waits for their last word. */
  private static void finish(List<QueryRun> queries, ProgressLog progress)
      throws InterruptedException {
    for (QueryRun run : queries) {
      StreamingQuery query = run.query();
      if (query.isActive() && !Thread.currentThread().isInterrupted()) {
        query.processAllAvailable();
      }
      run.close();
      while (!progress.hasEnded(query.runId()) && !Thread.currentThread().isInterrupted()) {
        Thread.sleep(10);
      }
    }
  }

  private String line(List<StreamRecorder> recorders) {
    long records = 0;
    for (StreamRecorder recorder : recorders) {
      records += recorder.status().records();
    }
    return String.format(Locale.ROOT, "%,d records came", records);
  }
}
