package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings of several tools, played back over HTTP, and the recorder's own. */
class RecordingTest {
  /** A client that follows no redirects. */
  private static final java.net.http.HttpClient PLAIN = java.net.http.HttpClient.newHttpClient();

  @TempDir Path directory;

  private final HttpTransport http = JdkHttpTransport.shared();

  private static Path real(String name) {
    Path path = Path.of(System.getProperty("sparkpy.data", "../shared/data")).resolve(name);
    assumeTrue(Files.exists(path), () -> "NOT RUN: the recording is not there: " + path);
    return path;
  }

  private HttpResponse get(RecordingServer server, String target)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.get(URI.create(server.uri() + target)));
  }

  // Of others

  @Test
  void octokitsPagesAreReadAlongTheirLinks() throws Exception {
    Recording recording = Recording.load(real("github/octokit_fixtures/paginate-issues"));
    try (RecordingServer server = Sandbox.replay(recording)) {
      String target = "/repos/octokit-fixture-org/paginate-issues/issues?per_page=3";
      int pages = 0;
      int items = 0;
      while (target != null) {
        HttpResponse answer = get(server, target);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("date")).isEqualTo("Tue, 10 Oct 2017 16:00:00 GMT");
        items += Objects.requireNonNull(Json.parse(answer.bytes())).size();
        pages++;
        String link = Objects.requireNonNullElse(answer.headers().first("link"), "");
        int next = link.indexOf("; rel=\"next\"");
        assertThat(link).doesNotContain("api.github.com");
        target =
            next < 0
                ? null
                : link.substring(link.lastIndexOf('<', next) + 1, next - 1)
                    .substring(server.uri().toString().length());
      }

      assertThat(pages).isEqualTo(5).isEqualTo(recording.size());
      assertThat(items).isEqualTo(13);
      assertThat(server.unmatched()).isEmpty();
      assertThat(server.unplayed()).isZero();
    }
  }

  /** Each answer comes as it was recorded when asked for in the order of the recording. */
  @ParameterizedTest
  @CsvSource({"github/octokit_fixtures, 22", "github/hub4j_wiremock, 45", "meetup, 17"})
  void everyRealRecordingPlaysBackAsItWasRecorded(String folder, int atLeast) throws Exception {
    List<Path> recordings;
    try (Stream<Path> all = Files.walk(real(folder))) {
      recordings =
          all.filter(
                  path ->
                      path.endsWith("normalized-fixture.json")
                          || Files.isDirectory(path.resolve("mappings"))
                          || path.toString().endsWith(".yml"))
              .sorted()
              .toList();
    }
    assertThat(recordings).hasSizeGreaterThanOrEqualTo(atLeast);
    int trimmed = 0;
    for (Path path : recordings) {
      Recording recording;
      try {
        recording = Recording.load(path);
      } catch (UncheckedIOException e) {
        assertThat(e).hasCauseInstanceOf(NoSuchFileException.class); // bodies left out of our copy
        trimmed++;
        continue;
      }
      assertThat(recording.size()).as("%s", path).isPositive();
      try (RecordingServer server =
          RecordingServer.builder(recording)
              .matching(RecordingServer.Matching.BODY)
              .clock(SettableClock.at(Instant.parse("2026-11-22T12:00:00Z")))
              .start()) {
        for (Exchange exchange : recording.exchanges()) {
          HttpResponse answer = play(server, exchange);

          assertThat(answer.status())
              .as("%s %s", path, exchange.uri())
              .isEqualTo(exchange.status());
          if (exchange.status() != 204 && exchange.status() != 304) {
            assertThat(answer.bytes()).isEqualTo(exchange.body());
          }
        }
        assertThat(server.unmatched()).isEmpty();
        assertThat(server.unplayed()).as("%s", path).isZero();
      }
    }
    assertThat(trimmed).isLessThan(5);
  }

  private HttpResponse play(RecordingServer server, Exchange exchange) throws Exception {
    URI uri = new URI(server.uri() + Exchange.target(exchange.uri()).replace(" ", "%20"));
    var answer =
        PLAIN.send(
            java.net.http.HttpRequest.newBuilder(uri)
                .method(
                    exchange.method(),
                    exchange.requestBody() == null
                        ? java.net.http.HttpRequest.BodyPublishers.noBody()
                        : java.net.http.HttpRequest.BodyPublishers.ofString(exchange.requestBody()))
                .build(),
            java.net.http.HttpResponse.BodyHandlers.ofByteArray());
    return HttpResponse.of(
        uri, answer.statusCode(), Headers.of(answer.headers().map()), answer.body());
  }

  @Test
  void wireMocksTimesAreThoseOfTheClock() throws Exception {
    SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T12:00:00Z"));
    Path folder = Files.createDirectories(directory.resolve("wm"));
    Files.createDirectories(folder.resolve("mappings"));
    Files.createDirectories(folder.resolve("__files"));
    Files.writeString(folder.resolve("__files/1-a.json"), "{\"n\":1}");
    Files.writeString(
        folder.resolve("mappings/b.json"),
        "{\"request\":{\"url\":\"/a?x=1\",\"method\":\"GET\"},\"insertionIndex\":2,"
            + "\"response\":{\"status\":403,\"body\":\"late\",\"headers\":{"
            + "\"Date\":\"{{now timezone='GMT' format='EEE, dd MMM yyyy HH:mm:ss z'}}\","
            + "\"X-RateLimit-Reset\":\"{{testStartDate offset='1 hours' format='unix'}}\","
            + "\"X-Later\":\"{{now offset='-5 minutes' format='unix'}}\"}}}");
    Files.writeString(
        folder.resolve("mappings/a.json"),
        "{\"request\":{\"url\":\"/a?x=1\",\"method\":\"GET\"},\"insertionIndex\":1,"
            + "\"response\":{\"status\":200,\"bodyFileName\":\"1-a.json\",\"headers\":{\"Vary\":"
            + "[\"A\",\"B\"]}}}");
    try (RecordingServer server =
        RecordingServer.builder(Recording.load(folder)).clock(clock).start()) {
      HttpResponse first = get(server, "/a?x=1");
      clock.advance(java.time.Duration.ofMinutes(10));
      HttpResponse second = get(server, "/a?x=1");
      HttpResponse again = get(server, "/a?x=1");

      assertThat(first.text()).isEqualTo("{\"n\":1}");
      assertThat(first.headers().first("vary")).isEqualTo("A, B");
      assertThat(second.status()).isEqualTo(403);
      assertThat(second.headers().first("date")).isEqualTo("Sun, 22 Nov 2026 12:10:00 GMT");
      assertThat(second.headers().first("x-ratelimit-reset"))
          .isEqualTo(Long.toString(Instant.parse("2026-11-22T13:00:00Z").getEpochSecond()));
      assertThat(second.headers().first("x-later"))
          .isEqualTo(Long.toString(Instant.parse("2026-11-22T12:05:00Z").getEpochSecond()));
      assertThat(again.status()).isEqualTo(403); // the last one stays
    }
  }

  @Test
  void bothKindsOfCassettesAreRead() throws Exception {
    Path ruby =
        Files.writeString(
            directory.resolve("ruby.yml"),
            """
            ---
            http_interactions:
            - request:
                method: get
                uri: https://api.example.org/items?b=2&a=1
                body: {encoding: US-ASCII, string: ''}
              response:
                status: {code: 201, message: Created}
                headers:
                  Content-Type: [application/json]
                body:
                  encoding: ASCII-8BIT
                  base64_string: eyJuIjoxfQ==
            recorded_with: VCR 6.2.0
            """);
    try (RecordingServer server = Sandbox.replay(Recording.load(ruby))) {
      HttpResponse answer = get(server, "/items?a=1&b=2");

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.text()).isEqualTo("{\"n\":1}");
      assertThat(answer.headers().first("content-type")).isEqualTo("application/json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.json|{}|is no recording",
        "a.json|nonsense|is no recording",
        "a.json|{\"recording\":9}|a version that is not known",
        "a.yml|a: 1|no http_interactions",
        "a.yml|a: [1|is no YAML",
        "a.txt|x|is no recording"
      })
  void whatIsNoRecordingIsRefusedWithItsName(String name, String content, String message)
      throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);

    assertThatThrownBy(() -> Recording.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(message);
  }

  // Our own

  @Test
  void whatWasNotRecordedIsNotFoundAndKept() throws Exception {
    Recording recording =
        new Recording(
            List.of(
                new Exchange("GET", "https://a.example/x?q=1", null, 200, Map.of(), bytes("one")),
                new Exchange("POST", "/x", "{\"a\":1,\"b\":2}", 200, Map.of(), bytes("two")),
                new Exchange("POST", "/x", "{\"a\":9}", 200, Map.of(), bytes("three"))));
    try (RecordingServer server = RecordingServer.start(recording)) {
      assertThat(get(server, "/x?q=1").text()).isEqualTo("one");
      HttpResponse none = get(server, "/x?q=2&token=s3cret-value");
      assertThat(none.status()).isEqualTo(404);
      assertThat(none.text())
          .contains("Not recorded: GET /x?q=2&token=***")
          .contains("GET /x?q=1")
          .doesNotContain("s3cret-value");
      assertThat(post(server, "{ \"b\": 2, \"a\": 1 }").text()).isEqualTo("two");
      assertThat(post(server, "{\"a\":9}").text()).isEqualTo("three");
      assertThat(server.unmatched()).singleElement().extracting(r -> r.path()).isEqualTo("/x");
      assertThat(server.requests()).hasSize(4);
      assertThat(server.unplayed()).isZero();
    }
    try (RecordingServer server =
        RecordingServer.builder(recording).matching(RecordingServer.Matching.PATH).start()) {
      assertThat(get(server, "/x?anything").text()).isEqualTo("one");
    }
  }

  private HttpResponse post(RecordingServer server, String body)
      throws IOException, InterruptedException {
    return http.send(HttpRequest.postJson(URI.create(server.uri() + "/x"), body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsRecordedFromAServerPlaysBackTheSame() throws Exception {
    Community community = Community.builder().posts(60).people(20).build();
    Recorder recorder = Recorder.around(http);
    Path file = directory.resolve("answers.json");
    String target = "/orgs/sparkling-labs/repos?per_page=5";
    HttpResponse live;
    try (Sandbox sandbox = Sandbox.start(community)) {
      live =
          recorder.send(
              HttpRequest.get(URI.create(sandbox.uri() + target))
                  .withHeader("Authorization", "Bearer sandbox"));
      recorder.send(HttpRequest.get(URI.create(sandbox.uri() + "/2/tweets?ids=1")));
      recorder.save(file);
    }

    try (RecordingServer server = Sandbox.replay(Recording.load(file))) {
      HttpResponse played = get(server, target);

      assertThat(played.bytes()).isEqualTo(live.bytes());
      assertThat(played.headers().first("etag")).isEqualTo(live.headers().first("etag"));
      assertThat(played.headers().first("link")).contains(server.uri().toString());
      assertThat(get(server, "/2/tweets?ids=1").status()).isEqualTo(401);
    }
  }

  /** Secrets planted in every place that an exchange has. */
  @Test
  void noSecretReachesARecording() throws Exception {
    String secret = "pl4nted/Secret+Value\"9";
    String named = "n4med-by-its-field";
    String encoded = java.net.URLEncoder.encode(secret, StandardCharsets.UTF_8);
    String base64 = java.util.Base64.getEncoder().encodeToString(bytes(secret));
    String json = secret.replace("\"", "\\\"");
    HttpTransport echo =
        request ->
            HttpResponse.of(
                request.uri(),
                200,
                Headers.of(
                    Map.of(
                        "Set-Cookie", List.of("session=" + named),
                        "X-Echo", List.of("Bearer " + secret),
                        "Location", List.of("https://a.example/?access_token=" + named))),
                bytes(
                    "{\"access_token\":\""
                        + named
                        + "\",\"refresh_token\" : \""
                        + named
                        + "\\\"more-"
                        + named
                        + "\",\"inner\":\"{\\\"client_secret\\\":\\\""
                        + named
                        + "\\\"}\",\"echo\":\""
                        + json
                        + "\",\"raw\":\""
                        + base64
                        + ' '
                        + encoded
                        + "\",\"kept\":\"an ordinary word\"}"));
    Recorder recorder = Recorder.around(echo).hiding(Secret.of(secret));

    recorder.send(
        HttpRequest.of(
            "POST",
            URI.create("https://a.example/p?q=1&access_token=" + named + "&s=" + encoded),
            Headers.NONE.with("Authorization", "Bearer " + secret),
            bytes(
                "grant_type=refresh_token&refresh_token=" + named + "&client_secret=" + encoded)));
    recorder.send(
        HttpRequest.of(
            "GET",
            URI.create("https://user:" + named + "@a.example/p"),
            Headers.NONE,
            new byte[] {(byte) 0xff, 1}));
    Path file = directory.resolve("scrubbed.json");
    recorder.save(file);

    assertThat(Files.readString(file))
        .contains("an ordinary word", "grant_type=refresh_token", "q=1", "***")
        .doesNotContain(secret, named, encoded, base64, "Secret+Value", "Set-Cookie");
  }

  @Test
  void whatIsNoTextIsKeptAsItIs() throws Exception {
    byte[] binary = {(byte) 0xff, (byte) 0xfe, 0, 1, 's', '3', 'c', 'r', 'e', 't', '-', 'x', '9'};
    Recorder recorder =
        Recorder.around(request -> HttpResponse.of(request.uri(), 200, Headers.NONE, binary))
            .hiding(Secret.of("s3cret-x9"));
    recorder.send(HttpRequest.get(URI.create("https://a.example/picture")));
    Path file = directory.resolve("binary.json");
    recorder.save(file);

    try (RecordingServer server = Sandbox.replay(Recording.load(file))) {
      assertThat(get(server, "/picture").bytes())
          .startsWith((byte) 0xff, (byte) 0xfe, (byte) 0, (byte) 1)
          .endsWith((byte) '*', (byte) '*', (byte) '*');
    }
  }
}
