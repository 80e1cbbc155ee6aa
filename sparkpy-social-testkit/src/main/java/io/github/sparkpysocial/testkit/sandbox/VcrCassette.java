package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Cassettes of VCR (<a href="https://github.com/vcr/vcr">for Ruby</a>, <a
 * href="https://docs.ropensci.org/vcr/">for R</a>).
 */
final class VcrCassette {
  private VcrCassette() {}

  static List<Exchange> read(Path file) throws IOException {
    JsonNode root;
    try {
      root = Yaml.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoClassDefFoundError e) {
      throw new IllegalStateException(
          "Reading "
              + file
              + " needs com.fasterxml.jackson.dataformat:jackson-dataformat-yaml on the class"
              + " path",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " is no YAML", e);
    }
    if (root == null || !root.path("http_interactions").isArray()) {
      throw new IllegalArgumentException(file + " is no cassette of VCR: no http_interactions");
    }
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode interaction : root.path("http_interactions")) {
      JsonNode request = interaction.path("request");
      JsonNode response = interaction.path("response");
      JsonNode status = response.path("status");
      exchanges.add(
          new Exchange(
              request.path("method").asText("GET"),
              request.path("uri").asText(),
              new String(body(request), StandardCharsets.UTF_8),
              status.isObject() ? status.path("code").asInt(200) : status.asInt(200),
              RecordingJson.headers(response.path("headers")),
              body(response)));
    }
    return exchanges;
  }

  private static byte[] body(JsonNode message) {
    JsonNode body = message.path("body");
    return body.has("base64_string")
        ? Base64.getMimeDecoder().decode(body.get("base64_string").asText())
        : (body.isTextual() ? body.textValue() : body.path("string").asText(""))
            .getBytes(StandardCharsets.UTF_8);
  }

  /** Apart, so that the rest works without the library. */
  private static final class Yaml {
    private static final ObjectMapper MAPPER = new ObjectMapper(new YAMLFactory());

    static JsonNode parse(String text) throws IOException {
      return MAPPER.readTree(text);
    }
  }
}
