package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer: a status, headers in the order they are sent, and a body that may be empty, or
 * one that is written as things happen.
 */
final class Answer {
  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final @Nullable StreamBody stream;

  private Answer(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, null);
  }

  private Answer(
      int status, Map<String, String> headers, byte[] body, @Nullable StreamBody stream) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.stream = stream;
  }

  static Answer json(int status, JsonNode body) {
    return new Answer(
            status, new LinkedHashMap<>(), body.toString().getBytes(StandardCharsets.UTF_8))
        .with("content-type", JSON);
  }

  static Answer empty(int status) {
    return new Answer(status, new LinkedHashMap<>(), new byte[0]);
  }

  /** Returns an answer whose body is sent in chunks, each as it is written. */
  static Answer stream(Map<String, String> headers, StreamBody body) {
    return new Answer(200, new LinkedHashMap<>(headers), new byte[0], body);
  }

  /**
   * Returns the answer to the opening handshake of a WebSocket. A request that is none gets status
   * 426.
   */
  static Answer webSocket(StreamBody body) {
    return new Answer(101, new LinkedHashMap<>(), new byte[0], body);
  }

  /** Returns what writes the body as things happen, or {@code null} if the body is there. */
  @Nullable StreamBody stream() {
    return stream;
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
