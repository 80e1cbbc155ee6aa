package io.github.sparkpysocial.streaming.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a topic and its broker. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class BadStreamsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Post FIRST = Post.builder(Network.X, "1", "a").build();
  private static final Post SECOND = Post.builder(Network.X, "2", "b").build();

  private final Set<String> taken = Collections.synchronizedSet(new TreeSet<>());

  @TempDir private Path directory;

  /** Does something instead of the pause before a restart. */
  private record Meanwhile(Runnable task) implements Timing {
    @Override
    public Instant now() {
      return Instant.ofEpochMilli(System.nanoTime() / 1_000_000);
    }

    @Override
    public void sleep(Duration duration) {
      if (duration.toMillis() < 1_000) {
        Thread.onSpinWait(); // it only looks
      } else {
        task.run();
      }
    }
  }

  private static Dataset<Row> stream(KafkaServer broker, String topic) {
    return SPARK
        .session()
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", broker.address())
        .option("kafka.default.api.timeout.ms", 3_000)
        .option("kafka.request.timeout.ms", 2_000)
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load();
  }

  private static Dataset<Row> batch(KafkaServer broker, String topic) {
    return SPARK
        .session()
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", broker.address())
        .option("subscribe", topic)
        .load();
  }

  private QueryRun start(Dataset<Row> rows, String name, Timing timing) throws Exception {
    return QueryRun.of(
            SPARK.session(),
            () ->
                rows.writeStream()
                    .option("checkpointLocation", directory.resolve(name).toString())
                    .foreachBatch(
                        (batch, id) -> {
                          batch
                              .select("id")
                              .collectAsList()
                              .forEach(r -> taken.add(r.getString(0)));
                        })
                    .start())
        .timing(timing)
        .start();
  }

  private void await(QueryRun run, String... ids) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!taken.containsAll(List.of(ids))) {
      assertThat(run.await(Duration.ofMillis(20))).as("the query has ended").isFalse();
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
    }
  }

  @Test
  void aBrokerThatComesLaterAndATopicThatIsMadeLaterAreWaitedFor() throws Exception {
    try (KafkaServer broker = KafkaServer.started()) {
      broker.stop();
      Dataset<Row> posts =
          KafkaRecords.of(stream(broker, "later"), Set.of(RecordKind.POST)).records();
      Timing meanwhile =
          new Meanwhile(
              () -> {
                broker.start();
                send(broker, "later", FIRST);
              });

      try (QueryRun run = start(posts, "later", meanwhile)) {
        await(run, "1");

        assertThat(run.restarts()).isPositive();
      }
    }
  }

  @Test
  void garbageAndDriftInMidStreamGoToTheDeadLettersAndTheRestGoesOn() throws Exception {
    try (KafkaServer broker = KafkaServer.started()) {
      send(broker, "drift", FIRST);
      KafkaRecords messages = KafkaRecords.of(stream(broker, "drift"), Set.of(RecordKind.POST));
      Timing none = new Meanwhile(() -> {});
      try (QueryRun run = start(messages.records(), "drift", none)) {
        await(run, "1");
        sendRaw(broker, "drift", new byte[] {0, -1, -2, 7, 10});
        sendRaw(broker, "drift", utf8("{\"record\":\"post\",\"network\":\"x\",\"id\":{\"n\":9}}"));
        sendRaw(
            broker,
            "drift",
            utf8(
                "{\"record\":\"post\",\"network\":\"x\",\"id\":\"3\",\"text\":\"c\","
                    + "\"hashtags\":\"spark\"}"));
        sendRaw(
            broker,
            "drift",
            utf8(
                "{\"record\":\"post\",\"network\":\"x\",\"id\":\"4\",\"text\":\"d\","
                    + "\"mood\":[1]}"));
        send(broker, "drift", SECOND);
        await(run, "2", "4");

        assertThat(run.restarts()).isZero();
        assertThat(taken).as("a new field is no harm").containsExactly("1", "2", "4");
      }
      assertThat(
              KafkaRecords.of(batch(broker, "drift"), Set.of(RecordKind.POST))
                  .deadLetters()
                  .count())
          .as("with their bytes")
          .isEqualTo(3);
    }
  }

  @Test
  void aRecordLargerThanKafkaTakesIsToldAndTheOthersAreSent() {
    try (KafkaServer broker = KafkaServer.started();
        KafkaSender sender = KafkaSender.open(broker.address(), "large")) {
      Post huge = Post.builder(Network.X, "9", "x".repeat(2 << 20)).build();

      assertThatThrownBy(() -> sender.send(List.of(FIRST, huge, SECOND)))
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("A record is larger than Kafka takes for topic large: ")
          .hasMessageContaining("max.request.size");
      assertThat(batch(broker, "large").count()).isEqualTo(2);
    }
  }

  private static void send(KafkaServer broker, String topic, Post post) {
    try (KafkaSender sender = KafkaSender.open(broker.address(), topic)) {
      sender.send(List.of(post));
    }
  }

  private static void sendRaw(KafkaServer broker, String topic, byte[] value) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.address()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      var unused = producer.send(new ProducerRecord<>(topic, utf8("k"), value));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
