package io.github.sparkpysocial.streaming.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alert as one JSON object, with the names of {@link Alert#SCHEMA}. */
final class AlertJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AlertJson() {}

  static String write(Alert alert) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", alert.id()).put("rule", alert.rule()).put("kind", alert.kind());
    json.put("event", alert.event());
    if (alert.value() != null) {
      json.put("value", alert.value());
    }
    json.put("at", alert.at().toString()).put("since", alert.since().toString());
    json.put("observed", alert.observed()).put("expected", alert.expected());
    if (alert.score() != null) {
      json.put("score", alert.score());
    }
    json.put("text", alert.text());
    for (Alert.Evidence post : alert.evidence()) {
      ObjectNode object = json.withArray("evidence").addObject();
      object.put("network", post.network()).put("id", post.id());
      if (post.author() != null) {
        object.put("author", post.author());
      }
      object.put("created_at", post.createdAt().toString());
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }

  /**
   * Reads an alert.
   *
   * @throws IOException if it is none
   */
  static Alert read(byte[] line) throws IOException {
    try {
      JsonNode json = JSON.readTree(line);
      List<Alert.Evidence> evidence = new ArrayList<>();
      for (JsonNode post : json.path("evidence")) {
        evidence.add(
            new Alert.Evidence(
                text(post, "network"),
                text(post, "id"),
                optional(post, "author"),
                Instant.parse(text(post, "created_at"))));
      }
      return new Alert(
          text(json, "id"),
          text(json, "rule"),
          text(json, "kind"),
          text(json, "event"),
          optional(json, "value"),
          Instant.parse(text(json, "at")),
          Instant.parse(text(json, "since")),
          json.path("observed").asDouble(),
          json.path("expected").asDouble(),
          json.hasNonNull("score") ? json.get("score").asDouble() : null,
          text(json, "text"),
          evidence);
    } catch (DateTimeException e) {
      throw new IOException("A time of an alert is none", e);
    }
  }

  /** Returns the id that a line has. */
  static String id(byte[] line) throws IOException {
    return text(JSON.readTree(line), "id");
  }

  private static String text(JsonNode json, String name) throws IOException {
    String value = optional(json, name);
    if (value == null) {
      throw new IOException("An alert has no '" + name + "'");
    }
    return value;
  }

  private static @Nullable String optional(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.get(name).asText() : null;
  }

  static byte[] line(Alert alert) {
    return (write(alert) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
