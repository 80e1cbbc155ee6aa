package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.source.PostFiles;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostStreamTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(START.plusSeconds(86_400), ZoneOffset.UTC);

  private static final SparkSession spark = SPARK.session();

  @TempDir Path directory;
  private Path inbox;
  private Path desk;

  @BeforeEach
  void makeDirectories() throws IOException {
    inbox = Files.createDirectory(directory.resolve("in box"));
    desk = Files.createDirectory(directory.resolve("desk"));
  }

  @Test
  void countsOfAStreamAreThoseOfTheStoredPosts() throws Exception {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      posts.add(post(i, START.plusSeconds(30L * i), "tag" + i % 3, "author" + i % 2));
    }
    arrive("a.jsonl", posts.subList(0, 50));
    arrive("b.jsonl.gz", posts.subList(40, 90)); // ten of them again
    arrive("c.jsonl", posts.subList(90, 120));
    Dataset<Row> batch = Frames.of(spark, posts, RecordKind.POST);
    Instant watermark = START.plusSeconds(30L * 119).minus(Duration.ofMinutes(10));

    for (WindowCounts.Of what :
        List.of(WindowCounts.Of.HASHTAGS, WindowCounts.Of.WORDS, WindowCounts.Of.PLACES)) {
      List<Row> live = run(WindowCounts.tumbling(files().posts(), what, Duration.ofMinutes(10)));

      assertThat(live)
          .as(what.name())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              WindowCounts.tumbling(batch, what, Duration.ofMinutes(10)).collectAsList().stream()
                  .filter(row -> !row.getTimestamp(1).toInstant().isAfter(watermark))
                  .toList());
    }
  }

  @Test
  void slidingWindowsCountAPostInEachThatHoldsIt() {
    Dataset<Row> posts = Frames.of(spark, List.of(post(1, START, "spark", "ada")), RecordKind.POST);

    List<Row> counts =
        WindowCounts.sliding(
                posts, WindowCounts.Of.HASHTAGS, Duration.ofMinutes(10), Duration.ofMinutes(5))
            .orderBy("window_start")
            .collectAsList();

    assertThat(counts)
        .extracting(row -> row.getTimestamp(0).toInstant(), row -> row.getLong(3))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(START.minusSeconds(300), 1L),
            org.assertj.core.groups.Tuple.tuple(START, 1L));
  }

  @Test
  void aSessionEndsWhenNothingComes() {
    Dataset<Row> posts =
        Frames.of(
            spark,
            List.of(
                post(1, START, "spark", "ada"),
                post(2, START.plusSeconds(200), "spark", "ada"),
                post(3, START.plusSeconds(501), "spark", "ada")),
            RecordKind.POST);

    List<Row> counts =
        WindowCounts.sessions(posts, WindowCounts.Of.HASHTAGS, Duration.ofMinutes(5))
            .orderBy("window_start")
            .collectAsList();

    assertThat(counts)
        .extracting(row -> row.getTimestamp(1).toInstant(), row -> row.getLong(3))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(START.plusSeconds(500), 2L),
            org.assertj.core.groups.Tuple.tuple(START.plusSeconds(801), 1L));
  }

  @Test
  void aPostThatArrivesTwiceComesOnceAlsoInAnotherFile() throws Exception {
    arrive("a.jsonl", List.of(post(1, START, "a", "x"), post(2, START, "a", "x")));
    arrive("b.jsonl", List.of(post(2, START, "a", "x"), post(3, START, "a", "x")));

    assertThat(run(files().posts().select("id")))
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void aRestartGoesOnWhereItStopped() throws Exception {
    arrive("a.jsonl", List.of(post(1, START, "a", "x")));
    Path checkpoint = directory.resolve("checkpoint");
    Path sink = directory.resolve("sink");
    write(files().posts().select("id"), checkpoint, sink);
    arrive("b.jsonl", List.of(post(1, START, "a", "x"), post(2, START, "a", "x")));

    write(files().posts().select("id"), checkpoint, sink);

    assertThat(spark.read().parquet(sink.toString()).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void implausibleTimesAreSetAsideAndDoNotMoveTheWatermark() throws Exception {
    Post future = post(9, Instant.parse("2999-01-01T00:00:00Z"), "a", "x");
    Post ancient = post(8, Instant.parse("0001-01-01T00:00:00Z"), "a", "x");
    Post timeless = post(7, START, "a", "x").toBuilder().createdAt(null).build();
    arrive("a.jsonl", List.of(future, ancient, timeless, post(1, START, "a", "x")));
    arrive("b.jsonl", List.of(post(2, START.minusSeconds(60), "a", "x")));
    Files.writeString(desk.resolve("c.jsonl"), "{\"record\":\"post\",\"netw\n");
    Files.move(desk.resolve("c.jsonl"), inbox.resolve("c.jsonl"));

    assertThat(run(files().posts().select("id")))
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("1", "2");
    assertThat(run(files().setAside().select("id", "reason")))
        .extracting(row -> row.mkString(": "))
        .containsExactlyInAnyOrder(
            "9: the post is from the future",
            "8: the post is from before the network",
            "7: the post has no time",
            "null: the line is no JSON object of a post");
  }

  @Test
  void wrongChoicesAreRefused() {
    assertThatThrownBy(() -> PostFiles.builder(spark, directory.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("to follow; make it first");
    assertThatThrownBy(() -> Arrivals.DEFAULT.withHorizon(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("horizon must be positive, was PT0S");
    Dataset<Row> posts = Frames.of(spark, List.<Post>of(), RecordKind.POST);
    assertThatThrownBy(
            () ->
                WindowCounts.sliding(
                    posts, WindowCounts.Of.WORDS, Duration.ofSeconds(1), Duration.ofSeconds(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("slide must be positive and at most the length PT1S, was PT2S");
  }

  private PostFiles files() {
    return PostFiles.builder(spark, inbox)
        .arrivals(Arrivals.DEFAULT.withHorizon(Duration.ofMinutes(10)).withClock(CLOCK))
        .filesPerTrigger(1)
        .build();
  }

  private static Post post(int id, Instant at, String tag, String author) {
    return Post.builder(Network.X, Integer.toString(id), "Post about #" + tag)
        .createdAt(at)
        .author(new AccountRef(author, null, null))
        .language("en")
        .place(Place.named("London"))
        .entities(
            new Entities(
                List.of(new Entities.Hashtag(tag, 11, 12 + tag.length())),
                List.of(),
                List.of(),
                List.of()))
        .build();
  }

  private void arrive(String name, List<Post> posts) throws IOException {
    Path file = desk.resolve(name);
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      store.write(posts);
    }
    Files.move(file, inbox.resolve(name));
  }

  private static List<Row> run(Dataset<Row> stream) throws Exception {
    String name = "sink_" + UUID.randomUUID().toString().replace('-', '_');
    StreamingQuery query =
        stream
            .writeStream()
            .format("memory")
            .queryName(name)
            .outputMode("append")
            .trigger(Trigger.AvailableNow())
            .start();
    query.awaitTermination();
    return spark.table(name).collectAsList();
  }

  private static void write(Dataset<Row> stream, Path checkpoint, Path sink) throws Exception {
    stream
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", checkpoint.toString())
        .option("path", sink.toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
  }
}
