package io.github.sparkpysocial.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.run.RestartLimit;
import io.github.sparkpysocial.streaming.run.StreamFailedException;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Topics that are not there, at a real broker that makes topics for whoever asks. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KafkaTopicIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final KafkaServer KAFKA = KafkaServer.started();

  /** Pauses take no time. */
  private static final Timing AT_ONCE =
      new Timing() {
        @Override
        public Instant now() {
          return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {}
      };

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  @Test
  void aMissingTopicIsToldWithItsBrokerAndIsNotMade() throws Exception {
    KafkaTopic topic = new KafkaTopic(KAFKA.address(), "missing");

    assertThat(topic.exists()).isFalse();
    assertThatThrownBy(topic::require)
        .isInstanceOf(StoreException.class)
        .hasMessage(
            "Kafka at %1$s has no topic 'missing'. Make it (kafka-topics.sh --bootstrap-server"
                + " %1$s --create --topic missing), or correct its name",
            KAFKA.address());

    assertThat(topics()).doesNotContain("missing");
    try (KafkaSender sender = KafkaSender.open(KAFKA.address(), "missing")) {
      sender.send(List.of(Post.builder(Network.X, "1", "a").build()));
    }
    topic.require();
  }

  @Test
  void aBrokerThatIsAwayIsTold() {
    try (KafkaServer away = KafkaServer.started()) {
      away.stop();

      assertThatThrownBy(() -> new KafkaTopic(away.address(), "posts").require())
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith(
              "Kafka at " + away.address() + " does not tell of topic 'posts': ")
          .hasMessageContaining("Are its brokers up");
    }
  }

  @Test
  void aQueryOverAMissingTopicFailsInTheEndAndSaysWhichAndWhere() throws Exception {
    Dataset<Row> posts =
        KafkaRecords.of(
                SPARK
                    .session()
                    .readStream()
                    .format("kafka")
                    .option("kafka.bootstrap.servers", KAFKA.address())
                    .option("subscribe", "nowhere")
                    .option("startingOffsets", "earliest")
                    .option("fetchOffset.numRetries", 1)
                    .load(),
                Set.of(RecordKind.POST))
            .records();

    try (QueryRun run =
        QueryRun.of(
                SPARK.session(),
                () ->
                    posts
                        .writeStream()
                        .format("noop")
                        .option("checkpointLocation", directory.toString())
                        .start())
            .limit(new RestartLimit(1, Duration.ofDays(1), Duration.ZERO, Duration.ZERO))
            .timing(AT_ONCE)
            .start()) {
      assertThatThrownBy(run::await)
          .isInstanceOf(StreamFailedException.class)
          .hasMessageContaining(
              "A topic that the query subscribes to does not exist (nowhere at "
                  + KAFKA.address()
                  + "); make it (kafka-topics.sh --create --topic NAME), or correct its name.");
      assertThat(run.restarts()).isEqualTo(1);
    }
    assertThat(topics()).doesNotContain("nowhere");
  }

  /** Spark's own batch fails at once, without the name; {@code require()} before it tells more. */
  @Test
  void aBatchOverAMissingTopicFailsAndDoesNotMakeIt() throws Exception {
    Dataset<Row> messages =
        SPARK
            .session()
            .read()
            .format("kafka")
            .option("kafka.bootstrap.servers", KAFKA.address())
            .option("subscribe", "no-batch")
            .option("fetchOffset.numRetries", 1)
            .load();

    assertThatThrownBy(messages::count).hasStackTraceContaining("UnknownTopicOrPartition");
    assertThat(topics()).doesNotContain("no-batch");
  }

  @Test
  void aBrokerThatWantsAPasswordIsReachedWithAFileOfSettings() throws Exception {
    String password = "s3cretOfTheBroker";
    try (KafkaServer broker = KafkaServer.startedWithPassword("ada", password)) {
      Path file =
          Files.writeString(
              directory.resolve("client.properties"),
              """
              security.protocol=SASL_PLAINTEXT
              sasl.mechanism=PLAIN
              sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
                username="ada" password="%s";
              """
                  .formatted(password));
      String place = "kafka://" + broker.address() + "/posts";
      KafkaTopic topic = KafkaTopic.from(PlaceUri.parse(place + ";settings=" + file));
      try (KafkaSender sender = KafkaSender.open(topic)) {
        sender.send(List.of(Post.builder(Network.X, "1", "a").build()));
      }
      topic.require();
      assertThat(topic).hasToString(place);

      Files.writeString(file, Files.readString(file).replace(password, "wr0ng" + password));
      KafkaTopic wrong = KafkaTopic.from(PlaceUri.parse(place + ";settings=" + file));
      assertThatThrownBy(wrong::require)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Authentication failed")
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(password));

      try (StreamRecorder recorder =
          StreamRecorder.kafka(topic, directory.resolve("journal")).start()) {
        awaitOneRecord(recorder);
      }
    }
  }

  private static String stackTrace(Throwable e) {
    StringWriter trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static void awaitOneRecord(StreamRecorder recorder) throws InterruptedException {
    while (recorder.status().records() < 1) {
      if (recorder.awaitEnd(Duration.ofMillis(10))) {
        throw new AssertionError("it ended without the record");
      }
    }
  }

  @Test
  void wrongSettingsOfATopicAreTold() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken"), "password=s3cret\\u00zz");

    assertThatThrownBy(() -> topic(";settings=" + directory.resolve("none")))
        .hasMessageStartingWith("The settings of Kafka's clients cannot be read from ")
        .hasMessageContaining("(NoSuchFileException); name a file of lines such as");
    assertThatThrownBy(() -> topic(";settings=" + broken))
        .hasMessageContaining("(IllegalArgumentException)")
        .hasNoCause();
    assertThatThrownBy(() -> topic(";format=csv"))
        .hasMessageStartingWith("A topic has no option 'format' in kafka://one:9092/posts");
  }

  private static KafkaTopic topic(String options) {
    return KafkaTopic.from(PlaceUri.parse("kafka://one:9092/posts" + options));
  }

  @Test
  void aPlaceNamesBrokersAndTopic() {
    KafkaTopic topic = KafkaTopic.from(PlaceUri.parse("kafka://one:9092,two:9092/my.posts"));

    assertThat(topic).isEqualTo(new KafkaTopic("one:9092,two:9092", "my.posts"));
    assertThat(topic).hasToString("kafka://one:9092,two:9092/my.posts");
    for (String wrong : List.of("kafka:posts", "kafka://localhost:9092", "kafka://one/a/b")) {
      assertThatThrownBy(() -> KafkaTopic.from(PlaceUri.parse(wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("write kafka://HOST:PORT/TOPIC");
    }
  }

  private static Set<String> topics() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", KAFKA.address()))) {
      return admin.listTopics().names().get();
    }
  }
}
