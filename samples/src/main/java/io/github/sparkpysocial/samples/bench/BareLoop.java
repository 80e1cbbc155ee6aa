package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What somebody writes without a library: asks for a page with java.net.http, goes through it with
 * Jackson's streaming parser, writes each post and each account as a line of JSON, and follows the
 * token to the next page. No limits, no resumption, nothing checked.
 */
final class BareLoop {
  private static final JsonFactory JSON = new JsonFactoryBuilder().rootValueSeparator("\n").build();

  private final URI server;
  private final String first;

  /**
   * Makes a loop.
   *
   * @param first path and query of the first page
   */
  BareLoop(URI server, String first) {
    this.server = server;
    this.first = first;
  }

  /** Writes all pages to a file; returns how many records those are. */
  long into(Path file) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    long records = 0;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        JsonGenerator lines = JSON.createGenerator(out)) {
      String token = null;
      do {
        HttpResponse<InputStream> response =
            client.send(
                HttpRequest.newBuilder(page(token))
                    .header("Authorization", "Bearer sandbox")
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
          throw new IOException("The server answered " + response.statusCode());
        }
        try (JsonParser json = JSON.createParser(response.body())) {
          Counted counted = new Counted();
          token = read(json, lines, counted);
          records += counted.records;
        }
      } while (token != null);
    }
    return records;
  }

  private static final class Counted {
    private long records;
  }

  private URI page(@Nullable String token) {
    return URI.create(
        server
            + first
            + (token == null
                ? ""
                : "&next_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
  }

  /** Copies the items of a page; returns the token of the next one. */
  private static @Nullable String read(JsonParser json, JsonGenerator lines, Counted counted)
      throws IOException {
    String next = null;
    json.nextToken();
    String field;
    while ((field = json.nextFieldName()) != null) {
      JsonToken value = json.nextToken();
      if (field.equals("data")) {
        copy(json, lines, counted);
      } else if (field.equals("includes") && value == JsonToken.START_OBJECT) {
        String kind;
        while ((kind = json.nextFieldName()) != null) {
          json.nextToken();
          if (kind.equals("users")) {
            copy(json, lines, counted);
          } else {
            json.skipChildren();
          }
        }
      } else if (field.equals("meta")) {
        String name;
        while ((name = json.nextFieldName()) != null) {
          json.nextToken();
          if (name.equals("next_token")) {
            next = json.getText();
          } else {
            json.skipChildren();
          }
        }
      } else {
        json.skipChildren();
      }
    }
    return next;
  }

  private static void copy(JsonParser json, JsonGenerator lines, Counted counted)
      throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      lines.copyCurrentStructure(json);
      counted.records++;
    }
  }
}
