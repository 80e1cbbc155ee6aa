package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer: a status, headers in the order they are sent, and a body that may be empty. */
final class Answer {
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static Answer json(int status, JsonNode body) {
    return new Answer(
            status, new LinkedHashMap<>(), body.toString().getBytes(StandardCharsets.UTF_8))
        .with("content-type", JSON);
  }

  static Answer empty(int status) {
    return new Answer(status, new LinkedHashMap<>(), new byte[0]);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  /** Sets a header and returns this answer. */
  Answer with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Answer with(String name, long value) {
    return with(name, Long.toString(value));
  }

  Answer withBody(byte[] newBody) {
    return new Answer(status, headers, newBody);
  }

  Answer withStatus(int newStatus) {
    return new Answer(newStatus, headers, body);
  }

  Answer withJson(JsonNode newBody) {
    return withBody(newBody.toString().getBytes(StandardCharsets.UTF_8)).with("content-type", JSON);
  }

  /** Returns an answer whose headers can be changed without changing this one's. */
  Answer copy() {
    return new Answer(status, new LinkedHashMap<>(headers), body);
  }
}
