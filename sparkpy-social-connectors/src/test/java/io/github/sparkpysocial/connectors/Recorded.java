package io.github.sparkpysocial.connectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Plays back answers that real servers gave to others. They are not part of the project; a test
 * that misses them says so.
 */
final class Recorded {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TEMPLATE =
      Pattern.compile(
          "\\{\\{(\\w+)(?: offset='(-?\\d+) (seconds|minutes|hours)')?(?: timezone='GMT')?"
              + " format='(.)[^}]*}}");

  private Recorded() {}

  /** Returns a folder of real data, or skips the test. */
  static Path data(String folder) {
    Path path = Path.of(System.getProperty("sparkpy.data", "../shared/data")).resolve(folder);
    assumeTrue(
        Files.isDirectory(path), () -> "NOT RUN: the recorded answers are not there: " + path);
    return path;
  }

  /** Returns a clock and limits that pass in virtual time. */
  static SourceOptions options(SettableClock clock, HttpTransport transport) {
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    return new SourceOptions(
            Map.of("GITHUB_TOKEN", "t0ken", "MEETUP_TOKEN", "t0ken", "X_BEARER_TOKEN", "t0ken"),
            clock)
        .withTransport(transport)
        .withLimits(RateLimits.create(timing));
  }

  /**
   * Returns a server with WireMock's mappings. Requests are told apart by their path; a path with
   * several answers gives them in turn.
   */
  static HttpTransport wireMock(Path folder, SettableClock clock) throws IOException {
    Map<String, List<JsonNode>> answers = new HashMap<>();
    try (Stream<Path> files = Files.list(folder.resolve("mappings"))) {
      for (Path file : files.sorted().toList()) {
        JsonNode mapping = JSON.readTree(file.toFile());
        String url = mapping.path("request").path("url").asText();
        answers
            .computeIfAbsent(url.replaceFirst("\\?.*", ""), u -> new ArrayList<>())
            .add(mapping.path("response"));
      }
    }
    Instant start = clock.instant();
    return request -> {
      List<JsonNode> left = answers.get(request.uri().getPath());
      if (left == null) {
        return notFound(request);
      }
      JsonNode answer = left.size() > 1 ? left.remove(0) : left.get(0);
      return played(request, answer, folder, start, clock);
    };
  }

