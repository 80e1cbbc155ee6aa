package io.github.sparkpysocial.streaming.flume;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get_json_object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flume.Context;
import org.apache.flume.node.Application;
import org.apache.flume.node.PropertiesFileConfigurationProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real agent, by the configuration that is shipped: network, file channel, Kafka, Spark. */
@SuppressWarnings({"NullAway.Init", "deprecation"}) // JUnit sets the field; one file is enough
class SocialSourceIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final KafkaServer KAFKA = KafkaServer.started();

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  @Test
  void recordsGoFromANetworkThroughFlumeAndKafkaToSpark() throws Exception {
    Community community = Community.builder().posts(60).build();
    try (Sandbox sandbox = Sandbox.builder(community).live(40).start()) {
      Application agent = agent("bluesky:jetstream?endpoint=" + sandbox.uri(), "live");
      try {
        sandbox.awaitStreams(1);
        sandbox.publish(40);
        awaitMessages("live", 1);
      } finally {
        agent.stop();
      }
    }
    StreamingQuery query =
        stream("live")
            .select(
                col("key").cast("string").as("key"),
                get_json_object(col("value").cast("string"), "$.record").as("record"),
                get_json_object(col("value").cast("string"), "$.id").as("id"))
            .writeStream()
            .format("memory")
            .queryName("through_flume")
            .start();
    try {
      query.processAllAvailable();
    } finally {
      query.stop();
    }

    assertThat(spark.table("through_flume").where("record = 'post'").collectAsList())
        .isNotEmpty()
        .allMatch(row -> row.getString(0).equals("bluesky/post/" + row.getString(2)));
  }

  @Test
  void anAgentThatIsStartedAgainGoesOnAndLosesNothing() throws Exception {
    Path file = directory.resolve("posts.jsonl");
    write(file, 0, 700);
    Application first = agent("replay:" + file, "replayed");
    awaitMessages("replayed", 700);
    first.stop();
    write(file, 700, 900);

    Application second = agent("replay:" + file, "replayed");
    awaitMessages("replayed", 900);
    second.stop();

    assertThat(batch("replayed").selectExpr("cast(key as string)").distinct().count())
        .isEqualTo(900);
    assertThat(
            KafkaRecords.of(batch("replayed"), Set.of(RecordKind.POST))
                .records()
                .select("text")
                .distinct()
                .count())
        .isEqualTo(900);
  }

  @Test
  void aConfigurationThatIsIncompleteOrHoldsASecretIsRefused() {
    SocialSource source = new SocialSource();
    source.setName("network");
    assertThatThrownBy(() -> source.configure(new Context(Map.of("place", "bluesky:jetstream"))))
        .hasMessage("The source network needs 'journal' in the agent's configuration");
    assertThatThrownBy(
            () ->
                source.configure(
                    new Context(
                        Map.of("place", "mastodon:h/stream/public?access_token=hush-hush"))))
        .hasMessageNotContaining("hush")
        .hasMessageEndingWith("set it in the environment of the agent");
  }

  private Application agent(String place, String topic) throws IOException {
    String conf = Files.readString(Path.of("../samples/flume/social.conf"));
    Map<String, String> ours =
        Map.of(
            "= bluesky:jetstream", "= " + place,
            "/var/lib/flume/", directory + "/",
            "localhost:9092", KAFKA.address(),
            "kafka.topic = posts", "kafka.topic = " + topic,
            "minimumRequiredSpace = 524288000", "minimumRequiredSpace = 1048576");
    for (Map.Entry<String, String> one : ours.entrySet()) {
      assertThat(conf).contains(one.getKey());
      conf = conf.replace(one.getKey(), one.getValue());
    }
    Path file = Files.writeString(directory.resolve("social.conf"), conf);
    Application agent = new Application();
    agent.handleConfigurationEvent(
        new PropertiesFileConfigurationProvider("social", file.toFile()).getConfiguration());
    agent.start();
    return agent;
  }

  private static void awaitMessages(String topic, long wanted) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    long there = 0;
    while (there < wanted && System.nanoTime() < deadline) {
      try {
        there = batch(topic).count();
      } catch (Exception e) { // Spark throws what it does not declare
        assertThat(e).hasStackTraceContaining("UnknownTopicOrPartition"); // nothing came yet
      }
    }
    assertThat(there).isGreaterThanOrEqualTo(wanted);
  }

  private static Dataset<Row> batch(String topic) {
    return spark
        .read()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("subscribe", topic)
        .load();
  }

  private static Dataset<Row> stream(String topic) {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", KAFKA.address())
        .option("subscribe", topic)
        .option("startingOffsets", "earliest")
        .load();
  }

  private static void write(Path file, int from, int to) {
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      List<Post> posts =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      Post.builder(Network.X, Integer.toString(i), "Post " + i)
                          .createdAt(Instant.parse("2026-11-01T12:00:00Z").plusSeconds(i))
                          .build())
              .toList();
      store.write(posts);
    }
  }
}
