package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each signal by which GitHub says that it has had enough, from a server six hours ahead. */
class GitHubLimitsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final Duration AHEAD = Duration.ofHours(6);
  private static final String SECONDARY =
      "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes.\"}";
  private static final String STARS =
      "{\"data\":{\"repository\":{\"stargazers\":{\"totalCount\":1,\"edges\":[{\"starredAt\":"
          + "\"2026-01-01T00:00:00Z\",\"node\":{\"login\":\"ann\",\"databaseId\":7,\"url\":"
          + "\"https://github.com/ann\",\"avatarUrl\":\"\"}}],\"pageInfo\":{\"endCursor\":\"x\","
          + "\"hasNextPage\":false}}}}}";

  private final SettableClock clock = SettableClock.at(NOW);
  private final List<LimitWait> waits = new ArrayList<>();
  private final Deque<HttpResponse> script = new ArrayDeque<>();
  private RecordedServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RecordedServer("https://api.github.com", this::answer);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private HttpResponse answer(HttpRequest request) {
    String path = request.uri().getPath();
    HttpResponse next = path.equals("/repos/o/r") ? null : script.poll();
    if (next == null) {
      next =
          path.equals("/repos/o/r")
              ? said(200, "{\"id\":9,\"full_name\":\"o/r\",\"stargazers_count\":1}")
              : said(200, path.equals("/graphql") ? STARS : "[]");
    }
    return HttpResponse.of(
        request.uri(),
        next.status(),
        next.headers()
            .with(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    clock.instant().plus(AHEAD).atZone(ZoneOffset.UTC))),
        next.bytes());
  }

  private static HttpResponse said(int status, String body, String... headers) {
    Headers all = Headers.NONE;
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return HttpResponse.of(
        java.net.URI.create("https://api.github.com/"),
        status,
        all,
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** The headers of a quota that is used up and full again in so many seconds. */
  private static String[] usedUp(String resource, long seconds) {
    return new String[] {
      "x-ratelimit-limit",
      "5000",
      "x-ratelimit-remaining",
      "0",
      "x-ratelimit-reset",
      Long.toString(NOW.plus(AHEAD).getEpochSecond() + seconds),
      "x-ratelimit-resource",
      resource
    };
  }

  private Page fetch(String listing) throws InterruptedException {
    SourceOptions options =
        new SourceOptions(Map.of("SPARKPY_SANDBOX", server.uri().toString()), clock)
            .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits())
            .withListener(waits::add);
    try (RecordSource source =
        Places.openSource(PlaceUri.parse("github:o/r/" + listing), options)) {
      return source.fetch(PageRequest.FIRST);
    }
  }

  private void waitsOnceFor(long seconds) {
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0).duration().toSeconds()).isBetween(seconds, seconds + 1);
    assertThat(waits.get(0).cause()).isIn(LimitWait.Cause.BLOCKED, LimitWait.Cause.QUOTA);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void thePrimaryLimitIsWaitedForUntilItsReset(int status) throws InterruptedException {
    script.add(said(status, "{\"message\":\"API rate limit exceeded\"}", usedUp("core", 90)));

    fetch("watchers");

    waitsOnceFor(90);
  }

  @ParameterizedTest
  @CsvSource({
    "403, retry-after, 17, 17",
    "429, retry-after, 17, 17",
    "403, gh-limited-by, search-elapsed-time, 60",
    "429, gh-limited-by, search-elapsed-time, 60",
    "403, x-nothing, at all, 60",
    "429, x-nothing, at all, 60",
  })
  void everySecondaryLimitIsWaitedFor(int status, String header, String value, long seconds)
      throws InterruptedException {
    script.add(said(status, SECONDARY, header, value));

    fetch("watchers");

    waitsOnceFor(seconds);
  }

  @Test
  void theQuotaOfAnotherResourceSaysNothingAboutThisOne() throws InterruptedException {
    script.add(said(403, SECONDARY, usedUp("search", 3_000)));

    fetch("watchers");

    waitsOnceFor(60);
  }

  @Test
  void graphQlTellsOfItsLimitInAnAnswer200() throws InterruptedException {
    script.add(
        said(
            200,
            "{\"errors\":[{\"type\":\"RATE_LIMITED\",\"message\":\"API rate limit exceeded\"}]}",
            usedUp("graphql", 120)));

    Page page = fetch("stargazers?api=graphql");

    assertThat(page.records()).hasSize(2);
    waitsOnceFor(120);
  }

  @Test
  void graphQlTellsOfASecondaryLimitInWords() throws InterruptedException {
    script.add(said(200, "{\"data\":null,\"errors\":[" + SECONDARY + "]}", "retry-after", "11"));

    assertThat(fetch("stargazers?api=graphql").records()).hasSize(2);
    waitsOnceFor(11);
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504})
  void graphQlThatTookTooLongIsAskedAgain(int status) throws InterruptedException {
    script.add(said(status, "<html>"));

    assertThat(fetch("stargazers?api=graphql").records()).hasSize(2);
    assertThat(waits).singleElement().matches(wait -> wait.cause() == LimitWait.Cause.RETRY);
  }

  /** What is not the whole must not look like the end of a listing. */
  @Test
  void partOfAnAnswerOfGraphQlIsNoAnswer() {
    script.add(
        said(
            200,
            STARS.substring(0, STARS.length() - 1)
                + ",\"errors\":[{\"type\":\"RESOURCE_LIMITS_EXCEEDED\",\"message\":\"too much\"}]}"));

    assertThatThrownBy(() -> fetch("stargazers?api=graphql"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("too much");
  }

  @Test
  void a401IsNoLimit() {
    script.add(said(401, "{\"message\":\"Bad credentials, rate limit or not\"}"));

    assertThatThrownBy(() -> fetch("watchers"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("401");
    assertThat(waits).isEmpty();
  }

  @Test
  void a403ThatNobodyKnowsIsARefusalAndSaidAloud() throws IOException {
    String words = "The moon is in house " + System.nanoTime();
    script.add(said(403, "{\"message\":\"" + words + "\"}"));

    assertThatThrownBy(() -> fetch("watchers"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(words);

    assertThat(Files.readAllLines(Path.of("target/debug.log"))) // see simplelogger.properties
        .filteredOn(line -> line.contains(words))
        .anyMatch(line -> line.contains("WARN") && line.contains("403 of a kind not known here"));
    assertThat(waits).isEmpty();
  }
}
