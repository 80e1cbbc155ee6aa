package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How limits are written for other processes. Clocks of processes differ, so that every moment is
 * told as nanoseconds from the moment of writing.
 */
final class LimitJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LimitJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * Reads an object.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonNode parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      if (node == null || !node.isObject()) {
        throw new IllegalArgumentException("This is no JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This is no JSON", e);
    }
  }

  /** Returns how far a moment lies ahead, exactly: it is written and read many times. */
  static long nanos(Instant now, Instant moment) {
    return Duration.between(now, moment).toNanos();
  }

  static @Nullable Long number(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : Long.valueOf(value.asLong());
  }

  static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }

  static ObjectNode of(Ask ask) {
    ObjectNode node = object();
    node.put("host", ask.host()).put("key", ask.key()).put("cost", ask.cost());
    node.put("address", ask.address()).put("reserve", ask.reserve());
    node.put("pacing", ask.pacing().name());
    ArrayNode credentials = node.putArray("credentials");
    ask.credentials().forEach(credentials::add);
    ArrayNode quotas = node.putArray("quotas");
    for (Quota quota : ask.quotas()) {
      quotas.addArray().add(quota.permits()).add(quota.per().toNanos());
    }
    return node;
  }

  static Ask ask(JsonNode node) {
    List<String> credentials = new ArrayList<>();
    node.path("credentials").forEach(credential -> credentials.add(credential.asText()));
    if (credentials.isEmpty()) {
      throw new IllegalArgumentException("A request without credentials");
    }
    List<Quota> quotas = new ArrayList<>();
    node.path("quotas")
        .forEach(
            quota ->
                quotas.add(
                    new Quota(quota.path(0).asLong(), Duration.ofNanos(quota.path(1).asLong()))));
    return new Ask(
        node.path("host").asText(),
        List.copyOf(credentials),
        node.path("key").asText(),
        List.copyOf(quotas),
        Math.max(1, node.path("cost").asLong()),
        node.path("address").asText(),
        node.path("reserve").asDouble(),
        Pacing.valueOf(node.path("pacing").asText()));
  }

  static ObjectNode of(Ask.Turn turn) {
    ObjectNode node = object();
    node.put("credential", turn.credential()).put("lease", turn.lease());
    Delay delay = turn.delay();
    if (delay != null) {
      node.put("delay", delay.duration().toNanos());
      node.put("cause", delay.cause().name()).put("reason", delay.reason());
    }
    return node;
  }

  static Ask.Turn turn(JsonNode node) {
    Long delay = number(node, "delay");
    return new Ask.Turn(
        node.path("credential").asInt(),
        node.path("lease").asLong(),
        delay == null
            ? null
            : new Delay(
                Duration.ofNanos(delay),
                LimitWait.Cause.valueOf(node.path("cause").asText()),
                node.path("reason").asText()));
  }

  static ObjectNode of(LimitSignal signal) {
    ObjectNode node = object();
    node.put("verdict", signal.verdict().name()).put("reason", signal.reason());
    Duration pause = signal.pause();
    if (pause != null) {
      node.put("pause", pause.toNanos());
    }
    ArrayNode quotas = node.putArray("quotas");
    for (QuotaReading reading : signal.quotas()) {
      quotas
          .addObject()
          .put("window", reading.window())
          .put("limit", reading.limit())
          .put("remaining", reading.remaining())
          .put("untilReset", reading.untilReset().toNanos());
    }
    return node;
  }

  static LimitSignal signal(JsonNode node) {
    List<QuotaReading> quotas = new ArrayList<>();
    for (JsonNode reading : node.path("quotas")) {
      quotas.add(
          new QuotaReading(
              reading.path("window").asText(),
              number(reading, "limit"),
              reading.path("remaining").asLong(),
              Duration.ofNanos(reading.path("untilReset").asLong())));
    }
    Long pause = number(node, "pause");
    return new LimitSignal(
        LimitSignal.Verdict.valueOf(node.path("verdict").asText()),
        quotas,
        pause == null ? null : Duration.ofNanos(pause),
        text(node, "reason"));
  }

  static ObjectNode of(RateLimit limit) {
    ObjectNode node = object();
    node.put("key", limit.key()).put("limit", limit.limit()).put("remaining", limit.remaining());
    node.put("resetsAt", text(limit.resetsAt())).put("blockedUntil", text(limit.blockedUntil()));
    return node;
  }

  static RateLimit rateLimit(JsonNode node) {
    return new RateLimit(
        node.path("key").asText(),
        number(node, "limit"),
        number(node, "remaining"),
        instant(text(node, "resetsAt")),
        instant(text(node, "blockedUntil")));
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }
}
