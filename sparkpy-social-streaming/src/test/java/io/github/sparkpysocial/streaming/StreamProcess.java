package io.github.sparkpysocial.streaming;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.alert.AlertRule;
import io.github.sparkpysocial.streaming.alert.AlertSink;
import io.github.sparkpysocial.streaming.alert.Alerts;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A stream, counted by windows into a table, by a driver in a process of its own, to be killed. It
 * says on its standard output when a batch is in the table.
 */
final class StreamProcess implements AutoCloseable {
  static final Duration WINDOW = Duration.ofHours(6);

  /** Far longer than the community's posts are apart: none is late, whenever it is killed. */
  static final Arrivals ARRIVALS =
      Arrivals.DEFAULT.withHorizon(Duration.ofDays(10_000)).withAhead(Duration.ofDays(10_000));

  private static final long PATIENCE_SECONDS = 120;
  private static final String BATCH = "batch ";
  private static final String ALERTS = "alerts:";

  private final Process process;
  private final AtomicLong batches = new AtomicLong();

  private StreamProcess(Process process) {
    this.process = process;
    Thread listener = new Thread(this::listen, "stream-process");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Takes a place or {@code kafka:servers/topic}, a directory, and a table or {@code alerts:FILE}.
   */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.log.level", "ERROR")
            .getOrCreate();
    Dataset<Row> posts = posts(spark, args[0], directory);
    boolean watches = args[2].startsWith(ALERTS);
    VoidFunction2<Dataset<Row>, Long> sink =
        watches
            ? AlertSink.to(Path.of(args[2].substring(ALERTS.length()))).build()
            : TableSink.to(PlaceUri.parse(args[2]), "window_start", "value");
    Dataset<Row> rows = watches ? alerts(posts) : counts(posts);
    try (QueryRun run =
        QueryRun.of(
                spark,
                () ->
                    rows.writeStream()
                        .outputMode(watches ? "append" : "update")
                        .option("checkpointLocation", directory.resolve("checkpoint").toString())
                        .foreachBatch(
                            (batch, id) -> {
                              sink.call(batch, id);
                              System.out.println(BATCH + id);
                            })
                        .start())
            .start()) {
      run.await();
    }
  }

  private static Dataset<Row> posts(SparkSession spark, String source, Path directory) {
    if (!source.startsWith("kafka:")) {
      return spark
          .readStream()
          .format("social")
          .option("journal", directory.resolve("journal").toString())
          .option("maxRecordsPerTrigger", source.startsWith("journal:") ? 50 : 100_000)
          .load(source);
    }
    String[] parts = source.substring("kafka:".length()).split("/", 2);
    return KafkaRecords.of(
            spark
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", parts[0])
                .option("subscribe", parts[1])
                .option("startingOffsets", "earliest")
                .option("maxOffsetsPerTrigger", 100)
                .load(),
            Set.of(RecordKind.POST))
        .records();
  }

  static Dataset<Row> counts(Dataset<Row> posts) {
    return WindowCounts.tumbling(ARRIVALS.sound(posts), WindowCounts.Of.HASHTAGS, WINDOW);
  }

  /** A horizon that lets the watermark go on, so that there are alerts on the way. */
  static Dataset<Row> alerts(Dataset<Row> posts) {
    return Alerts.builder(posts)
        .arrivals(ARRIVALS.withHorizon(Duration.ofHours(1)))
        .rule(
            AlertRule.threshold("surge", 3, Duration.ofHours(12))
                .per(WindowCounts.Of.HASHTAGS)
                .build())
        .find();
  }

  /** Starts a process with the arguments of {@link #main}. */
  static StreamProcess start(String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String open : List.of("java.nio", "java.lang.invoke", "java.util")) {
      command.add("--add-opens=java.base/" + open + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m",
            "-Duser.timezone=UTC",
            "-cp",
            System.getProperty("java.class.path"),
            StreamProcess.class.getName()));
    command.addAll(List.of(args));
    return new StreamProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private void listen() {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = said.readLine()) != null) {
        if (line.startsWith(BATCH)) {
          batches.incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many batches this process has put into the table. */
  long batches() {
    return batches.get();
  }

  /**
   * Waits until something is so, looking again and again while the process runs. As long as there
   * are batches it is on its way: what many kills have left behind takes its time.
   */
  void await(String what, BooleanSupplier condition) {
    long known = batches();
    long since = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (hasEnded(20)) {
        throw new AssertionError("The process ended by itself, waiting for " + what);
      }
      if (batches() != known) {
        known = batches();
        since = System.nanoTime();
      }
      if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new AssertionError(
            "No batch for "
                + PATIENCE_SECONDS
                + " s, waiting for "
                + what
                + "; "
                + known
                + " so far");
      }
    }
  }

  /** Waits a moment, unless it ends. */
  boolean hasEnded(long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  /** Kills it by SIGKILL. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
