package io.github.sparkpysocial.samples.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.window;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Measures counting hashtags of a topic by the minute, each post once, against the job that
 * somebody would write by hand with Structured Streaming alone, over the same topic in the same
 * run.
 */
public final class StreamBench {
  /** What the ratio is against. */
  public static final String BASELINE =
      "hand-written Structured Streaming: from_json, watermark, dropDuplicates, window, count";

  private static final Duration HORIZON = Duration.ofMinutes(10);
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final long MOST_A_BATCH = 50_000;
  private static final Duration LATENCY_RUN = Duration.ofSeconds(20);
  private static final int SENDS_A_SECOND = 50;

  private final SparkSession spark;
  private final Path directory;
  private final Consumer<String> listener;
  private int runs;

  /**
   * Makes a benchmark.
   *
   * @param directory where checkpoints go
   * @param listener hears what is done
   */
  public StreamBench(SparkSession spark, Path directory, Consumer<String> listener) {
    this.spark = spark;
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Measures.
   *
   * @param events how many posts the topic has
   * @param rounds how often each job reads it, by turns; the median counts
   */
  public Map<String, @Nullable Object> ratio(long events, int rounds) throws Exception {
    try (KafkaServer kafka = KafkaServer.started();
        StreamTopic topic = StreamTopic.make(kafka.address(), "bench")) {
      listener.accept("filling a topic with " + events + " posts");
      topic.send(0, events);
      List<Double> ours = new ArrayList<>();
      List<Double> byHand = new ArrayList<>();
      StreamGrowth growth = new StreamGrowth(events, StreamGrowth.TENTHS, listener);
      for (int round = -1; round < rounds; round++) { // the first warms up
        double baseline = perSecond(kafka, topic, StreamBench::byHand, events, null);
        double own = perSecond(kafka, topic, StreamBench::ours, events, round == 0 ? growth : null);
        listener.accept("round " + round + ": ours " + own + "/s, by hand " + baseline + "/s");
        if (round >= 0) {
          ours.add(own);
          byHand.add(baseline);
        }
      }
      double rate = Medians.of(ours);
      double[] latencies = latencies(kafka, rate / 2);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("name", "stream");
      result.put("baseline", BASELINE);
      result.put("ratio", rate / Medians.of(byHand));
      result.put("runs", rounds);
      result.put("events", events);
      result.put("eventsPerSecond", rate);
      result.put("byHandEventsPerSecond", Medians.of(byHand));
      result.put("latencyEventsPerSecond", rate / 2);
      result.put("latencySeconds50", percentile(latencies, 0.50));
      result.put("latencySeconds99", percentile(latencies, 0.99));
      result.put("growth", growth.marks());
      return result;
    }
  }

  /**
   * Reads a topic once, and looks at state and heap when a tenth, half and all of it is counted.
   *
   * @param events how many posts the topic has, of which one in a hundred comes twice
   */
  public Map<String, @Nullable Object> heap(long events) throws Exception {
    try (KafkaServer kafka = KafkaServer.started();
        StreamTopic topic = StreamTopic.make(kafka.address(), "heap")) {
      listener.accept("filling a topic with " + events + " posts");
      topic.send(0, events);
      StreamGrowth growth = new StreamGrowth(events, StreamGrowth.HEAP, listener);
      double perSecond = perSecond(kafka, topic, StreamBench::ours, events, growth);
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("name", "stream");
      result.put("events", events);
      result.put("eventsPerSecond", perSecond);
      result.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
      result.put("heapAfterGc", growth.marks());
      return result;
    }
  }

  private Dataset<Row> messages(KafkaServer kafka, StreamTopic topic) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", kafka.address())
        .option("subscribe", topic.name())
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", MOST_A_BATCH)
        .load();
  }

  private static Dataset<Row> ours(Dataset<Row> messages) {
    return WindowCounts.tumbling(
        Arrivals.DEFAULT
            .withHorizon(HORIZON)
            .withAhead(Duration.ofDays(1_000))
            .sound(
                KafkaRecords.of(messages, Set.of(RecordKind.POST))
                    .records("record", "network", "id", "text", "created_at", "hashtags")),
        WindowCounts.Of.HASHTAGS,
        WINDOW);
  }

