package io.github.sparkpysocial.streaming.kafka;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * A topic of Kafka, which may not be there: {@code kafka://HOST:PORT/TOPIC}, with several brokers
 * {@code kafka://HOST:PORT,HOST:PORT/TOPIC}. Asking for it never makes it, whatever the broker does
 * with topics that somebody reads.
 *
 * <p>Needs {@code org.apache.kafka:kafka-clients} on the class path.
 *
 * @param servers some of the brokers, such as {@code localhost:9092}
 * @param name of the topic
 */
public record KafkaTopic(String servers, String name) {
  /** The scheme of its place. */
  public static final String SCHEME = "kafka";

  private static final Pattern LOCATION = Pattern.compile("//([^/?#@]+)/([A-Za-z0-9._-]+)");
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Checks that both are there. */
  public KafkaTopic {
    if (servers.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "A topic has brokers and a name, were '" + servers + "' and '" + name + "'");
    }
  }

  /**
   * Returns the topic of a place.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static KafkaTopic from(PlaceUri place) {
    Matcher parts = LOCATION.matcher(place.location());
    if (!place.scheme().equals(SCHEME) || !parts.matches()) {
      throw new IllegalArgumentException(
          place
              + " is no topic; write kafka://HOST:PORT/TOPIC, such as kafka://localhost:9092/posts");
    }
    return new KafkaTopic(parts.group(1), parts.group(2));
  }

  /**
   * Returns whether it is there; blocks for five seconds at most.
   *
   * @throws StoreException if no broker answers, or it does not let this client see the topic
   */
  public boolean exists() {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis(),
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            (int) ANSWER.toMillis());
    try (Admin admin = Admin.create(settings)) {
      return !admin.describeTopics(List.of(name)).allTopicNames().get().isEmpty();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      if (cause instanceof UnknownTopicOrPartitionException
          || cause instanceof InvalidTopicException) {
        return false;
      }
      throw unanswered(cause);
    } catch (KafkaException e) {
      throw unanswered(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unanswered(e);
    }
  }

  private StoreException unanswered(Throwable cause) {
    return new StoreException(
        "Kafka at "
            + servers
            + " does not tell of topic '"
            + name
            + "': "
            + cause.getMessage()
            + ". Are its brokers up, is this their address, and may this client read the topic?",
        cause);
  }

  /**
   * Does nothing if it is there.
   *
   * @throws StoreException if it is not, or as {@link #exists}; the message says what to do
   */
  public void require() {
    if (!exists()) {
      throw new StoreException(
          "Kafka at "
              + servers
              + " has no topic '"
              + name
              + "'. Make it (kafka-topics.sh --bootstrap-server "
              + servers
              + " --create --topic "
              + name
              + "), or correct its name");
    }
  }

  /** Returns {@code kafka://HOST:PORT/TOPIC}. */
  @Override
  public String toString() {
    return SCHEME + "://" + servers + "/" + name;
  }
}
