package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The style of recordings of our own. */
final class RecordingJson {
  private static final int VERSION = 1;

  private RecordingJson() {}

  static List<Exchange> read(JsonNode root, Path file) {
    if (root.path("recording").asInt() != VERSION) {
      throw new IllegalArgumentException(
          file + " is a recording of a version that is not known here; known is " + VERSION);
    }
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode exchange : root.path("exchanges")) {
      byte[] body =
          exchange.has("bodyBase64")
              ? Base64.getDecoder().decode(exchange.get("bodyBase64").asText())
              : exchange.path("body").asText("").getBytes(StandardCharsets.UTF_8);
      exchanges.add(
          new Exchange(
              exchange.path("method").asText("GET"),
              exchange.path("uri").asText(),
              exchange.path("requestBody").asText(""),
              exchange.path("status").asInt(200),
              headers(exchange.path("headers")),
              body));
    }
    return exchanges;
  }

  /** Reads headers whose values are texts, numbers or lists of them. */
  static Map<String, List<String>> headers(JsonNode node) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    node.properties()
        .forEach(
            header -> {
              List<String> values = new ArrayList<>();
              if (header.getValue().isArray()) {
                header.getValue().forEach(value -> values.add(value.asText()));
              } else {
                values.add(header.getValue().asText());
              }
              headers.put(header.getKey(), values);
            });
    return headers;
  }

  static String write(List<Exchange> exchanges) {
    ObjectNode root = Json.object().put("recording", VERSION);
    ArrayNode array = root.putArray("exchanges");
    for (Exchange exchange : exchanges) {
      ObjectNode node = array.addObject().put("method", exchange.method());
      node.put("uri", exchange.uri());
      if (exchange.requestBody() != null) {
        node.put("requestBody", exchange.requestBody());
      }
      node.put("status", exchange.status());
      ObjectNode headers = node.putObject("headers");
      exchange
          .headers()
          .forEach(
              (name, values) -> {
                ArrayNode list = headers.putArray(name);
                values.forEach(list::add);
              });
      byte[] body = exchange.body();
      try {
        node.put(
            "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
      } catch (CharacterCodingException e) {
        node.put("bodyBase64", Base64.getEncoder().encodeToString(body));
      }
    }
    return root.toPrettyString() + '\n';
  }
}
