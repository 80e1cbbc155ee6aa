package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A driver that is killed again and again, while its source is cut, leaves the right counts. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KilledStreamIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  /** A property sets more, for a longer look. */
  private static final int KILLS = Integer.getInteger("sparkpy.kills", 3);

  private static final int CUTS_A_LIFE = 3;
  private static final int HELD_BACK = 1_800;
  private static final int PARTS = (KILLS + 1) * (CUTS_A_LIFE + 1) + 1;
  private static final long LONGEST_LIFE_MILLIS = 1_500;
  private static final String TABLE = "killed_stream";
  private static final Community COMMUNITY = Community.builder().posts(2_000).build();

  @TempDir private Path directory;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // with many kills
  void theTableIsWhatABatchOverTheJournalCounts() throws Exception {
    Random random = new Random(11);
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).live(HELD_BACK).start()) {
      String[] args = {
        "bluesky:jetstream?endpoint=" + sandbox.uri(),
        directory.toString(),
        PostgresServer.shared().uri(TABLE)
      };
      for (int life = 0; life < KILLS; life++) {
        try (StreamProcess process = StreamProcess.start(args)) {
          cut(process, sandbox);
          sandbox.publish(HELD_BACK / PARTS);
          if (random.nextBoolean()) { // else it may be killed before its first batch
            process.await("a batch", () -> process.batches() > 0);
          }
          boolean unused = process.hasEnded(random.nextLong(LONGEST_LIFE_MILLIS));
        }
        sandbox.disconnectStreams(); // else the stream of the dead would be taken for the next one
      }
      try (StreamProcess process = StreamProcess.start(args)) {
        cut(process, sandbox);
        sandbox.publish(COMMUNITY.writtenPosts() - sandbox.published());
        Set<String> happened = happened();
        process.await("every post in the journal", () -> ids(journal()).containsAll(happened));
        process.await("a batch", () -> process.batches() > 0);
        process.await("every post in the table", () -> sum(table()) == sum(counted()));
      }
    }

    assertThat(table().collectAsList())
        .as("the table")
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(counted().collectAsList());
  }

  /** Cuts the stream after each of some parts, each of which is in the journal by then. */
  private void cut(StreamProcess process, Sandbox sandbox) {
    for (int cut = 0; cut < CUTS_A_LIFE; cut++) {
      long before = end();
      process.await("a stream", () -> sandbox.openStreams() > 0);
      sandbox.publish(HELD_BACK / PARTS);
      process.await("posts in the journal", () -> recordsSince(before));
      sandbox.disconnectStreams();
    }
  }

  private JournalReader reader() {
    return JournalReader.of(directory.resolve("journal"));
  }

  private long end() {
    return Files.exists(directory.resolve("journal/end")) ? reader().end().offset() : 0;
  }

  /** Returns whether the stream can go on at its own mark: something of it is durable. */
  private boolean recordsSince(long offset) {
    if (end() <= offset) {
      return false;
    }
    try (JournalCursor cursor = reader().readAll()) {
      while (cursor.hasNext()) {
        JournalEntry entry = cursor.next();
        if (entry.offset() >= offset && entry.kind() == JournalEntry.Kind.RECORD) {
          return true;
        }
      }
      return false;
    }
  }

  private Dataset<Row> journal() {
    return SPARK.session().read().format("social").load("journal:" + reader().directory());
  }

  private Dataset<Row> counted() {
    return StreamProcess.counts(journal()).select("window_start", "value", "posts");
  }

  private static Dataset<Row> table() {
    return SPARK
        .session()
        .read()
        .format("jdbc")
        .option("url", PostgresServer.shared().url())
        .option("dbtable", TABLE)
        .load()
        .select("window_start", "value", "posts");
  }

  private static long sum(Dataset<Row> counts) {
    return counts.selectExpr("coalesce(sum(posts), 0)").head().getLong(0);
  }

  private static Set<String> ids(Dataset<Row> posts) {
    Set<String> ids = new HashSet<>();
    posts.select("id").collectAsList().forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private static Set<String> happened() {
    int first =
        COMMUNITY.writtenBefore(
            Network.BLUESKY,
            Objects.requireNonNull(
                COMMUNITY.postAt(COMMUNITY.writtenPosts() - HELD_BACK).createdAt()));
    return IntStream.range(first, COMMUNITY.writtenPosts(Network.BLUESKY))
        .mapToObj(index -> COMMUNITY.postAt(Network.BLUESKY, index))
        .filter(post -> post.kind() != Post.Kind.REPOST && !COMMUNITY.isDeleted(post.id()))
        .map(Post::id)
        .collect(Collectors.toSet());
  }
}
