package io.github.sparkpysocial.streaming.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class QueryRunTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final RestartLimit LIMIT =
      new RestartLimit(3, Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final List<String> taken = Collections.synchronizedList(new ArrayList<>());
  private final Pauses pauses = new Pauses();

  @TempDir private Path directory;

  /** Time passes by pauses only, and not by short looks. */
  private static final class Pauses implements Timing {
    private final List<Duration> list = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch one = new CountDownLatch(1);
    private volatile Instant now = Instant.EPOCH;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      one.countDown();
      if (duration.toMillis() < 1_000) {
        Thread.onSpinWait();
        return;
      }
      now = now.plus(duration);
      list.add(duration);
    }
  }

  @BeforeEach
  void write() throws IOException {
    Files.createDirectory(directory.resolve("in"));
    Files.writeString(directory.resolve("in/one"), "a\nbb\ncc\n");
  }

  private String checkpoint() {
    return directory.resolve("checkpoint").toString();
  }

  private Dataset<Row> lines() {
    return SPARK.session().readStream().text(directory.resolve("in").toString());
  }

  private QueryRun.Builder run(Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> sink) {
    return QueryRun.of(
            SPARK.session(),
            () ->
                rows.writeStream()
                    .outputMode("update")
                    .trigger(Trigger.AvailableNow())
                    .option("checkpointLocation", checkpoint())
                    .foreachBatch(sink)
                    .start())
        .limit(LIMIT)
        .timing(pauses);
  }

  private void take(Dataset<Row> batch, Long id) {
    taken.addAll(
        batch
            .map(
                (org.apache.spark.api.java.function.MapFunction<Row, String>) Row::mkString,
                Encoders.STRING())
            .collectAsList());
  }

  private static Dataset<Row> grouped(Dataset<Row> lines, Column by) {
    return lines.groupBy(by.as("key")).agg(count(lit(1)).as("lines"));
  }

  @Test
  void aQueryThatFailsIsStartedAgainAndLosesNothing() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (QueryRun run =
        run(
                lines(),
                (batch, id) -> {
                  if (calls.incrementAndGet() <= 2) {
                    throw new IllegalStateException("The table is gone");
                  }
                  take(batch, id);
                })
            .start()) {
      run.await();

      assertThat(run.restarts()).isEqualTo(2);
    }
    assertThat(pauses.list).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(taken).containsExactlyInAnyOrder("a", "bb", "cc");
  }

  @Test
  void itIsNotStartedAgainForEver() throws Exception {
    try (QueryRun run =
        run(
                lines(),
                (batch, id) -> {
                  throw new IllegalStateException("The table is gone.");
                })
            .start()) {
      assertThatThrownBy(run::await)
          .isInstanceOf(StreamFailedException.class)
          .hasMessage(
              "The query failed again after 3 restarts within PT10M: The table is gone. Its"
                  + " checkpoint is kept; start it again when that is mended.")
          .extracting(e -> ((StreamFailedException) e).restarts())
          .isEqualTo(3);
      assertThat(run.isActive()).isFalse();
    }
    assertThat(pauses.list)
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3));
  }

  @Test
  void failuresOfLongAgoAreForgotten() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (QueryRun run =
        run(
                lines(),
                (batch, id) -> {
                  pauses.sleep(Duration.ofMinutes(11)); // it ran well for so long
                  if (calls.incrementAndGet() <= 5) {
                    throw new IllegalStateException("The table is gone");
                  }
                })
            .start()) {
      run.await();

      assertThat(run.restarts()).isEqualTo(5);
    }
  }

  @Test
  void anotherDefinitionIsRefused() throws Exception {
    Path checkpoint = directory.resolve("checkpoint");
    try (QueryRun run =
        run(lines(), this::take)
            .definition(checkpoint, Map.of("window", "PT1M", "count", "HASHTAGS"))
            .start()) {
      run.await();
    }

    assertThatThrownBy(
            () ->
                run(lines(), this::take)
                    .definition(checkpoint, Map.of("window", "PT5M", "count", "HASHTAGS"))
                    .start())
        .isInstanceOf(StreamFailedException.class)
        .hasMessage(
            "The checkpoint "
                + checkpoint
                + " is of a query whose window is PT1M, not PT5M. Go back to that, or begin with"
                + " another checkpoint: what is in a journal or a topic is then counted again.");
  }

  @Test
  void aStateOfAnotherSchemaIsRefusedAtOnceAndACompatibleQueryGoesOn() throws Exception {
    try (QueryRun run = run(grouped(lines(), col("value")), this::take).start()) {
      run.await();
    }
    Files.writeString(directory.resolve("in/two"), "a\n");
    taken.clear();
    try (QueryRun run =
        run(grouped(lines(), col("value")).select(col("lines"), col("key")), this::take).start()) {
      run.await();
    }
    assertThat(taken).as("columns in another order").containsExactly("2a");

    Files.writeString(directory.resolve("in/three"), "a\n");
    try (QueryRun run = run(grouped(lines(), length(col("value"))), this::take).start()) {
      assertThatThrownBy(run::await)
          .isInstanceOf(StreamFailedException.class)
          .hasMessageStartingWith("The checkpoint holds the state of another query (");
    }
    assertThat(pauses.list).as("it is not tried again").isEmpty();
  }

  @Test
  void aDamagedCheckpointIsToldAtOnce() throws Exception {
    try (QueryRun run = run(lines(), this::take).start()) {
      run.await();
    }
    try (Stream<Path> logs = Files.list(directory.resolve("checkpoint/offsets"))) {
      for (Path log : logs.toList()) {
        Files.writeString(log, "\u0000\u0001 no log");
      }
    }

    try (QueryRun run = run(lines(), this::take).start()) {
      assertThatThrownBy(run::await)
          .isInstanceOf(StreamFailedException.class)
          .hasMessageStartingWith("The checkpoint is damaged: ");
    }
    assertThat(pauses.list).isEmpty();
  }

  @Test
  void aBatchThatRunsMayEndBeforeItIsStopped() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    QueryRun run =
        run(
                lines(),
                (batch, id) -> {
                  running.countDown();
                  pauses.one.await(); // until the closing thread waits
                  take(batch, id);
                  whole.set(true);
                })
            .start();
    running.await();

    run.close();

    assertThat(whole).isTrue();
    assertThat(taken).hasSize(3);
    assertThat(run.query().isActive()).isFalse();
  }

  @Test
  void wrongLimitsAreRefused() {
    assertThatThrownBy(() -> new RestartLimit(-1, Duration.ofDays(1), Duration.ZERO, Duration.ZERO))
        .hasMessage("most must not be negative, was -1");
    assertThatThrownBy(
            () -> new RestartLimit(1, Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO))
        .hasMessage(
            "pauses go from firstPause, not negative, to longestPause, were PT24H and PT0S");
  }
}
