package io.github.sparkpysocial.streaming.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.store.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a journal holds beside records, as JSON.
 *
 * @param from the beginning of a hole, else {@code null}
 * @param to the end of a hole, else {@code null}
 * @param last the last post before a hole, or {@code null}
 * @param reason what happened or why, or {@code null}
 * @param place where something was that could not be read, else {@code null}
 * @param field the field of it that is wrong, or {@code null}
 * @param raw its bytes, else {@code null}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamEvent(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Position last,
    @Nullable String reason,
    @Nullable String place,
    @Nullable String field,
    byte @Nullable [] raw) {
  static final ObjectMapper JSON = new ObjectMapper();

  static StreamEvent said(@Nullable String reason) {
    return new StreamEvent(null, null, null, reason, null, null, null);
  }

  static StreamEvent of(Hole hole, String reason) {
    return new StreamEvent(hole.from(), hole.to(), hole.last(), reason, null, null, null);
  }

  static StreamEvent of(Rejected item) {
    return new StreamEvent(null, null, null, item.reason(), item.place(), item.field(), item.raw());
  }

  byte[] toBytes() {
    ObjectNode json = JSON.createObjectNode();
    put(json, "from", from);
    put(json, "to", to);
    if (last != null) {
      json.put("lastId", last.id());
      put(json, "lastAt", last.at());
    }
    put(json, "reason", reason);
    put(json, "place", place);
    put(json, "field", field);
    put(json, "raw", raw == null ? null : Base64.getEncoder().encodeToString(raw));
    return bytes(json);
  }

  static void put(ObjectNode json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value.toString());
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
  }

  static StreamEvent parse(byte[] bytes) {
    try {
      JsonNode json = JSON.readTree(bytes);
      String raw = text(json, "raw");
      return new StreamEvent(
          instant(json, "from"),
          instant(json, "to"),
          position(json),
          text(json, "reason"),
          text(json, "place"),
          text(json, "field"),
          raw == null ? null : Base64.getDecoder().decode(raw));
    } catch (IOException e) {
      throw new UncheckedIOException("An entry of a journal is no JSON", e);
    }
  }

  static @Nullable Position position(JsonNode json) {
    String id = text(json, "lastId");
    return id == null ? null : new Position(id, instant(json, "lastAt"));
  }

  static @Nullable String text(JsonNode json, String name) {
    JsonNode value = json.get(name);
    return value == null ? null : value.asText();
  }

  static @Nullable Instant instant(JsonNode json, String name) {
    String text = text(json, name);
    return text == null ? null : Instant.parse(text);
  }
}
