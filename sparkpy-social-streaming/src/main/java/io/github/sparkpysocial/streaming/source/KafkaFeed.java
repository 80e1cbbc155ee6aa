package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.streaming.kafka.KafkaTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a topic of Kafka into a journal, from its beginning, with the next offset of each
 * partition as its mark. It waits for a topic that is not there, and never makes it; a broker that
 * goes away is a connection that is lost.
 */
final class KafkaFeed implements Feed {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(3);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final KafkaTopic topic;
  private final Duration patience;
  private final Consumer<String> tell;
  private final Timing timing;
  private final Map<Integer, Long> next = new TreeMap<>();
  private @Nullable Instant heardAt;
  private long lookedAt;
  private boolean connected;
  private volatile boolean stopped;

  /**
   * Makes a feed.
   *
   * @param patience how long a topic or broker that is not there at the start is waited for
   * @param tell hears that it waits
   */
  KafkaFeed(KafkaTopic topic, Duration patience, Consumer<String> tell, Timing timing) {
    this.topic = topic;
    this.patience = patience;
    this.tell = tell;
    this.timing = timing;
  }

  @Override
  public String place() {
    return topic.toString();
  }

  @Override
  public void run(RecorderIntake intake) {
    next.putAll(intake.before().offsets());
    try {
      awaitTopic();
      if (stopped) {
        return;
      }
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        while (!stopped) {
          follow(consumer, intake);
        }
      }
    } catch (KafkaException e) {
      throw new StoreException(topic + " cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitTopic() throws InterruptedException {
    Instant deadline = timing.now().plus(patience);
    boolean told = false;
    while (!stopped) {
      try {
        topic.require();
        return;
      } catch (StoreException e) {
        if (!timing.now().isBefore(deadline)) {
          throw e;
        }
        if (!told) {
          tell.accept(e.getMessage() + " (waiting for it, " + patience.toSeconds() + " s at most)");
          told = true;
        }
      }
      timing.sleep(POLL);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(topic.settings());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, topic.servers());
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void follow(KafkaConsumer<byte[], byte[]> consumer, RecorderIntake intake) {
    try {
      if (System.nanoTime() - lookedAt >= LOOK_NANOS || !connected) {
        look(consumer, intake);
        lookedAt = System.nanoTime();
      }
      ConsumerRecords<byte[], byte[]> messages = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> message : messages) {
        take(message, intake);
      }
    } catch (OffsetOutOfRangeException e) {
      e.offsetOutOfRangePartitions().forEach((part, offset) -> skip(consumer, intake, part));
    }
    if (intake.uncommitted() > 0) {
      intake.commit(state());
    }
  }

  /** Takes up partitions that came, and finds out whether the broker is there. */
  private void look(KafkaConsumer<byte[], byte[]> consumer, RecorderIntake intake) {
    try {
      List<PartitionInfo> found = consumer.partitionsFor(topic.name(), ANSWER);
      List<TopicPartition> partitions =
          found.stream().map(one -> new TopicPartition(one.topic(), one.partition())).toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
      List<TopicPartition> fresh = new ArrayList<>(ends.keySet());
      fresh.removeAll(consumer.assignment());
      if (!fresh.isEmpty()) {
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.addAll(fresh);
        consumer.assign(all);
        fresh.forEach(part -> seek(consumer, part));
      }
      if (!connected && !ends.isEmpty()) {
        intake.event(Kind.CONNECTED, StreamEvent.said(null));
        connected = true;
      }
    } catch (TimeoutException e) {
      lost(intake, String.valueOf(e.getMessage()));
    }
  }

  private void seek(KafkaConsumer<byte[], byte[]> consumer, TopicPartition part) {
    Long known = next.get(part.partition());
    if (known == null) {
      consumer.seekToBeginning(List.of(part));
    } else {
      consumer.seek(part, known);
    }
  }

  private void lost(RecorderIntake intake, String reason) {
    if (connected) {
      intake.event(Kind.DISCONNECTED, StreamEvent.said(reason));
      connected = false;
    }
    try {
      topic.require(); // a topic that was removed does not come again by itself
    } catch (StoreException e) {
      if (e.getCause() == null) {
        throw e;
      }
    }
  }

  /** Goes on where Kafka still has something; what it has let go is a hole that nobody fills. */
  private void skip(
      KafkaConsumer<byte[], byte[]> consumer, RecorderIntake intake, TopicPartition part) {
    long from = next.getOrDefault(part.partition(), 0L);
    consumer.seekToBeginning(List.of(part));
    long to = consumer.position(part);
    next.put(part.partition(), to);
    Instant now = timing.now();
    String reason =
        "Kafka no longer has offset "
            + from
            + " of partition "
            + part.partition()
            + "; it goes on at "
            + to;
    Hole hole = new Hole(Objects.requireNonNullElse(heardAt, now), now, null, reason);
    intake.event(Kind.HOLE_OPENED, StreamEvent.of(hole, reason));
    intake.event(Kind.HOLE_KEPT, StreamEvent.of(hole, "the topic has no more of it"));
  }

  private void take(ConsumerRecord<byte[], byte[]> message, RecorderIntake intake) {
    byte[] value = message.value();
    try {
      SocialRecord record = value == null ? deletion(message.key()) : RecordLine.parse(value);
      intake.records(List.of(record), List.of());
    } catch (IllegalArgumentException e) {
      intake.records(
          List.of(),
          List.of(
              new Rejected(
                  place(),
                  0,
                  null,
                  "Offset "
                      + message.offset()
                      + " of partition "
                      + message.partition()
                      + ": "
                      + e.getMessage(),
                  value == null ? Objects.requireNonNullElse(message.key(), new byte[0]) : value)));
    }
    next.put(message.partition(), message.offset() + 1);
    heardAt = timing.now();
  }

  /** Returns the tombstone that a message without value stands for. */
  private SocialRecord deletion(byte @Nullable [] key) {
    String[] parts =
        key == null ? new String[0] : new String(key, StandardCharsets.UTF_8).split("/", 3);
    if (parts.length != 3) {
      throw new IllegalArgumentException("A message without value has no key network/kind/id");
    }
    return new Tombstone(
        Network.of(parts[0]),
        parts[2],
        RecordKind.ofWireName(parts[1]),
        null,
        null,
        new Provenance(place(), null, null),
        null);
  }

  private FeedState state() {
    return FeedState.none(place()).withOffsets(next);
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void close() {}
}
