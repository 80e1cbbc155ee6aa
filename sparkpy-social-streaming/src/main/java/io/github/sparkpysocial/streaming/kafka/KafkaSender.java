package io.github.sparkpysocial.streaming.kafka;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.store.RecordLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to a topic, without Spark. A record counts as sent when all replicas in sync have
 * it ({@code acks=all}); the producer is idempotent, so that its own retries send nothing twice. A
 * broker that is down, at the start or later, is waited for until {@code delivery.timeout.ms}, two
 * minutes unless set otherwise.
 *
 * <p>Needs {@code org.apache.kafka:kafka-clients} on the class path. Thread-safe.
 */
public final class KafkaSender implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(10);
  private static final int BATCH_BYTES = 256 * 1024;

  private final String topic;
  private final KafkaProducer<byte[], byte[]> producer;

  private KafkaSender(String topic, Map<String, Object> settings) {
    this.topic = topic;
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Opens a sender to a topic, with its settings; makes no connection yet. */
  public static KafkaSender open(KafkaTopic topic) {
    return open(topic.servers(), topic.name(), topic.settings());
  }

  /** Opens a sender with Kafka's own settings. */
  public static KafkaSender open(String servers, String topic) {
    return open(servers, topic, Map.of());
  }

  /**
   * Opens a sender; makes no connection yet.
   *
   * @param servers some of the brokers, such as {@code localhost:9092}
   * @param settings of the producer, which go before ours
   */
  public static KafkaSender open(String servers, String topic, Map<String, ?> settings) {
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    all.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    // The broker of a topic that has just been made may refuse the first batch and take the second;
    // from then on it refuses all as out of order. So one is on its way at a time, and a large one.
    all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    all.putAll(settings);
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    return new KafkaSender(Objects.requireNonNull(topic, "topic"), all);
  }

  /**
   * Sends records, and waits until all are there.
   *
   * @throws StoreException if Kafka does not take one; those before it may be there
   */
  public void send(Collection<? extends SocialRecord> records) {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try {
      for (SocialRecord record : records) {
        var unused =
            producer.send(
                message(record),
                (metadata, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
      }
      producer.flush();
    } catch (RuntimeException e) {
      throw failed(e);
    }
    Exception first = failure.get();
    if (first != null) {
      throw failed(first);
    }
  }

  private StoreException failed(Exception cause) {
    if (cause instanceof RecordTooLargeException) {
      return new StoreException(
          "A record is larger than Kafka takes for topic "
              + topic
              + ": "
              + cause.getMessage()
              + " The others were sent. Set max.request.size here and max.message.bytes of the"
              + " topic, or leave it out",
          cause);
    }
    return new StoreException(
        "Kafka does not take records for topic "
            + topic
            + ": "
            + cause.getMessage()
            + ". Are its brokers up, and may this client write there?",
        cause);
  }

  private ProducerRecord<byte[], byte[]> message(SocialRecord record) {
    RecordKey key = record instanceof Tombstone tombstone ? tombstone.target() : record.key();
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, utf8(key.toString()), RecordLine.of(record));
    message.headers().add("record", utf8(record.recordKind().wireName()));
    message.headers().add("network", utf8(record.network().name()));
    return message;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Waits for what is on its way, ten seconds at most. Closing twice does nothing. */
  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
