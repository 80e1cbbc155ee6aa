package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/** Asks a sandbox with the JDK's client, as a user's code would. */
final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  /** How long a test waits for an answer before it fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Http() {}

  /** An answer with its JSON. */
  record Got(HttpResponse<String> response, JsonNode json) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    long number(String header) {
      return Long.parseLong(header(header));
    }
  }

  static Got get(Sandbox sandbox, String path, String... headers) throws IOException {
    URI uri = path.startsWith("http") ? URI.create(path) : URI.create(sandbox.uri() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Asks with the token. */
  static Got authorised(Sandbox sandbox, String path) throws IOException {
    return get(sandbox, path, "Authorization", "Bearer sandbox");
  }

  static Got graphQl(Sandbox sandbox, String body) throws IOException {
    return post(sandbox, "/gql-ext", body);
  }

  /** Posts JSON with the sandbox's token. */
  static Got post(Sandbox sandbox, String path, String body) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create(sandbox.uri() + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + Sandbox.TOKEN)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static Got send(HttpRequest request) throws IOException {
    try {
      HttpResponse<String> response =
          CLIENT.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      JsonNode json = Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
      return new Got(response, Objects.requireNonNullElse(json, Json.object()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
