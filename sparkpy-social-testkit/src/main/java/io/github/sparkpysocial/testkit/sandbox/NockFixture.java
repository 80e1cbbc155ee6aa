package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Fixtures of octokit, written by nock (<a href="https://github.com/nock/nock#recording">nock</a>):
 * JSON answers are JSON, others text, or hexadecimal if they are binary.
 */
final class NockFixture {
  private NockFixture() {}

  static List<Exchange> read(JsonNode root) {
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode exchange : root) {
      JsonNode request = exchange.path("body");
      exchanges.add(
          new Exchange(
              exchange.path("method").asText("GET"),
              exchange.path("scope").asText("") + exchange.path("path").asText(),
              request.isTextual() ? request.textValue() : request.toString(),
              exchange.path("status").asInt(200),
              RecordingJson.headers(exchange.path("headers")),
              body(exchange)));
    }
    return exchanges;
  }

  private static byte[] body(JsonNode exchange) {
    JsonNode response = exchange.path("response");
    if (response.isMissingNode() || response.isNull()) {
      return new byte[0];
    }
    if (!response.isTextual()) {
      return response.toString().getBytes(StandardCharsets.UTF_8);
    }
    return exchange.path("responseIsBinary").asBoolean(false)
        ? HexFormat.of().parseHex(response.textValue())
        : response.textValue().getBytes(StandardCharsets.UTF_8);
  }
}
