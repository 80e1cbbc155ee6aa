package io.github.sparkpysocial.streaming.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class ViewsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Arrivals ALL =
      Arrivals.DEFAULT.withHorizon(Duration.ofDays(10_000)).withAhead(Duration.ofDays(10_000));
  private static final List<Post> POSTS = posts();
  private static final View HASHTAGS = hashtags(Duration.ofDays(1));

  @TempDir private Path directory;

  private static List<Post> posts() {
    Community community = Community.builder().posts(40).build();
    return IntStream.range(0, 40).mapToObj(community::postAt).toList();
  }

  private static View hashtags(Duration window) {
    return View.of(
        posts -> WindowCounts.tumbling(ALL.sound(posts), WindowCounts.Of.HASHTAGS, window),
        "window_start",
        "value");
  }

  private void log(List<Post> posts) {
    try (Journal journal =
        Journal.open(
            directory.resolve("log"),
            JournalOptions.DEFAULT.withSync(JournalOptions.Sync.PROCESS))) {
      posts.forEach(post -> journal.append(JournalEntry.Kind.RECORD, RecordLine.of(post)));
      JournalPosition unused = journal.commit();
    }
  }

  private Dataset<Row> log(int most) {
    return SPARK
        .session()
        .readStream()
        .format("social")
        .option("maxRecordsPerTrigger", most)
        .load("journal:" + directory.resolve("log"));
  }

  private static Dataset<Row> frame(List<Post> posts) {
    return Frames.of(SPARK.session(), posts, RecordKind.POST);
  }

  private static List<Row> counted(View view, List<Post> posts) {
    return view.function().apply(frame(posts)).collectAsList();
  }

  private static long sum(Dataset<Row> counts) {
    return sum(counts.collectAsList());
  }

  private static long sum(List<Row> counts) {
    return counts.stream().mapToLong(row -> row.getLong(3)).sum();
  }

  @Test
  void aLogIsReplayedIntoAnotherVersionComparedAndSwitched() throws Exception {
    KappaView kappa = KappaView.open(SPARK.session(), directory.resolve("kappa"));
    log(POSTS.subList(0, 20));
    kappa.follow("1", HASHTAGS, log(4), Trigger.AvailableNow()).awaitTermination();
    kappa.serve("1");
    log(POSTS.subList(20, 40));
    kappa.follow("1", HASHTAGS, log(4), Trigger.AvailableNow()).awaitTermination();
    assertThat(kappa.served(HASHTAGS).collectAsList())
        .as("after more batches than are kept apart")
        .containsExactlyInAnyOrderElementsOf(counted(HASHTAGS, POSTS));

    kappa.follow("2", HASHTAGS, log(20), Trigger.AvailableNow()).awaitTermination();
    assertThat(kappa.compare("2", HASHTAGS).isNone()).isTrue();
    View weekly = hashtags(Duration.ofDays(7));
    kappa.follow("3", weekly, log(20), Trigger.AvailableNow()).awaitTermination();
    ViewDifference difference = kappa.compare("3", weekly);
    assertThat(difference.isNone()).isFalse();
    assertThat(difference.toString()).contains(" rows are the same, ", "served version, ", "{\"");

    Dataset<Row> before = kappa.served(HASHTAGS);
    kappa.serve("3");
    assertThat(before.collectAsList()).hasSameSizeAs(counted(HASHTAGS, POSTS));
    assertThat(kappa.served(weekly).collectAsList())
        .containsExactlyInAnyOrderElementsOf(counted(weekly, POSTS));
    assertThatThrownBy(() -> kappa.drop("3"))
        .hasMessage("Version 3 is served; serve another first");
    kappa.drop("1");
    assertThat(kappa.versions()).containsExactly("2", "3");
    assertThatThrownBy(() -> kappa.serve("4"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has no version 4; follow a log with it first");
  }

  @Test
  void thePastComesFromTheBatchAndThePresentFromTheStream() throws Exception {
    SparkSession spark = SPARK.session();
    LambdaView lambda =
        LambdaView.open(spark, directory.resolve("lambda"), HASHTAGS, "window_start");
    assertThatThrownBy(lambda::served)
        .hasMessageContaining("is empty; follow a stream or rebuild it first");
    Instant cutOver =
        Objects.requireNonNull(POSTS.get(20).createdAt()).truncatedTo(ChronoUnit.DAYS);
    // one post was missed by the stream, and is in the archive
    Post missed =
        POSTS.subList(0, 15).stream()
            .filter(post -> !post.entities().hashtags().isEmpty())
            .findFirst()
            .orElseThrow();
    log(POSTS.stream().filter(post -> !post.equals(missed)).toList());
    StreamingQuery query = lambda.follow(log(20), Trigger.AvailableNow());
    query.awaitTermination();
    List<Row> right = counted(HASHTAGS, POSTS);
    assertThat(sum(lambda.served())).as("the stream alone").isPositive().isLessThan(sum(right));

    lambda.rebuild(frame(POSTS), cutOver);

    assertThat(lambda.cutOver()).isEqualTo(cutOver);
    assertThat(lambda.served().collectAsList()).containsExactlyInAnyOrderElementsOf(right);
    lambda.served().createOrReplaceTempView("lambda_trends");
    assertThat(spark.sql("select sum(posts) from lambda_trends").head().getLong(0))
        .isEqualTo(sum(right));
    String value = right.get(0).getString(2);
    assertThat(lambda.find(Map.of("value", value), Instant.EPOCH, cutOver))
        .hasSize(
            (int)
                right.stream()
                    .filter(row -> row.getString(2).equals(value))
                    .filter(row -> row.getTimestamp(0).toInstant().isBefore(lambda.cutOver()))
                    .count());
    Instant earlier = cutOver.minusSeconds(1);
    assertThatThrownBy(() -> lambda.rebuild(frame(POSTS), earlier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot go back");
  }
}