  private static Dataset<Row> byHand(Dataset<Row> messages) {
    StructType schema =
        StructType.fromDDL(
            "network STRING, id STRING, created_at TIMESTAMP,"
                + " hashtags ARRAY<STRUCT<text: STRING>>");
    return messages
        .select(from_json(col("value").cast("string"), schema).as("post"))
        .select("post.*")
        .where(col("id").isNotNull().and(col("created_at").isNotNull()))
        .withWatermark("created_at", HORIZON.toMinutes() + " minutes")
        .dropDuplicatesWithinWatermark("network", "id")
        .select(col("created_at"), explode(col("hashtags.text")).as("tag"))
        .groupBy(window(col("created_at"), "1 minute"), lower(col("tag")))
        .count();
  }

  /** Reads the topic from its beginning to its end. The first batch is not counted. */
  private double perSecond(
      KafkaServer kafka,
      StreamTopic topic,
      UnaryOperator<Dataset<Row>> job,
      long events,
      @Nullable StreamGrowth growth)
      throws TimeoutException, StreamingQueryException {
    long[] first = new long[1];
    long last;
    try (ProgressLog progress = ProgressLog.start(spark)) {
      if (growth != null) {
        progress.tell(growth::look);
      }
      start(
              job.apply(messages(kafka, topic)),
              Trigger.AvailableNow(),
              id -> first[0] = first[0] == 0 ? System.nanoTime() : first[0])
          .awaitTermination();
      last = System.nanoTime();
    }
    return (events - Math.min(MOST_A_BATCH, events / 2)) / ((last - first[0]) / 1e9);
  }

  private StreamingQuery start(Dataset<Row> counts, Trigger trigger, Consumer<Long> done)
      throws TimeoutException {
    return counts
        .writeStream()
        .outputMode("update")
        .trigger(trigger)
        .option("checkpointLocation", directory.resolve("checkpoint-" + runs++).toString())
        .foreachBatch(
            (batch, id) -> {
              batch.write().format("noop").mode("overwrite").save();
              done.accept(id);
            })
        .start();
  }

  /** Sends at an even rate, and returns for each post how long it took into the sink, sorted. */
  private double[] latencies(KafkaServer kafka, double perSecond) throws Exception {
    long posts = (long) (perSecond * LATENCY_RUN.toSeconds());
    long[] sentAt = new long[(int) posts];
    Map<Long, Long> doneAt = new ConcurrentHashMap<>();
    try (StreamTopic topic = StreamTopic.make(kafka.address(), "latency")) {
      StreamingQuery query =
          start(
              ours(messages(kafka, topic)),
              Trigger.ProcessingTime(0),
              id -> doneAt.put(id, System.nanoTime()));
      try {
        listener.accept("sending " + posts + " posts at " + (long) perSecond + "/s");
        long begun = System.nanoTime();
        int steps = (int) LATENCY_RUN.toSeconds() * SENDS_A_SECOND;
        for (int step = 0; step < steps; step++) {
          long due = begun + step * 1_000_000_000L / SENDS_A_SECOND;
          LockSupport.parkNanos(due - System.nanoTime());
          int from = (int) (posts * step / steps);
          int to = (int) (posts * (step + 1) / steps);
          Arrays.fill(sentAt, from, to, System.nanoTime());
          topic.send(from, to);
        }
        query.processAllAvailable();
      } finally {
        query.stop();
      }
      return latencies(query.recentProgress(), sentAt, doneAt);
    }
  }

  private static double[] latencies(
      StreamingQueryProgress[] batches, long[] sentAt, Map<Long, Long> doneAt) {
    double[] latencies = new double[sentAt.length];
    for (StreamingQueryProgress batch : batches) {
      Long done = doneAt.get(batch.batchId());
      if (batch.numInputRows() == 0 || done == null) {
        continue;
      }
      int from = (int) offset(batch.sources()[0].startOffset());
      int to = (int) offset(batch.sources()[0].endOffset());
      for (int i = from; i < to; i++) {
        latencies[i] = (done - sentAt[i]) / 1e9;
      }
    }
    Arrays.sort(latencies);
    return latencies;
  }

  /** Reads an offset such as {@code {"latency":{"0":120}}}. */
  private static long offset(@Nullable String json) {
    String number = json == null ? "" : json.replaceAll(".*\"0\":(\\d+).*", "$1");
    return number.matches("\\d+") ? Long.parseLong(number) : 0;
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.round(share * (sorted.length - 1)))];
  }
}
