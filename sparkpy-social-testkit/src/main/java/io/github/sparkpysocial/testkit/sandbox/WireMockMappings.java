package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recordings of WireMock (<a href="https://wiremock.org/docs/stubbing/">stubbing</a>): stubs with a
 * {@code url} or {@code urlPath}, in the order of {@code insertionIndex}, in which the states of a
 * scenario follow each other. Patterns of addresses are not known.
 */
final class WireMockMappings {
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\{\\{(now|testStartDate)(?: offset='(-?\\d+) (\\w+?)s?')?(?: timezone='GMT')?"
              + " format='([^']*)'}}");

  private WireMockMappings() {}

  static List<Exchange> read(Path folder) throws IOException {
    List<JsonNode> mappings = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("mappings"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        JsonNode mapping = Json.parse(Files.readAllBytes(file));
        if (mapping == null || !mapping.has("request") || !mapping.has("response")) {
          throw new IllegalArgumentException(file + " is no mapping of WireMock");
        }
        mappings.add(mapping);
      }
    }
    mappings.sort(Comparator.comparingInt(mapping -> mapping.path("insertionIndex").asInt(0)));
    List<Exchange> exchanges = new ArrayList<>();
    for (JsonNode mapping : mappings) {
      JsonNode request = mapping.path("request");
      JsonNode response = mapping.path("response");
      String address = request.path("url").asText(request.path("urlPath").asText(""));
      if (address.isEmpty()) {
        throw new IllegalArgumentException(
            folder + ": a mapping without url or urlPath cannot be played back");
      }
      JsonNode expected = request.path("bodyPatterns").path(0);
      exchanges.add(
          new Exchange(
              request.path("method").asText("GET").replace("ANY", "GET"),
              address,
              expected.path("equalToJson").asText(expected.path("equalTo").asText("")),
              response.path("status").asInt(200),
              RecordingJson.headers(response.path("headers")),
              body(response, folder)));
    }
    return exchanges;
  }

  private static byte[] body(JsonNode response, Path folder) throws IOException {
    if (response.has("bodyFileName")) {
      Path files = folder.resolve("__files").normalize();
      Path file = files.resolve(response.get("bodyFileName").asText()).normalize();
      if (!file.startsWith(files)) {
        throw new IllegalArgumentException(folder + ": a body lies outside of __files");
      }
      return Files.readAllBytes(file);
    }
    return response.has("jsonBody")
        ? response.get("jsonBody").toString().getBytes(StandardCharsets.UTF_8)
        : response.path("body").asText("").getBytes(StandardCharsets.UTF_8);
  }

  /** Fills in the times of templates. */
  static String filled(String text, Instant start, Instant now) {
    Matcher template = TEMPLATE.matcher(text);
    return template.replaceAll(
        found -> {
          Instant at = found.group(1).equals("now") ? now : start;
          if (found.group(2) != null) {
            at = at.plus(offset(Long.parseLong(found.group(2)), found.group(3)));
          }
          String format = found.group(4);
          return Matcher.quoteReplacement(
              switch (format) {
                case "unix" -> Long.toString(at.getEpochSecond());
                case "epoch" -> Long.toString(at.toEpochMilli());
                default ->
                    format.startsWith("EEE")
                        ? HttpDates.format(at)
                        : DateTimeFormatter.ofPattern(format, Locale.ROOT)
                            .withZone(ZoneOffset.UTC)
                            .format(at);
              });
        });
  }

  private static Duration offset(long amount, String unit) {
    return switch (unit) {
      case "second" -> Duration.ofSeconds(amount);
      case "minute" -> Duration.ofMinutes(amount);
      case "hour" -> Duration.ofHours(amount);
      case "day" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("A template has the unit '" + unit + "'");
    };
  }
}
