package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic of posts, one every ten milliseconds of their own time, of which one in a hundred comes
 * twice. The number of a post is its offset, so there is one partition.
 */
final class StreamTopic implements AutoCloseable {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int DIFFERENT = 10_000;
  private static final int ONE_IN = 100;

  private final String name;
  private final List<Post> posts;
  private final KafkaProducer<byte[], byte[]> producer;

  private StreamTopic(String name, KafkaProducer<byte[], byte[]> producer) {
    Community community = Community.builder().posts(DIFFERENT).build();
    this.name = name;
    this.posts = IntStream.range(0, DIFFERENT).mapToObj(community::postAt).toList();
    this.producer = producer;
  }

  static StreamTopic make(String servers, String name) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      var unused = admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The topic " + name + " cannot be made", e);
    }
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "linger.ms", 5, "compression.type", "lz4");
    return new StreamTopic(
        name, new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  String name() {
    return name;
  }

  /** Sends posts by their numbers, as fast as Kafka takes them. */
  void send(long from, long to) {
    for (long number = from; number < to; number++) {
      var unused = producer.send(new ProducerRecord<>(name, message(number)));
    }
    producer.flush();
  }

  private byte[] message(long number) {
    long post = number % ONE_IN == ONE_IN - 1 ? number - ONE_IN / 2 : number;
    Post like = posts.get((int) (post % DIFFERENT));
    return RecordLine.of(
        Post.builder(like.network(), Long.toString(post), like.text())
            .createdAt(START.plus(Duration.ofMillis(10 * post)))
            .author(like.author())
            .language(like.language())
            .entities(like.entities())
            .engagement(like.engagement())
            .build());
  }

  @Override
  public void close() {
    producer.close();
  }
}
