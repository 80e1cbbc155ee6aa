package io.github.sparkpysocial.streaming.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class ProgressLogTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  /** Many, so that their state outweighs what surrounds it. */
  private static final String WORDS =
      IntStream.range(0, 500).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

  @TempDir private Path directory;

  @Test
  void aBatchTellsOfStateLagLateAndRepeatedRows() throws Exception {
    BlockingQueue<QueryHealth> heard = new LinkedBlockingQueue<>();
    append("1", NOON);
    append("1", NOON);
    append("2", NOON.plus(Duration.ofDays(1)));
    try (ProgressLog log = ProgressLog.start(SPARK.session(), directory.resolve("metrics.jsonl"))) {
      log.tell(heard::add);
      StreamingQuery query =
          WindowCounts.tumbling(
                  Arrivals.DEFAULT.sound(
                      SPARK
                          .session()
                          .readStream()
                          .format("social")
                          .load("journal:" + directory.resolve("journal"))),
                  WindowCounts.Of.WORDS,
                  Duration.ofHours(1))
              .writeStream()
              .queryName("words")
              .outputMode("update")
              .option("checkpointLocation", directory.resolve("checkpoint").toString())
              .foreachBatch(
                  (batch, id) -> {
                    long unused = batch.count();
                  })
              .start();
      try {
        query.processAllAvailable();
        append("3", NOON); // a day late
        query.processAllAvailable();
      } finally {
        query.stop();
      }

      QueryHealth last = await(heard);
      assertThat(last.totals().lateRows()).isEqualTo(1);
      assertThat(last.totals().duplicateRows()).isEqualTo(1);
      assertThat(last.stateRows()).isPositive();
      assertThat(last.stateBytes())
          .as("a row of state is two objects with bytes")
          .isGreaterThan(100 * last.stateRows());
      assertThat(last.lag()).isZero();
      assertThat(last.watermark()).isEqualTo(NOON.plus(Duration.ofHours(23)));
      assertThat(log.health("words")).isNotNull();
      assertThat(Files.readString(directory.resolve("metrics.jsonl")))
          .contains("\"stateOperators\"");
    }
  }

  /** Takes what is heard until the late post is among it. */
  private static QueryHealth await(BlockingQueue<QueryHealth> heard) throws InterruptedException {
    while (true) {
      QueryHealth one =
          Objects.requireNonNull(heard.poll(1, TimeUnit.MINUTES), "heard nothing for a minute");
      if (one.totals().lateRows() > 0) {
        return one;
      }
    }
  }

  private void append(String id, Instant at) {
    try (Journal journal =
        Journal.open(
            directory.resolve("journal"),
            JournalOptions.DEFAULT.withSync(JournalOptions.Sync.PROCESS))) {
      journal.append(
          JournalEntry.Kind.RECORD,
          RecordLine.of(Post.builder(Network.X, id, WORDS).createdAt(at).build()));
      JournalPosition unused = journal.commit();
    }
  }
}
