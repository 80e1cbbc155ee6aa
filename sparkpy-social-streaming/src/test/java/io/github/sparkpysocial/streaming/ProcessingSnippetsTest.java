package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page's code about processing gives what the page says. */
class ProcessingSnippetsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final SparkSession spark = SPARK.session();

  @TempDir Path directory;

  @Test
  void aStreamIsJoinedWithATableAndWithAnotherStream() throws Exception {
    Path questions = inbox("questions");
    Path replies = inbox("replies");
    Dataset<Row> teams = spark.sql("SELECT 'ada' AS author_id, 'red' AS team");
    List<Dataset<Row>> joined = Snippets.joins(follow(questions), teams, follow(replies));
    List<StreamingQuery> queries =
        List.of(
            start(joined.get(0).select("id", "team"), "teams"),
            start(
                joined.get(1).selectExpr("question.id AS asked", "answer.id AS told"), "answers"));
    try {
      write(questions, post("1", "ada", 0).build(), post("2", "bob", 0).build());
      processAll(queries);
      write(
          replies,
          post("3", "eve", 60).inReplyToId("1").build(),
          post("4", "eve", 7_200).inReplyToId("2").build());
      processAll(queries);
      assertThat(stateRows(queries.get(1))).as("questions and answers kept").isEqualTo(4);

      write(questions, post("5", "eve", 14_400).build());
      write(replies, post("6", "ada", 14_400).inReplyToId("5").build());
      processAll(queries);
      assertThat(stateRows(queries.get(1))).as("only the newest kept").isEqualTo(2);
    } finally {
      stop(queries);
    }

    assertThat(rows("teams")).isEqualTo("[[1,red]]");
    assertThat(rows("answers")).as("4 comes two hours late").isEqualTo("[[1,3], [5,6]]");
  }

  @Test
  void trendsWithinAFenceAndTopsAreCounted() throws Exception {
    Path inbox = inbox("inbox");
    Dataset<Row> posts =
        Arrivals.DEFAULT
            .withHorizon(Duration.ofMinutes(1))
            .withClock(Clock.fixed(START.plusSeconds(86_400), ZoneOffset.UTC))
            .sound(spark.readStream().schema(frame().schema()).parquet(inbox.toString()));
    List<Dataset<Row>> counted = Snippets.trends(posts);
    List<StreamingQuery> queries =
        List.of(
            start(counted.get(0).select("value", "posts"), "nearby"),
            start(counted.get(1).select("value", "posts", "rank"), "top"));
    try {
      write(
          inbox,
          tagged("1", "spark").place(Place.at(new GeoPoint(38.7223, -9.1393))).build(),
          tagged("2", "spark").place(Place.at(new GeoPoint(38.6979, -9.4215))).build(), // 25 km off
          tagged("3", "kafka").build(),
          tagged("4", "flink").place(Place.at(new GeoPoint(38.80, -9.14))).build());
      processAll(queries);
      write(inbox, post("9", "eve", 7_200).build());
      processAll(queries);
    } finally {
      stop(queries);
    }

    assertThat(rows("nearby")).isEqualTo("[[flink,1], [spark,1]]");
    assertThat(rows("top")).isEqualTo("[[post,4,1]]");
  }

  @Test
  void aFunctionRemembersEachKeyUntilItsTimeIsOver() throws Exception {
    Path inbox = inbox("inbox");
    List<StreamingQuery> queries = List.of(start(Snippets.state(follow(inbox)), "pauses"));
    try {
      write(inbox, post("1", "ada", 0).build(), post("2", "bob", 5).build());
      processAll(queries);
      write(inbox, post("3", "ada", 30).build());
      processAll(queries);
      assertThat(stateRows(queries.get(0))).as("authors remembered").isEqualTo(2);

      write(inbox, post("4", "eve", 7_200).build());
      processAll(queries);
      assertThat(stateRows(queries.get(0))).as("ada and bob forgotten").isEqualTo(1);
      write(inbox, post("5", "ada", 7_210).build(), post("6", "eve", 7_220).build());
      processAll(queries);
    } finally {
      stop(queries);
    }

    assertThat(rows("pauses")).isEqualTo("[[ada,30000], [eve,20000]]");
  }

  @Test
  void aModelThatWasSavedServesAStream() throws Exception {
    Community community = Community.builder().posts(60).build();
    Post[] posts = IntStream.range(0, 60).mapToObj(community::postAt).toArray(Post[]::new);
    Path inbox = inbox("inbox");
    write(inbox, posts);
    Path saved = directory.resolve("model");
    TextClustering.builder(3).seed(42).build().fit(frame(posts)).save(saved);

    StreamingQuery query =
        Snippets.model(follow(inbox), saved)
            .writeStream()
            .outputMode("complete")
            .format("memory")
            .queryName("subjects")
            .start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }

    assertThat(spark.table("subjects").collectAsList())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(Snippets.model(frame(posts), saved).collectAsList());
  }

  private Path inbox(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  private Dataset<Row> follow(Path inbox) {
    return spark
        .readStream()
        .schema(frame().schema())
        .parquet(inbox.toString())
        .withWatermark("created_at", "1 minute");
  }

  private static StreamingQuery start(Dataset<Row> stream, String table) throws Exception {
    return stream.writeStream().format("memory").queryName(table).start();
  }

  private static void processAll(List<StreamingQuery> queries) {
    queries.forEach(StreamingQuery::processAllAvailable);
  }

  private static void stop(List<StreamingQuery> queries) throws Exception {
    for (StreamingQuery query : queries) {
      query.stop();
    }
  }

  private static long stateRows(StreamingQuery query) {
    return query.lastProgress().stateOperators()[0].numRowsTotal();
  }

  private String rows(String table) {
    Dataset<Row> kept = spark.table(table);
    return kept.orderBy(kept.columns()[0]).collectAsList().toString();
  }

  private void write(Path inbox, Post... posts) {
    frame(posts).coalesce(1).write().mode("append").parquet(inbox.toString());
  }

  private Dataset<Row> frame(Post... posts) {
    return Frames.of(spark, List.of(posts), RecordKind.POST);
  }

  private static Post.Builder tagged(String id, String tag) {
    return post(id, "ada", 0)
        .entities(
            new Entities(
                List.of(new Entities.Hashtag(tag, 0, 4)), List.of(), List.of(), List.of()));
  }

  private static Post.Builder post(String id, String author, int second) {
    return Post.builder(Network.X, id, "Post")
        .createdAt(START.plusSeconds(second))
        .author(new AccountRef(author, null, null));
  }
}
