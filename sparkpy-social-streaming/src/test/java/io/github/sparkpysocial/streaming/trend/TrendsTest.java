package io.github.sparkpysocial.streaming.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrendsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final SparkSession spark = SPARK.session();
  private int made;

  @Test
  void theScoreIsTheDistanceFromTheMedianInSpreads() {
    assertThat(RobustScore.of(40, 4, 5, 3, 4)).isEqualTo(new RobustScore(40, 4, 2)); // the root
    assertThat(RobustScore.of(10, 0, 0, 0).score()).isEqualTo(10); // at least 1
    RobustScore wide = RobustScore.of(0, 10, 50, 90, 40, 60);
    assertThat(wide.spread()).isEqualTo(1.4826 * 10); // deviations 40, 0, 40, 10, 10
    assertThat(wide.score()).isEqualTo(-50 / (1.4826 * 10));
    assertThatThrownBy(() -> RobustScore.of(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsNewStandsOutAndWhatIsUsualDoesNot() {
    List<Post> posts = new ArrayList<>();
    for (int minute = 0; minute < 5; minute++) {
      posts.addAll(posts(minute, "usual", 20));
    }
    posts.addAll(posts(4, "new", 8));
    posts.addAll(posts(4, "rare", 2));

    List<Row> top =
        Trends.top(Trends.of(frame(posts), WindowCounts.Of.AUTHORS, MINUTE, 4), 2).collectAsList();

    assertThat(top)
        .filteredOn(row -> row.getTimestamp(0).toInstant().equals(START.plusSeconds(240)))
        .extracting(
            row -> row.<String>getAs("value"),
            row -> row.<Long>getAs("posts"),
            row -> row.<Double>getAs("score"),
            row -> row.<Integer>getAs("rank"))
        .containsExactly(tuple("new", 8L, 8.0, 1), tuple("rare", 2L, 2.0, 2));
  }

  @Test
  void aStreamGivesTheScoresAndTheTopOfTheBatch(@TempDir Path directory) throws Exception {
    List<Post> posts = new ArrayList<>();
    for (int minute = 0; minute < 12; minute++) {
      posts.addAll(posts(minute, "a", minute));
      posts.addAll(posts(minute, "b" + minute % 5, 3));
    }
    posts.addAll(posts(60, "end", 1));
    Dataset<Row> trends = Trends.of(frame(posts), WindowCounts.Of.AUTHORS, MINUTE, 3);
    Dataset<Row> tops = WindowCounts.top(frame(posts), WindowCounts.Of.AUTHORS, MINUTE, 1);
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    Dataset<Row> stream =
        Arrivals.DEFAULT
            .withHorizon(Duration.ofMinutes(3))
            .withClock(Clock.fixed(START.plusSeconds(86_400), ZoneOffset.UTC))
            .sound(spark.readStream().schema(trendless().schema()).parquet(inbox.toString()));
    List<StreamingQuery> queries =
        List.of(
            start(Trends.of(stream, WindowCounts.Of.AUTHORS, MINUTE, 3), "trends"),
            start(WindowCounts.top(stream, WindowCounts.Of.AUTHORS, MINUTE, 1), "tops"));
    try {
      for (int from = 0; from < posts.size(); from += 60) {
        frame(posts.subList(from, Math.min(posts.size(), from + 60)))
            .coalesce(1)
            .write()
            .mode("append")
            .parquet(inbox.toString());
        for (StreamingQuery query : queries) {
          query.processAllAvailable();
        }
      }
    } finally {
      for (StreamingQuery query : queries) {
        query.stop();
      }
    }

    assertThat(spark.table("trends").collectAsList())
        .hasSizeGreaterThan(20)
        .containsExactlyInAnyOrderElementsOf(trends.where("value <> 'end'").collectAsList());
    assertThat(spark.table("tops").collectAsList())
        .containsExactlyInAnyOrderElementsOf(tops.where("value <> 'end'").collectAsList());
    assertThat(spark.table("tops").where("rank = 1 and value = 'a'").count()).isEqualTo(9);
  }

  @Test
  void wrongChoicesAreRefused() {
    Dataset<Row> posts = trendless();
    assertThatThrownBy(() -> Trends.of(posts, WindowCounts.Of.WORDS, MINUTE, 2))
        .hasMessage("past must be from 3 to 1000, was 2");
    assertThatThrownBy(() -> WindowCounts.top(posts, WindowCounts.Of.WORDS, MINUTE, 0))
        .hasMessage("length and k must be positive, were PT1M and 0");
  }

  private static StreamingQuery start(Dataset<Row> rows, String name) throws Exception {
    return rows.writeStream().format("memory").queryName(name).outputMode("append").start();
  }

  private static Dataset<Row> trendless() {
    return frame(List.of());
  }

  private static Dataset<Row> frame(List<Post> posts) {
    return Frames.of(spark, posts, RecordKind.POST);
  }

  private List<Post> posts(int minute, String author, int count) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posts.add(
          Post.builder(Network.X, Integer.toString(made++), "A post")
              .createdAt(START.plusSeconds(60L * minute + i))
              .author(new AccountRef(author, null, null))
              .build());
    }
    return posts;
  }
}
