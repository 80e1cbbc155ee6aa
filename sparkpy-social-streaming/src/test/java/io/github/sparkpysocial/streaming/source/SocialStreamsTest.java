package io.github.sparkpysocial.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryProgress;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class SocialStreamsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();

  @TempDir private Path directory;

  @Test
  void aLiveStreamIsReadByItsShortNameThroughCutsAndRestarts() throws Exception {
    Set<String> wanted = Happening.ids(Network.BLUESKY);
    Path journal = directory.resolve("journal");
    Path checkpoint = directory.resolve("checkpoint");
    Path sink = directory.resolve("sink");
    try (Sandbox sandbox = Sandbox.builder(Happening.COMMUNITY).live(Happening.HELD_BACK).start()) {
      String place = "bluesky:jetstream?endpoint=" + sandbox.uri();
      StreamingQuery first = start(place, journal, checkpoint, sink);
      sandbox.awaitStreams(1);
      sandbox.publish(100);
      Happening.await("rows", () -> rows(first) > 0);
      sandbox.disconnectStreams();
      sandbox.publish(50);
      sandbox.awaitStreams(1);
      first.stop();
      sandbox.publish(50); // while nothing runs

      StreamingQuery second = start(place, journal, checkpoint, sink);
      sandbox.awaitStreams(1);
      sandbox.publish(Happening.COMMUNITY.writtenPosts() - sandbox.published());
      Happening.await(
          "every post", () -> ids(spark.read().parquet(sink.toString())).containsAll(wanted));
      second.processAllAvailable();
      StreamingQueryProgress progress = second.lastProgress();
      second.stop();

      assertThat(progress.sources()[0].metrics()).containsKeys("records", "holes", "lag");
      Dataset<Row> batch = spark.read().format("social").load("journal:" + journal);
      assertThat(
              spark.read().parquet(sink.toString()).select("network", "id", "text").collectAsList())
          .as("the stream, and what is in the journal")
          .containsExactlyInAnyOrderElementsOf(
              batch.select("network", "id", "text").collectAsList());
      assertThat(events(journal)).contains("connected", "disconnected");
    }
  }

  private static long rows(StreamingQuery query) {
    long rows = 0;
    for (StreamingQueryProgress progress : query.recentProgress()) {
      rows += progress.numInputRows();
    }
    return rows;
  }

  private List<String> events(Path journal) {
    return spark
        .read()
        .format("social")
        .option("rows", "events")
        .load("journal:" + journal)
        .select("event")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static StreamingQuery start(String place, Path journal, Path checkpoint, Path sink)
      throws Exception {
    return spark
        .readStream()
        .format("social")
        .option("journal", journal.toString())
        .load(place)
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", checkpoint.toString())
        .option("path", sink.toString())
        .start();
  }

  @Test
  void batchesAreBoundedAndAJournalBesideTheCheckpointIsUsed() throws Exception {
    Path file = directory.resolve("posts.jsonl");
    Happening.write(file, 250);
    StreamingQuery query =
        spark
            .readStream()
            .format("social")
            .option("maxRecordsPerTrigger", 100)
            .load("replay:" + file)
            .writeStream()
            .format("memory")
            .queryName(name())
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .start();
    try {
      Happening.await("every post", () -> rows(query) == 250);
      for (StreamingQueryProgress progress : query.recentProgress()) {
        assertThat(progress.numInputRows()).isLessThanOrEqualTo(100);
      }
    } finally {
      query.stop();
    }

    assertThat(directory.resolve("checkpoint/sources/0/journal")).isDirectory();
  }

  @Test
  void whatIsAvailableNowIsReadAndNoMore() throws Exception {
    Path journal = recorded(120);
    String table = name();

    spark
        .readStream()
        .format("social")
        .option("maxRecordsPerTrigger", 50)
        .load("journal:" + journal)
        .writeStream()
        .format("memory")
        .queryName(table)
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();

    assertThat(ids(spark.table(table))).hasSize(120);
  }

  @Test
  void columnsAreThoseThatAreAskedFor() {
    Path journal = recorded(20);

    List<Row> rows =
        spark
            .read()
            .format("social")
            .load("journal:" + journal)
            .where("id = '7'")
            .select("text", "id")
            .collectAsList();

    assertThat(rows)
        .singleElement()
        .isEqualTo(org.apache.spark.sql.RowFactory.create("Post 7", "7"));
  }

  @Test
  void wrongUseIsToldWhatToDo() {
    Path journal = recorded(1);
    String place = "journal:" + journal;

    assertThatThrownBy(() -> spark.read().format("social").load("bluesky:jetstream").count())
        .hasMessageContaining("has no end; read it with readStream()");
    assertThatThrownBy(() -> spark.read().format("social").option("rows", "some").load(place))
        .hasMessageContaining("'some' is none of [records, events]");
    assertThatThrownBy(
            () -> spark.read().format("social").option("maxRecordsPerTrigger", "x").load(place))
        .hasMessageContaining("The option maxRecordsPerTrigger is a number, was 'x'");
    assertThatThrownBy(
            () -> spark.read().format("social").load("journal:" + directory + "/none").count())
        .hasMessageContaining("There is no journal in ");
  }

  private Path recorded(int posts) {
    Path file = directory.resolve("recorded.jsonl");
    Path journal = directory.resolve("recorded");
    Happening.write(file, posts);
    try (StreamRecorder recorder =
        StreamRecorder.replay(
                io.github.sparkpysocial.place.PlaceUri.parse(file.toString()), journal)
            .speed(Double.POSITIVE_INFINITY)
            .start()) {
      Happening.await("its end", () -> recorder.status().ended());
    }
    return journal;
  }

  private static Set<String> ids(Dataset<Row> frame) {
    Set<String> ids = new HashSet<>();
    frame.select("id").collectAsList().forEach(row -> ids.add(row.getString(0)));
    return ids;
  }

  private static String name() {
    return "sink_" + UUID.randomUUID().toString().replace('-', '_');
  }
}
