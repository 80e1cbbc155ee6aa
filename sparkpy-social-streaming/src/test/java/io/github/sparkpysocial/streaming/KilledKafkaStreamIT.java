package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Drivers are killed and the broker is restarted, and the counts in MongoDB are right. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KilledKafkaStreamIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  /** A property sets more, for a longer look: twenty, and the broker is restarted three times. */
  private static final int KILLS = Integer.getInteger("sparkpy.kills", 1);

  private static final int RESTARTS = Math.min(3, KILLS);
  private static final int POSTS = 1_200;
  private static final long LONGEST_LIFE_MILLIS = 1_500;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // with many kills
  void theCollectionIsWhatABatchOverAllPostsCounts() throws Exception {
    Community community = Community.builder().posts(POSTS).build();
    List<Post> posts = IntStream.range(0, POSTS).mapToObj(community::postAt).toList();
    Random random = new Random(12);
    int part = POSTS / (KILLS + RESTARTS + 1);
    int sent = part;
    int restarts = 0;
    try (KafkaServer kafka = KafkaServer.started();
        KafkaSender sender = KafkaSender.open(kafka.address(), "posts");
        MongoServer mongo = MongoServer.inMemory();
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoCollection<Document> counts = client.getDatabase("social").getCollection("counts");
      String[] args = {
        "kafka:" + kafka.address() + "/posts", directory.toString(), mongo.uri("social", "counts")
      };
      sender.send(posts.subList(0, sent));
      for (int life = 1; life <= KILLS; life++) {
        try (StreamProcess process = StreamProcess.start(args)) {
          boolean restarted = restarts * KILLS < (life - 1) * RESTARTS; // spread over all lives
          if (restarted || life == 1 || random.nextBoolean()) { // else before its first batch
            process.await("a batch", () -> process.batches() > 0);
          }
          if (restarted) {
            restart(kafka, process, random);
            restarts++;
          }
          sender.send(posts.subList(0, sent + part)); // what was sent comes again
          sent += part;
          boolean unused = process.hasEnded(random.nextLong(LONGEST_LIFE_MILLIS));
        }
      }
      try (StreamProcess process = StreamProcess.start(args)) {
        while (restarts < RESTARTS) {
          long before = process.batches();
          process.await("a batch", () -> process.batches() > before);
          restart(kafka, process, random);
          restarts++;
          sender.send(posts.subList(sent, sent + part));
          sent += part;
        }
        sender.send(posts.subList(sent, POSTS));
        Map<String, Long> counted = counted(posts);
        process.await("every post in the collection", () -> stored(counts).equals(counted));
        assertThat(stored(counts)).isNotEmpty().isEqualTo(counted);
      }
    }
  }

  /** Stops the broker, for up to a second or two, while the driver runs. */
  private static void restart(KafkaServer kafka, StreamProcess process, Random random)
      throws Exception {
    kafka.stop();
    boolean unused = process.hasEnded(random.nextLong(LONGEST_LIFE_MILLIS));
    kafka.start();
  }

  private static Map<String, Long> stored(MongoCollection<Document> counts) {
    Map<String, Long> stored = new HashMap<>();
    for (Document row : counts.find()) {
      Long twice =
          stored.put(
              row.getDate("window_start").toInstant() + " " + row.getString("value"),
              row.getLong("posts"));
      assertThat(twice).isNull();
    }
    return stored;
  }

  private static Map<String, Long> counted(List<Post> posts) {
    Map<String, Long> counted = new HashMap<>();
    for (Row row :
        StreamProcess.counts(Frames.of(SPARK.session(), posts, RecordKind.POST)).collectAsList()) {
      Instant start = row.getTimestamp(0).toInstant();
      counted.put(start + " " + row.getString(2), row.getLong(3));
    }
    return counted;
  }
}
