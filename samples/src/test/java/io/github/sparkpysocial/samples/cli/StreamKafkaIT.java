package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.samples.ProgramProcess;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.streaming.kafka.KafkaTopic;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics by the command, at a real broker that makes topics for whoever asks. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamKafkaIT {
  private static final KafkaServer KAFKA = KafkaServer.started();
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    KAFKA.close();
  }

  @Test
  void aTopicThatDoesNotComeIsToldWithItsBrokerAndIsNotMade() {
    String missing =
        "Kafka at " + KAFKA.address() + " has no topic 'none'. Make it (kafka-topics.sh";

    Ran ran =
        sparkpy("stream", "kafka://" + KAFKA.address() + "/none", "--wait", "500ms").endsWith(1);

    assertThat(ran.err()).contains("sparkpy stream: " + missing);
    assertThat(new KafkaTopic(KAFKA.address(), "none").exists()).isFalse();
    assertThat(sparkpy("stream", "kafka:none").endsWith(2).err())
        .contains("kafka:none is no topic; write kafka://HOST:PORT/TOPIC");
  }

  @Test
  void aTopicThatIsMadeLaterIsCountedAndGoneOnWith() throws Exception {
    Path kept = directory.resolve("kept.jsonl");
    Object[] command = {
      "stream",
      "kafka://" + KAFKA.address() + "/later",
      "--wait",
      "2m",
      "--until-idle",
      "4s",
      "--count",
      "words",
      "--sink",
      kept,
      "--checkpoint",
      directory.resolve("checkpoint"),
      "--json"
    };
    try (ProgramProcess process =
        ProgramProcess.start(Sparkpy.class, directory, Map.of(), command)) {
      process.await("has no topic 'later'.*waiting for it, 120 s at most");
      send(post("1", "one word"), post("2", "one more"));
      process.endsWith(0);

      JsonNode json = Ran.parse(process.await("(?m)^(\\{.*})$"));
      assertThat(json.get("in").asLong()).isEqualTo(2);
      assertThat(json.at("/windows/0/top/one").asLong()).isEqualTo(2);
    }
    assertThat(Files.readAllLines(kept)).hasSize(2);

    send(post("3", "another one"));
    JsonNode again = sparkpy(command).endsWith(0).json();

    assertThat(again.get("in").asLong()).isEqualTo(1);
    assertThat(Files.readAllLines(kept)).hasSize(3);
  }

  private static void send(Post... posts) {
    try (KafkaSender sender = KafkaSender.open(KAFKA.address(), "later")) {
      sender.send(List.of(posts));
    }
  }

  private static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).createdAt(NOON).build();
  }
}
