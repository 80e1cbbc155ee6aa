package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A producer and a consumer of Kafka, without Spark; {@link KafkaWordCount} has the one with it.
 */
public final class KafkaPosts {
  private KafkaPosts() {}

  /** Sends posts of the sandbox through a broker and shows what comes out. */
  public static void main(String[] args) {
    try (KafkaServer broker = KafkaServer.started()) {
      send(broker.address(), "posts", SandboxPosts.COMMUNITY.posts().limit(10).toList());
      receive(broker.address(), "posts")
          .forEach(m -> System.out.println(m.key() + ": " + m.value()));
    }
  }

  /** Sends posts; returns when the broker has them. */
  static void send(String servers, String topic, List<Post> posts) {
    try (KafkaSender sender = KafkaSender.open(servers, topic)) {
      sender.send(posts);
    }
  }

  /** Returns what a topic has now: keys are {@code network/kind/id}, values JSON. */
  static List<ConsumerRecord<String, String>> receive(String servers, String topic) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", servers);
    settings.put("allow.auto.create.topics", "false"); // a wrong name makes no topic
    settings.put("key.deserializer", StringDeserializer.class.getName());
    settings.put("value.deserializer", StringDeserializer.class.getName());
    List<ConsumerRecord<String, String>> messages = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream()
          .anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        consumer.poll(Duration.ofSeconds(1)).forEach(messages::add);
      }
    }
    return messages;
  }
}
