package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

  @Test
  void streamsAreJoined() {
    Dataset<Row> posts = frame(post("1", "ada", 0).build(), post("2", "bob", 0).build());
    Dataset<Row> teams = spark.sql("SELECT 'ada' AS author_id, 'red' AS team");
    Dataset<Row> replies =
        frame(
            post("3", "eve", 60).inReplyToId("1").build(),
            post("4", "eve", 7_200).inReplyToId("2").build());

    List<Dataset<Row>> joined = Snippets.joins(posts, teams, replies);

    assertThat(joined.get(0).select("id", "team").collectAsList().toString())
        .isEqualTo("[[1,red]]");
    assertThat(joined.get(1).select("question.id", "answer.id").collectAsList().toString())
        .isEqualTo("[[1,3]]");
  }

  @Test
  void trendsAndTopsAreCounted() {
    List<Dataset<Row>> counted = Snippets.trends(frame(post("1", "ada", 0).build()));

    assertThat(counted.get(0).isEmpty()).as("the post has no place").isTrue();
    assertThat(counted.get(1).select("value", "posts", "rank").collectAsList().toString())
        .isEqualTo("[[post,1,1]]");
  }

  @Test
  void aFunctionRemembersEachKey(@TempDir Path directory) throws Exception {
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    Dataset<Row> posts =
        spark
            .readStream()
            .schema(frame().schema())
            .parquet(inbox.toString())
            .withWatermark("created_at", "1 minute");
    StreamingQuery query =
        Snippets.state(posts).writeStream().format("memory").queryName("pauses").start();
    try {
      write(inbox, post("1", "ada", 0).build(), post("2", "bob", 5).build());
      query.processAllAvailable();
      write(inbox, post("3", "ada", 30).build());
      query.processAllAvailable();
    } finally {
      query.stop();
    }

    assertThat(spark.table("pauses").collectAsList().toString()).isEqualTo("[[ada,30000]]");
  }

  @Test
  void aModelThatWasSavedServesAStream(@TempDir Path directory) throws Exception {
    Community community = Community.builder().posts(60).build();
    Post[] posts = IntStream.range(0, 60).mapToObj(community::postAt).toArray(Post[]::new);
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    write(inbox, posts);
    Path saved = directory.resolve("model");
    TextClustering.builder(3).seed(42).build().fit(frame(posts)).save(saved);
    Dataset<Row> live = spark.readStream().schema(frame().schema()).parquet(inbox.toString());

    StreamingQuery query =
        Snippets.model(live, saved)
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

  private void write(Path inbox, Post... posts) {
    frame(posts).coalesce(1).write().mode("append").parquet(inbox.toString());
  }

  private Dataset<Row> frame(Post... posts) {
    return Frames.of(spark, List.of(posts), RecordKind.POST);
  }

  private static Post.Builder post(String id, String author, int second) {
    return Post.builder(Network.X, id, "Post")
        .createdAt(START.plusSeconds(second))
        .author(new AccountRef(author, null, null));
  }
}
