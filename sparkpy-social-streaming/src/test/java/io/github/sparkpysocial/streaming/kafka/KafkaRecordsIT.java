package io.github.sparkpysocial.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.streaming.window.WindowCounts.Of;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Records through a real broker. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KafkaRecordsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final KafkaServer KAFKA = KafkaServer.started();
  private static final Set<RecordKind> KINDS = Set.of(RecordKind.POST, RecordKind.TOMBSTONE);

  private static final Trigger NOW = Trigger.AvailableNow();

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  @Test
  void aTopicIsReplayedIntoAnotherVersionComparedAndSwitched() throws Exception {
    Community community = Community.builder().posts(60).build();
    List<Post> posts = IntStream.range(0, 60).mapToObj(community::postAt).toList();
    KappaView kappa = KappaView.open(spark, directory.resolve("kappa"));
    try (KafkaSender sender = KafkaSender.open(KAFKA.address(), "kappa")) {
      sender.send(posts.subList(0, 40));
      kappa.follow("1", counted(Of.HASHTAGS), live("kappa"), NOW).awaitTermination();
      kappa.serve("1");
      sender.send(posts.subList(20, 60)); // some of them again
    }
    kappa.follow("1", counted(Of.HASHTAGS), live("kappa"), NOW).awaitTermination();

    kappa.follow("2", counted(Of.HASHTAGS), live("kappa"), NOW).awaitTermination();
    assertThat(kappa.compare("2", counted(Of.HASHTAGS)).isNone()).as("replayed at once").isTrue();
    kappa.follow("3", counted(Of.LANGUAGES), live("kappa"), NOW).awaitTermination();
    assertThat(kappa.compare("3", counted(Of.LANGUAGES)).isNone()).as("another view").isFalse();
    kappa.serve("3");

    assertThat(kappa.servedVersion()).isEqualTo("3");
    assertThat(kappa.served(counted(Of.LANGUAGES)).collectAsList())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            counted(Of.LANGUAGES)
                .function()
                .apply(Frames.of(spark, posts, RecordKind.POST))
                .collectAsList());
  }

  private static View counted(Of what) {
    Arrivals all =
        Arrivals.DEFAULT.withHorizon(Duration.ofDays(10_000)).withAhead(Duration.ofDays(10_000));
    return View.of(
        posts -> WindowCounts.tumbling(all.sound(posts), what, Duration.ofDays(1)),
        "window_start",
        "value");
  }

  private static Dataset<Row> live(String topic) {
    return KafkaRecords.of(
            spark
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", KAFKA.address())
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .load(),
            Set.of(RecordKind.POST))
        .records();
  }

  @Test
  void recordsArriveAsTheyWereSent() {
    Community community = Community.builder().posts(50).build();
    List<SocialRecord> sent = new ArrayList<>();
    IntStream.range(0, 50).forEach(i -> sent.add(community.postAt(i)));
    Tombstone tombstone = tombstone("7");
    sent.add(tombstone);
    sent.add(written("millis", "2026-11-22T10:00:06.135Z"));
    sent.add(written("micros", "2026-11-22T10:00:06.135246Z"));
    try (KafkaSender sender = KafkaSender.open(KAFKA.address(), "sent")) {
      sender.send(sent);
    }

    List<SocialRecord> read =
        KafkaRecords.of(batch("sent"), KINDS).records().collectAsList().stream()
            .map(Frames::toRecord)
            .toList();

    assertThat(read).containsExactlyInAnyOrderElementsOf(sent);
    assertThat(batch("sent").where("cast(key as string) = 'x/post/7'").count())
        .as("the tombstone has the key of its target")
        .isEqualTo(1);
  }

  /** Spark's times have microseconds; a clock may tell more. */
  @Test
  void nanosecondsAreCutOff() {
    try (KafkaSender sender = KafkaSender.open(KAFKA.address(), "nanos")) {
      sender.send(List.of(written("nanos", "2026-11-22T10:00:06.135246789Z")));
    }

    assertThat(KafkaRecords.of(batch("nanos"), KINDS).records().collectAsList())
        .extracting(Frames::toRecord)
        .containsExactly(written("nanos", "2026-11-22T10:00:06.135246Z"));
  }

  private static Post written(String id, String time) {
    return Post.builder(Network.X, id, "on time").createdAt(Instant.parse(time)).build();
  }

  @Test
  void aStreamGoesThroughKafkaAndBack() throws Exception {
    Community community = Community.builder().posts(30).build();
    List<Post> posts = IntStream.range(0, 30).mapToObj(community::postAt).toList();
    write(KafkaRecords.messages(Frames.of(spark, posts, RecordKind.POST)), "there");
    spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("subscribe", "there")
        .option("startingOffsets", "earliest")
        .load()
        .transform(messages -> KafkaRecords.of(messages, KINDS).records())
        .transform(KafkaRecords::messages)
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("topic", "back")
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();

    assertThat(KafkaRecords.of(batch("back"), Set.of(RecordKind.POST)).records().collectAsList())
        .extracting(Frames::toRecord)
        .containsExactlyInAnyOrderElementsOf(posts);
  }

  @Test
  void whatIsNoRecordGoesToTheDeadLettersAsItWas() {
    send(
        "mixed", "x/post/1", "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\",\"text\":\"a\"}");
    send("mixed", "k", "{\"record\":\"post\",\"netw");
    send("mixed", "k", "\u0000\u0001 binary");
    send("mixed", "k", "[1]");
    send("mixed", "k", "{\"record\":\"post\"}");
    send("mixed", "x/post/2", null);
    send("mixed", "no key of ours", null);
    KafkaRecords messages = KafkaRecords.of(batch("mixed"), KINDS);

    assertThat(messages.records().select("record", "id", "target_kind").collectAsList())
        .extracting(row -> row.mkString(" "))
        .containsExactlyInAnyOrder("post 1 null", "tombstone 2 post");
    List<Row> letters = messages.deadLetters().collectAsList();
    assertThat(letters).hasSize(5);
    assertThat(letters)
        .extracting(
            row -> row.isNullAt(1) ? "" : new String((byte[]) row.get(1), StandardCharsets.UTF_8))
        .contains("{\"record\":\"post\",\"netw", "\u0000\u0001 binary");
    write(messages.deadLetters(), "dead");
    assertThat(
            batch("dead").selectExpr("cast(headers[0].value as string)").distinct().collectAsList())
        .singleElement()
        .extracting(row -> row.getString(0))
        .isEqualTo("the value is no JSON object of a record");
  }

  @Test
  void aBrokerThatIsDownIsToldAndOneThatComesBackGoesOn() {
    Post post = Post.builder(Network.X, "1", "a").build();
    try (KafkaServer broker = KafkaServer.started()) {
      broker.stop();
      Map<String, Object> impatient =
          Map.of("max.block.ms", 500, "delivery.timeout.ms", 1000, "request.timeout.ms", 500);
      try (KafkaSender sender = KafkaSender.open(broker.address(), "down", impatient)) {
        assertThatThrownBy(() -> sender.send(List.of(post)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("Kafka does not take records for topic down: ");
      }
      try (KafkaSender sender = KafkaSender.open(broker.address(), "down")) {
        broker.start();
        sender.send(List.of(post));
      }
    }
  }

  private static Tombstone tombstone(String id) {
    return new Tombstone(Network.X, id, RecordKind.POST, null, null, Provenance.UNKNOWN, null);
  }

  private static Dataset<Row> batch(String topic) {
    return spark
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("subscribe", topic)
        .option("includeHeaders", true)
        .load();
  }

  private static void write(Dataset<Row> messages, String topic) {
    messages
        .write()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("topic", topic)
        .save();
  }

  private static void send(String topic, String key, @Nullable String value) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", KAFKA.address()),
            new StringSerializer(),
            new StringSerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }
  }
}
