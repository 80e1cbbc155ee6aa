package io.github.sparkpysocial.streaming.kafka;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
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
 * <p>A broker that wants TLS or a password is reached with settings of Kafka's clients, such as
 * {@code security.protocol} and {@code sasl.jaas.config}; {@code
 * kafka://HOST:PORT/TOPIC;settings=FILE} takes them from a file, as {@code --command-config} of
 * Kafka's own tools does. They are never shown.
 *
 * <p>Needs {@code org.apache.kafka:kafka-clients} on the class path.
 *
 * @param servers some of the brokers, such as {@code localhost:9092}
 * @param name of the topic
 * @param settings of the clients; {@code bootstrap.servers} is not among them
 */
public record KafkaTopic(String servers, String name, Map<String, String> settings) {
  /** The scheme of its place. */
  public static final String SCHEME = "kafka";

  private static final String SETTINGS = "settings";
  private static final Pattern LOCATION = Pattern.compile("//([^/?#@]+)/([A-Za-z0-9._-]+)");
  private static final Duration ANSWER = Duration.ofSeconds(5);

  /** Checks that both are there. */
  public KafkaTopic {
    if (servers.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException(
          "A topic has brokers and a name, were '" + servers + "' and '" + name + "'");
    }
    settings = Map.copyOf(settings);
  }

  /** Returns a topic whose brokers let anybody in. */
  public KafkaTopic(String servers, String name) {
    this(servers, name, Map.of());
  }

  /**
   * Returns the topic of a place.
   *
   * @throws IllegalArgumentException if it is none, or its file of settings cannot be read
   */
  public static KafkaTopic from(PlaceUri place) {
    Matcher parts = LOCATION.matcher(place.location());
    if (!place.scheme().equals(SCHEME) || !parts.matches()) {
      throw new IllegalArgumentException(
          place
              + " is no topic; write kafka://HOST:PORT/TOPIC, such as kafka://localhost:9092/posts");
    }
    for (String option : place.options().keySet()) {
      if (!option.equals(SETTINGS)) {
        throw new IllegalArgumentException(
            "A topic has no option '" + option + "' in " + place + "; known is " + SETTINGS);
      }
    }
    String file = place.options().get(SETTINGS);
    return new KafkaTopic(
        parts.group(1), parts.group(2), file == null ? Map.of() : read(Path.of(file)));
  }

  private static Map<String, String> read(Path file) {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      read.load(in);
    } catch (IOException | IllegalArgumentException e) {
      // No cause: what cannot be parsed may be a password.
      throw new IllegalArgumentException(
          "The settings of Kafka's clients cannot be read from "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "); name a file of lines such as security.protocol=SASL_SSL");
    }
    Map<String, String> settings = new HashMap<>();
    read.stringPropertyNames().forEach(name -> settings.put(name, read.getProperty(name)));
    settings.remove(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
    return settings;
  }

  /**
   * Returns whether it is there; blocks for five seconds at most.
   *
   * @throws StoreException if no broker answers, or it does not let this client see the topic
   */
  public boolean exists() {
    Map<String, Object> all = new HashMap<>(settings);
    all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
    try (Admin admin = Admin.create(all)) {
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

  /** Returns {@code kafka://HOST:PORT/TOPIC}, without the settings. */
  @Override
  public String toString() {
    return SCHEME + "://" + servers + "/" + name;
  }
}