  private static HttpResponse notFound(HttpRequest request) {
    return HttpResponse.of(
        request.uri(),
        404,
        Headers.NONE,
        "{\"message\":\"Not Found\"}".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a server that gives the answers to GET requests of octokit's normalised recordings,
   * told apart by their path; a path with several answers gives them in turn.
   */
  static HttpTransport octokit(Path file) throws IOException {
    Map<String, List<JsonNode>> answers = new HashMap<>();
    for (JsonNode exchange : JSON.readTree(file.toFile())) {
      if (exchange.path("method").asText().equals("get")) {
        answers
            .computeIfAbsent(exchange.path("path").asText(), path -> new ArrayList<>())
            .add(exchange);
      }
    }
    return request -> {
      String query = request.uri().getRawQuery();
      String path = request.uri().getPath();
      List<JsonNode> left = answers.get(query == null ? path : path + '?' + query);
      left = left == null ? answers.get(path) : left;
      if (left == null) {
        return notFound(request);
      }
      JsonNode answer = left.size() > 1 ? left.remove(0) : left.get(0);
      Headers headers = Headers.NONE;
      for (String name : List.of("link", "location", "etag", "content-type")) {
        if (answer.path("headers").has(name)) {
          headers = headers.with(name, answer.path("headers").get(name).asText());
        }
      }
      return HttpResponse.of(
          request.uri(),
          answer.path("status").asInt(),
          headers,
          answer.path("response").toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  private static HttpResponse played(
      HttpRequest request, JsonNode answer, Path folder, Instant start, SettableClock clock)
      throws IOException {
    Headers headers = Headers.NONE;
    for (var header : answer.path("headers").properties()) {
      JsonNode value = header.getValue();
      headers =
          headers.with(
              header.getKey(),
              filled(value.isArray() ? value.get(0).asText() : value.asText(), start, clock));
    }
    String body =
        answer.has("bodyFileName")
            ? Files.readString(
                folder.resolve("__files").resolve(answer.get("bodyFileName").asText()))
            : answer.path("body").asText("");
    return HttpResponse.of(
        request.uri(),
        answer.path("status").asInt(),
        headers.without("Content-Encoding"),
        filled(body, start, clock).getBytes(StandardCharsets.UTF_8));
  }

  /** Fills in WireMock's times. */
  private static String filled(String text, Instant start, SettableClock clock) {
    return TEMPLATE.matcher(text).replaceAll(template -> time(template, start, clock.instant()));
  }

  private static String time(MatchResult template, Instant start, Instant now) {
    Instant at = template.group(1).equals("testStartDate") ? start : now;
    if (template.group(2) != null) {
      at =
          at.plus(
              Long.parseLong(template.group(2)),
              ChronoUnit.valueOf(template.group(3).toUpperCase(java.util.Locale.ROOT)));
    }
    return template.group(4).equals("u")
        ? Long.toString(at.getEpochSecond())
        : DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
  }

  /** Returns a server that gives the bodies of a VCR cassette in turn, then the last one again. */
  static HttpTransport cassette(Path file) {
    List<byte[]> bodies = new ArrayList<>();
    try {
      String yaml = Files.readString(file);
      for (int at = yaml.indexOf("\n  response:");
          at >= 0;
          at = yaml.indexOf("\n  response:", at + 1)) {
        int body = yaml.indexOf("      string: ", yaml.indexOf("    body:", at)) + 14;
        bodies.add(scalar(yaml, body).getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return request ->
        HttpResponse.of(
            request.uri(),
            200,
            Headers.NONE.with("Content-Type", "application/json"),
            bodies.size() > 1 ? bodies.remove(0) : bodies.get(0));
  }

  /**
   * Reads a quoted scalar of YAML 1.2, sections 7.3.1 and 7.3.2, that may go over several lines.
   */
  private static String scalar(String yaml, int start) {
    char quote = yaml.charAt(start);
    StringBuilder text = new StringBuilder();
    for (int i = start + 1; i < yaml.length(); i++) {
      char c = yaml.charAt(i);
      if (c == quote) {
        if (quote == '"' || yaml.charAt(i + 1) != '\'') {
          return text.toString();
        }
        text.append('\'');
        i++;
      } else if (c == '\\' && quote == '"') {
        char escaped = yaml.charAt(++i);
        switch (escaped) {
          case 'n' -> text.append('\n');
          case 't' -> text.append('\t');
          case 'r' -> text.append('\r');
          case 'x' -> {
            text.append((char) Integer.parseInt(yaml.substring(i + 1, i + 3), 16));
            i += 2;
          }
          case 'u' -> {
            text.append((char) Integer.parseInt(yaml.substring(i + 1, i + 5), 16));
            i += 4;
          }
          case 'U' -> {
            text.appendCodePoint(Integer.parseInt(yaml.substring(i + 1, i + 9), 16));
            i += 8;
          }
          case '\n' -> i = afterIndent(yaml, i) - 1;
          default -> text.append(escaped);
        }
      } else if (c == '\n') {
        int next = afterIndent(yaml, i);
        int lines = (int) yaml.substring(i, next).chars().filter(x -> x == '\n').count();
        text.append(lines == 1 ? " " : "\n".repeat(lines - 1));
        i = next - 1;
      } else {
        text.append(c);
      }
    }
    throw new IllegalArgumentException("A scalar without an end");
  }

  private static int afterIndent(String yaml, int at) {
    int next = at;
    while (Character.isWhitespace(yaml.charAt(next))) {
      next++;
    }
    return next;
  }
}
