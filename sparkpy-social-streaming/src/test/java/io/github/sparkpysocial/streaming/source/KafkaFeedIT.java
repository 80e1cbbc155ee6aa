package io.github.sparkpysocial.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.streaming.kafka.KafkaTopic;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics of a real broker in a journal. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KafkaFeedIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final KafkaServer KAFKA = KafkaServer.started();
  private static final Community COMMUNITY = Community.builder().posts(60).build();
  private static final List<Post> POSTS =
      IntStream.range(0, 60).mapToObj(COMMUNITY::postAt).toList();

  @TempDir private Path directory;
  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  private StreamRecorder record(String servers, String topic, Duration patience) {
    return StreamRecorder.of(
            PlaceUri.parse("kafka://" + servers + "/" + topic),
            directory.resolve("journal"),
            SourceOptions.fromEnvironment())
        .awaitSource(patience, told::add)
        .start();
  }

  @Test
  void eachMessageIsInTheJournalOnceAlsoAfterAnotherStart() {
    Tombstone deletion =
        new Tombstone(Network.X, "7", RecordKind.POST, null, null, Provenance.UNKNOWN, null);
    send("posts", POSTS.subList(0, 30));
    try (StreamRecorder recorder = record(KAFKA.address(), "posts", Duration.ZERO)) {
      Happening.await("30 posts", () -> recorder.status().records() == 30);
      send("posts", List.of(deletion));
      sendRaw("posts", "k", new byte[] {0, -1, 7});
      sendRaw("posts", "x/post/8", null);
      Happening.await("what came live", () -> recorder.status().records() == 32);
      Happening.await("what is none", () -> recorder.status().rejected() == 1);
    }
    send("posts", POSTS.subList(30, 60));
    try (StreamRecorder recorder = record(KAFKA.address(), "posts", Duration.ZERO)) {
      Happening.await("30 more", () -> recorder.status().records() == 30);
      assertThat(recorder.failure()).isNull();
    }

    List<SocialRecord> expected = new ArrayList<>(POSTS);
    expected.add(deletion);
    expected.add(
        new Tombstone(
            Network.X,
            "8",
            RecordKind.POST,
            null,
            null,
            new Provenance("kafka://" + KAFKA.address() + "/posts", null, null),
            null));
    assertThat(records()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(reasons(Kind.REJECTED))
        .singleElement()
        .asString()
        .matches("Offset \\d+ of partition \\d: The record .*");
  }

  @Test
  void aTopicThatIsMadeLaterIsWaitedForAndThatIsTold() {
    try (StreamRecorder recorder = record(KAFKA.address(), "later", Duration.ofMinutes(1))) {
      Happening.await("a word", () -> !told.isEmpty());
      assertThat(told)
          .singleElement()
          .asString()
          .startsWith("Kafka at " + KAFKA.address() + " has no topic 'later'. Make it (")
          .endsWith("(waiting for it, 60 s at most)");
      send("later", POSTS.subList(0, 1));
      Happening.await("the post", () -> recorder.status().records() == 1);
    }
  }

  @Test
  void aTopicThatDoesNotComeFailsAndIsNotMade() throws Exception {
    try (StreamRecorder recorder = record(KAFKA.address(), "never", Duration.ZERO)) {
      assertThatThrownBy(() -> recorder.awaitEnd(Duration.ofSeconds(60)))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("Kafka at " + KAFKA.address() + " has no topic 'never'. Make it");
      assertThat(told).isEmpty();
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.address()))) {
      assertThat(admin.listTopics().names().get()).doesNotContain("never");
    }
  }

  @Test
  void aBrokerThatIsRestartedIsAConnectionThatWasLost() {
    try (KafkaServer broker = KafkaServer.started()) {
      send(broker, "posts", POSTS.subList(0, 10));
      try (StreamRecorder recorder = record(broker.address(), "posts", Duration.ZERO)) {
        Happening.await("ten posts", () -> recorder.status().records() == 10);
        broker.stop();
        Happening.await("the loss", () -> !recorder.status().connected());
        broker.start();
        send(broker, "posts", POSTS.subList(10, 20));
        Happening.await("ten more", () -> recorder.status().records() == 20);
        Happening.await("the connection", () -> recorder.status().connected());
      }
    }
    assertThat(records()).containsExactlyInAnyOrderElementsOf(POSTS.subList(0, 20));
  }

  @Test
  void whatKafkaLetGoIsAHole() throws Exception {
    send("gone", POSTS.subList(0, 20));
    try (StreamRecorder recorder = record(KAFKA.address(), "gone", Duration.ZERO)) {
      Happening.await("posts", () -> recorder.status().records() == 20);
    }
    send("gone", POSTS.subList(20, 40));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.address()))) {
      RecordsToDelete all = RecordsToDelete.beforeOffset(-1);
      admin
          .deleteRecords(
              Map.of(new TopicPartition("gone", 0), all, new TopicPartition("gone", 1), all))
          .all()
          .get();
    }
    send("gone", POSTS.subList(40, 60));

    try (StreamRecorder recorder = record(KAFKA.address(), "gone", Duration.ZERO)) {
      Happening.await("the newest posts", () -> recorder.status().records() == 20);
      assertThat(recorder.status().holes()).isPositive();
      assertThat(recorder.status().waiting()).isZero();
    }
    assertThat(reasons(Kind.HOLE_OPENED))
        .isNotEmpty()
        .allSatisfy(reason -> assertThat(reason).startsWith("Kafka no longer has offset "));
  }

  @Test
  void sparkReadsATopicByItsPlaceAndWhatSparkWroteThere() throws Exception {
    send("by-place", POSTS.subList(0, 20));
    KafkaRecords.messages(Frames.of(SPARK.session(), POSTS.subList(20, 40), RecordKind.POST))
        .write()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("topic", "by-place")
        .save();
    StreamingQuery query =
        SPARK
            .session()
            .readStream()
            .format("social")
            .option("journal", directory.resolve("journal").toString())
            .load("kafka://" + KAFKA.address() + "/by-place")
            .writeStream()
            .format("memory")
            .queryName("by_place")
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .trigger(Trigger.ProcessingTime(0))
            .start();
    try {
      Happening.await(
          "forty posts",
          () -> {
            query.processAllAvailable();
            return SPARK.session().table("by_place").count() >= 40;
          });
      assertThat(SPARK.session().table("by_place").collectAsList().stream().map(Frames::toRecord))
          .containsExactlyInAnyOrderElementsOf(Set.copyOf(POSTS.subList(0, 40)));
    } finally {
      query.stop();
    }
  }

  private List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.of(directory.resolve("journal")).readAll()) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  private List<SocialRecord> records() {
    return entries().stream()
        .filter(entry -> entry.kind() == Kind.RECORD)
        .map(entry -> RecordLine.parse(entry.payload()))
        .toList();
  }

  private List<String> reasons(Kind kind) {
    return entries().stream()
        .filter(entry -> entry.kind() == kind)
        .map(entry -> String.valueOf(StreamEvent.parse(entry.payload()).reason()))
        .toList();
  }

  private static void send(String topic, List<? extends SocialRecord> records) {
    send(KAFKA, topic, records);
  }

  private static void send(KafkaServer broker, String topic, List<? extends SocialRecord> records) {
    try (KafkaSender sender = KafkaSender.open(broker.address(), topic)) {
      sender.send(records);
    }
    assertThat(new KafkaTopic(broker.address(), topic).exists()).isTrue();
  }

  private static void sendRaw(String topic, String key, byte @Nullable [] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", KAFKA.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused =
          producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
    }
  }
}
