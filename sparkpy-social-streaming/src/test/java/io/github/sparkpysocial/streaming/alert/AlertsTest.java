package io.github.sparkpysocial.streaming.alert;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts.Of;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Arrivals ARRIVALS =
      Arrivals.DEFAULT
          .withHorizon(Duration.ofMinutes(2))
          .withClock(Clock.fixed(START.plus(Duration.ofDays(9)), ZoneOffset.UTC));
  private static final SparkSession spark = SPARK.session();

  @Test
  void aThresholdIsRaisedOnceAndIsOverBelowHalf() {
    List<Post> posts = new ArrayList<>();
    for (int second : new int[] {0, 10, 20, 30, 200, 210, 900}) {
      posts.add(post(second, "ada", "spark"));
    }

    List<Alert> alerts =
        find(posts, AlertRule.threshold("surge", 3, MINUTE).per(Of.HASHTAGS).evidence(2).build());

    assertThat(alerts)
        .extracting(Alert::event, Alert::value, Alert::at, Alert::observed)
        .containsExactly(
            tuple("raised", "spark", START.plusSeconds(20), 3.0),
            tuple("cleared", "spark", START.plusSeconds(80), 1.0));
    assertThat(alerts.get(0).evidence())
        .extracting(Alert.Evidence::id, Alert.Evidence::author)
        .containsExactly(tuple("10", "ada"), tuple("20", "ada"));
    assertThat(alerts.get(0).text()).isEqualTo("surge: at least 3 posts of 'spark' in PT1M");
    assertThat(alerts.get(0).since()).isEqualTo(START.minusSeconds(40));
  }

  @Test
  void aValueThatIsCoolingDownRaisesNothing() {
    List<Post> posts = new ArrayList<>();
    for (int second : new int[] {0, 1, 100, 101, 300, 301}) {
      posts.add(post(second, "ada", "spark"));
    }

    assertThat(
            find(
                posts,
                AlertRule.threshold("pair", 2, Duration.ofSeconds(10))
                    .coolDown(Duration.ofMinutes(4))
                    .build()))
        .filteredOn(alert -> alert.event().equals(Alert.RAISED))
        .extracting(Alert::at)
        .containsExactly(START.plusSeconds(1), START.plusSeconds(301));
  }

  @Test
  void aChangeIsMeasuredAgainstTheMedianOfThePast() {
    List<Post> posts = new ArrayList<>();
    int[] counts = {4, 5, 3, 4, 40, 4, 4, 0, 0};
    for (int minute = 0; minute < counts.length; minute++) {
      for (int i = 0; i < counts[minute]; i++) {
        posts.add(post(60 * minute + i, "author" + i, "spark"));
      }
    }
    posts.add(post(60 * 30, "ada", "other"));

    List<Alert> rises =
        find(posts, AlertRule.change("rise", MINUTE, 4, 5).per(Of.HASHTAGS).build());
    List<Alert> falls =
        find(posts, AlertRule.change("fall", MINUTE, 4, -1.5).per(Of.HASHTAGS).build());

    assertThat(rises)
        .extracting(Alert::event, Alert::since, Alert::observed, Alert::expected)
        .containsExactly(
            tuple("raised", START.plusSeconds(240), 40.0, 4.0),
            tuple("cleared", START.plusSeconds(300), 4.0, 4.5));
    assertThat(rises.get(0).score()).isEqualTo((40 - 4) / Math.sqrt(4));
    assertThat(falls)
        .extracting(Alert::event, Alert::since, Alert::observed)
        .startsWith(tuple("raised", START.plusSeconds(420), 0.0));
  }

  @Test
  void aSeasonalChangeIsMeasuredAgainstTheSameHourOfOtherDays() {
    List<Post> posts = new ArrayList<>();
    for (int day = 0; day < 5; day++) {
      for (int i = 0; i < (day == 4 ? 12 : 2); i++) {
        posts.add(post(86_400 * day + i, "ada", "breakfast")); // every day at noon
      }
      for (int i = 0; i < 12; i++) {
        posts.add(post(86_400 * day + 3_600 + i, "ada", "lunch"));
      }
    }
    posts.add(post(86_400 * 5, "ada", "end"));

    assertThat(
            find(
                posts,
                AlertRule.seasonalChange("odd", Duration.ofHours(1), 3, 5)
                    .per(Of.HASHTAGS)
                    .build()))
        .filteredOn(alert -> alert.event().equals(Alert.RAISED))
        .extracting(Alert::value, Alert::since, Alert::expected)
        .containsExactly(tuple("breakfast", START.plus(Duration.ofDays(4)), 2.0));
  }

  @Test
  void whatFallsSilentIsMissedUntilItComesAgain() {
    List<Post> posts =
        List.of(
            post(0, "ada", "spark"),
            post(30, "ada", "spark"),
            post(200, "bob", "other"),
            post(400, "bob", "spark"));

    assertThat(find(posts, AlertRule.absence("quiet", MINUTE).per(Of.HASHTAGS).least(2).build()))
        .extracting(Alert::event, Alert::value, Alert::at)
        .containsExactly(
            tuple("raised", "spark", START.plusSeconds(90)),
            tuple("cleared", "spark", START.plusSeconds(400)));
  }

  @Test
  void twoTermsAreTogetherOnlyIfDifferentAuthorsUseThem() {
    List<Post> posts =
        List.of(
            post(0, "ada", "spark"),
            post(10, "ada", "fire"), // the same author
            post(100, "bob", "fire"), // too late for the first
            post(120, "ada", "spark"),
            post(130, "ada", "fire"));

    List<Alert> alerts = find(posts, AlertRule.together("pair", "#Spark", "fire", MINUTE).build());

    assertThat(alerts).extracting(Alert::at).containsExactly(START.plusSeconds(120));
    assertThat(alerts.get(0).evidence())
        .extracting(Alert.Evidence::id)
        .containsExactly("100", "120");
  }

  @Test
  void whatIsNewIsToldOnceAfterTheTimeToLearn() {
    List<Post> posts =
        List.of(
            post(0, "ada", "spark"),
            post(100, "ada", "spark"),
            post(110, "ada", "flink"),
            post(120, "ada", "flink"));

    assertThat(
            find(
                posts,
                AlertRule.firstSeen("new", Duration.ofDays(1))
                    .per(Of.HASHTAGS)
                    .from(START.plusSeconds(60))
                    .build()))
        .extracting(Alert::value, Alert::at)
        .containsExactly(tuple("flink", START.plusSeconds(110)));
  }

  @Test
  void aStreamFindsWhatABatchFindsHoweverItIsCutAndRestarted(@TempDir Path directory)
      throws Exception {
    Random random = new Random(7);
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int second = i * 3 + (i > 200 && i < 230 ? -random.nextInt(60) : 0);
      posts.add(
          Post.builder(Network.X, Integer.toString(i), "About #tag" + random.nextInt(4) + " fire")
              .createdAt(START.plusSeconds(second))
              .author(new AccountRef("author" + random.nextInt(5), null, null))
              .entities(tag("tag" + (i % 7 == 0 ? i % 11 : 1)))
              .build());
    }
    posts.add(post(86_400, "ada", "end"));
    List<AlertRule> rules =
        List.of(
            AlertRule.threshold("surge", 4, MINUTE).per(Of.HASHTAGS).build(),
            AlertRule.change("change", MINUTE, 5, 1.5).where(col("id").notEqual("3")).build(),
            AlertRule.absence("quiet", MINUTE).per(Of.HASHTAGS).build(),
            AlertRule.together("pair", "#tag1", "#tag2", MINUTE).build(),
            AlertRule.firstSeen("new", Duration.ofHours(1)).per(Of.HASHTAGS).build());
    List<Alert> once = find(posts, rules.toArray(AlertRule[]::new));
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    Path file = directory.resolve("alerts.jsonl");

    List<Alert> told = new ArrayList<>();
    int cut = 0;
    for (int next : new int[] {90, 91, 260, 400, 401}) {
      List<Post> some = new ArrayList<>(posts.subList(Math.max(0, cut - 5), next)); // five again
      java.util.Collections.shuffle(some, random);
      StreamingQuery query = start(inbox, directory, file, told, rules);
      try {
        write(some, inbox);
        query.processAllAvailable();
      } finally {
        query.stop();
      }
      cut = next;
    }

    assertThat(once).extracting(Alert::kind).contains("threshold", "change", "absence", "together");
    assertThat(told)
        .usingElementComparator(Comparator.comparing(Alert::toString))
        .containsExactlyInAnyOrderElementsOf(
            once.stream()
                .filter(alert -> !alert.evidence().stream().anyMatch(p -> p.id().equals("86400")))
                .toList());
    assertThat(Files.readAllLines(file)).hasSize(told.size());
  }

  @Test
  void theClockFindsTheSilenceOfAWholeStream(@TempDir Path directory) throws Exception {
    Path inbox = Files.createDirectory(directory.resolve("inbox"));
    Path clock = Files.createDirectory(directory.resolve("clock"));
    write(List.of(post(0, "ada", "spark")), inbox);
    List<Alert> told = new ArrayList<>();
    Dataset<Row> ticks = spark.readStream().schema("timestamp timestamp").json(clock.toString());
    StreamingQuery query =
        Alerts.builder(stream(inbox))
            .arrivals(ARRIVALS)
            .heartbeat(ticks)
            .rule(AlertRule.absence("silence", Duration.ofMinutes(5)).build())
            .find()
            .writeStream()
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .foreachBatch(
                AlertSink.to(directory.resolve("alerts.jsonl")).channel("test", told::add).build())
            .start();
    try {
      query.processAllAvailable();
      assertThat(told).isEmpty();

      Files.writeString(clock.resolve("a.json"), "{\"timestamp\":\"2026-11-01T12:08:00Z\"}\n");
      query.processAllAvailable();
      Files.writeString(clock.resolve("b.json"), "{\"timestamp\":\"2026-11-01T12:09:00Z\"}\n");
      query.processAllAvailable();
    } finally {
      query.stop();
    }

    assertThat(told)
        .extracting(Alert::text, Alert::at)
        .containsExactly(tuple("silence: no posts for PT5M", START.plusSeconds(300)));
  }

  @Test
  void wrongChoicesAreRefused() {
    assertThatThrownBy(() -> AlertRule.threshold("x", 0, MINUTE))
        .hasMessage("posts must be from 1 to 10000, was 0");
    assertThatThrownBy(() -> AlertRule.firstSeen("x", MINUTE).build())
        .hasMessage("Say what may be new: firstSeen(...).per(...)");
    assertThatThrownBy(() -> AlertRule.threshold("x", 3, MINUTE).clear(4).build())
        .hasMessage("clear must be from 1 to 3, was 4.0");
    assertThatThrownBy(() -> AlertRule.together("x", "two words", "b", MINUTE))
        .hasMessage("'two words' is no single word, hashtag or mention");
    assertThatThrownBy(() -> AlertRule.seasonalChange("x", Duration.ofHours(7), 3, 3))
        .hasMessage("A day must be a whole number of windows and days at most 60, was PT7H, 3");
    assertThatThrownBy(() -> AlertRule.absence("a\u0001b", MINUTE))
        .hasMessage("A rule needs a name without control characters");
    AlertRule rule = AlertRule.absence("x", MINUTE).build();
    assertThatThrownBy(() -> Alerts.builder(frame(List.of())).rule(rule).rule(rule))
        .hasMessage("There are two rules 'x'");
  }

  private static StreamingQuery start(
      Path inbox, Path directory, Path file, List<Alert> told, List<AlertRule> rules)
      throws Exception {
    Alerts.Builder builder = Alerts.builder(stream(inbox)).arrivals(ARRIVALS);
    rules.forEach(builder::rule);
    return builder
        .find()
        .writeStream()
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .foreachBatch(AlertSink.to(file).channel("test", told::add).build())
        .start();
  }

  private static List<Alert> find(List<Post> posts, AlertRule... rules) {
    Alerts.Builder builder = Alerts.builder(frame(posts)).arrivals(ARRIVALS);
    for (AlertRule rule : rules) {
      builder.rule(rule);
    }
    Dataset<Row> found = builder.find();
    assertThat(found.schema()).isEqualTo(Alert.SCHEMA);
    return found.collectAsList().stream()
        .map(Alert::from)
        .sorted(Comparator.comparing(Alert::at))
        .toList();
  }

  private static Dataset<Row> stream(Path inbox) {
    return spark.readStream().schema(frame(List.of()).schema()).parquet(inbox.toString());
  }

  private static void write(List<Post> posts, Path inbox) {
    frame(posts).coalesce(1).write().mode("append").parquet(inbox.toString());
  }

  private static Dataset<Row> frame(List<Post> posts) {
    return Frames.of(spark, posts, RecordKind.POST);
  }

  private static Post post(int second, String author, String tag) {
    return Post.builder(Network.X, Integer.toString(second), "Post about #" + tag)
        .createdAt(START.plusSeconds(second))
        .author(new AccountRef(author, null, null))
        .entities(tag(tag))
        .build();
  }

  private static Entities tag(String tag) {
    return new Entities(
        List.of(new Entities.Hashtag(tag, 11, 12 + tag.length())), List.of(), List.of(), List.of());
  }
}
