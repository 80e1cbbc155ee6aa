package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubClient;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitPolicy;
import io.github.sparkpysocial.limit.RateLimit;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every answer of GitHub that hub4j and octokit have recorded and that concerns a harvest, served
 * over a socket, with what it must yield. What concerns none is named with the reason.
 */
class RecordedGitHubTableTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String NETWORK = "https://api.github.com";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * A row of the table.
   *
   * @param recording the folder of the recording
   * @param question a listing, or a call of the typed client with its argument
   * @param yields records by kind, or the name of the error
   * @param waits how many seconds pass, at least; no more than two seconds longer
   */
  private record Row(String recording, String question, String yields, long waits) {
    @Override
    public String toString() {
      return recording + " asked for " + question + ": " + yields + " after " + waits + " s";
    }
  }

  private static Row row(String recording, String question, String yields) {
    return new Row(recording, question, yields, 0);
  }

  private static Row limit(String recording, long waits) {
    String repository = recording.substring(recording.indexOf('/') + 1);
    return new Row(
        recording, "hub4j-test-org/temp-" + repository + "/languages", "REPOSITORY=1", waits);
  }

  /** The same repository was asked for in the tests that failed on purpose. */
  private static Row failing(String recording, long waits) {
    return new Row(
        recording, "hub4j-test-org/temp-testHandler_Fail/languages", "REPOSITORY=1", waits);
  }

  private static Row stuck(String recording) {
    return new Row(
        recording,
        "hub4j-test-org/temp-testHandler_WaitStuck/languages",
        "RateLimitExceededException",
        -1);
  }

  static Stream<Row> table() {
    String account = "ACCOUNT=1";
    String testOrganization = "organization hub4j-test-org";
    return Stream.of(
        // Secondary limits: by retry-after, by gh-limited-by, by words alone; 403 and 429.
        failing("AbuseLimitHandlerTest/testHandler_Fail", 31),
        failing("AbuseLimitHandlerTest/testHandler_HttpStatus_Fail", 31),
        limit("AbuseLimitHandlerTest/testHandler_Wait", 3),
        stuck("AbuseLimitHandlerTest/testHandler_WaitStuck"),
        limit("AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits", 60),
        limit("AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits_Body_Marker_Only", 60),
        limit("AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits_Too_Many_Requests", 9),
        limit(
            "AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits_Too_Many_Requests_Date"
                + "_Retry_After",
            9),
        limit(
            "AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits_Too_Many_Requests_Date"
                + "_Retry_After_Missing_Date_Header",
            9),
        limit(
            "AbuseLimitHandlerTest/testHandler_Wait_Secondary_Limits_Too_Many_Requests_No_Retry"
                + "_After",
            60),
        // Primary limits.
        failing("RateLimitHandlerTest/testHandler_Fail", 4),
        failing("RateLimitHandlerTest/testHandler_HttpStatus_Fail", 4),
        limit("RateLimitHandlerTest/testHandler_Wait", 4),
        limit("RateLimitHandlerTest/testHandler_Wait_Missing_Date_Header", 4),
        stuck("RateLimitHandlerTest/testHandler_WaitStuck"),
        // How the limits stand.
        row(
            "GHRateLimitTest/testGitHubRateLimit",
            "rateLimits",
            "core=4897 search=30 graphql=5000"),
        row("GHRateLimitTest/testGitHubRateLimit", "search?q=tetris", "REPOSITORY=30 ACCOUNT=30"),
        row("GHRateLimitTest/testGitHubRateLimit", testOrganization, account),
        row(
            "GHRateLimitTest/testGitHubRateLimitExpirationServerFiveMinutesAhead",
            "rateLimits",
            "core=4897 search=30 graphql=5000"),
        row(
            "GHRateLimitTest/testGitHubRateLimitExpirationServerFiveMinutesBehind",
            "rateLimits",
            "core=4897 search=30 graphql=5000"),
        row("GHRateLimitTest/testGitHubRateLimitWithBadData", "rateLimits", "TransportException"),
        row("GHRateLimitTest/testGitHubEnterpriseDoesNotHaveRateLimit", "rateLimits", ""),
        row(
            "GHRateLimitTest/testGitHubEnterpriseDoesNotHaveRateLimit",
            "search?q=tetris",
            "REPOSITORY=30 ACCOUNT=30"),
        row(
            "RateLimitCheckerTest/testGitHubRateLimit",
            "rateLimits",
            "core=4502 search=30 graphql=5000"),
        row("RateLimitCheckerTest/testGitHubRateLimit", testOrganization, account),
        row(
            "RateLimitCheckerTest/testGitHubRateLimit",
            "hub4j-test-org/github-api/languages",
            "REPOSITORY=1"),
        // Listings.
        row(
            "GHRepositoryTest/checkStargazersCount",
            "hub4j-test-org/temp-checkStargazersCount/languages",
            "REPOSITORY=1"),
        row(
            "GHRepositoryTest/listContributors",
            "hub4j/github-api/contributors",
            "CONTRIBUTION=30, goes on"),
        row(
            "GHRepositoryTest/listContributorsAnon",
            "hub4j/github-api/contributors",
            "CONTRIBUTION=31, goes on"),
        row("GHRepositoryTest/listContributorsAnon", "user kohsuke", account),
        row("GHRepositoryTest/listContributorsAnon", "organization hub4j", account),
        row("GHRepositoryTest/listEmptyContributors", "hub4j-test-org/empty/contributors", ""),
        row(
            "GHRepositoryTest/listStargazers",
            "hub4j/github-api/stargazers",
            "STAR=30 ACCOUNT=30, goes on"),
        row("GHRepositoryTest/listStargazers", "hub4j-test-org/github-api/stargazers", ""),
        row("GHRepositoryTest/searchRepositories", "search?q=tetris", "REPOSITORY=30 ACCOUNT=30"),
        row(
            "GHRepositoryTest/starTest",
            "hub4j-test-org/github-api/stargazers",
            "STAR=2 ACCOUNT=2"),
        row("GHRepositoryTest/starTest", "user hub4j-test-org", account),
        row("GHUserTest/listFollowsAndFollowers", "user rtyler", account),
        row("GHUserTest/listPublicRepositories", "user kohsuke", account),
        row("GHUserTest/listPublicRepositoriesPageSize62", "user kohsuke", account),
        row("GitHubTest/listUsers", "user vanpelt", account),
        row("GitHubTest/listUsers", "user evanphx", account),
        row("GitHubTest/searchUsers", "user mojombo", account),
        // Retries: what was recorded is what came in the end.
        row("RequesterRetryTest/testInputStreamConnectionExceptions", testOrganization, account),
        row(
            "RequesterRetryTest/testInputStreamFailureExceptions",
            "organization hub4j-test-org-missing",
            "InvalidQueryException"),
        row("RequesterRetryTest/testInputStreamFailureExceptions", testOrganization, account),
        row("RequesterRetryTest/testResponseCodeConnectionExceptions", testOrganization, account),
        row("RequesterRetryTest/testResponseCodeFailureExceptions", testOrganization, account),
        row("RequesterRetryTest/testSocketConnectionAndRetry", testOrganization, account),
        row(
            "RequesterRetryTest/testSocketConnectionAndRetry_StatusCode",
            testOrganization,
            account),
        row(
            "RequesterRetryTest/testSocketConnectionAndRetry_Success",
            "hub4j-test-org/github-api/languages",
            "REPOSITORY=1"),
        // Redirects, paging and errors as octokit recorded them.
        row("octokit/get-organization", "organization octokit-fixture-org", account),
        row("octokit/get-repository", "octokit-fixture-org/hello-world/languages", "REPOSITORY=1"),
        row(
            "octokit/rename-repository",
            "octokit-fixture-org/rename-repository/languages",
            "REPOSITORY=1"),
        row("octokit/get-root", "organization octokit-fixture-org", "InvalidQueryException"));
  }

  /** Recordings that hold nothing a harvest asks for. */
  private static final Map<String, String> NOT_HERE =
      Map.ofEntries(
          Map.entry("GHRepositoryStatisticsTest/testCodeFrequency", "figures of nobody"),
          Map.entry("GHRepositoryStatisticsTest/testCommitActivity", "figures of nobody"),
          Map.entry("GHRepositoryStatisticsTest/testContributorStats", "its body was not kept"),
          Map.entry("GHRepositoryStatisticsTest/testParticipation", "figures of nobody"),
          Map.entry("GHRepositoryStatisticsTest/testPunchCard", "figures of nobody"),
          Map.entry("GitHubTest/searchContent", "a search for code"),
          Map.entry("RequesterRetryTest/testGitHubIsApiUrlValid", "the root of the API"),
          Map.entry("octokit/add-and-remove-repository-collaborator", "writes"),
          Map.entry("octokit/add-labels-to-issue", "writes"),
          Map.entry("octokit/branch-protection", "settings"),
          Map.entry("octokit/create-file", "writes"),
          Map.entry("octokit/create-status", "writes"),
          Map.entry("octokit/errors", "the refusal of a write"),
          Map.entry("octokit/get-archive", "a file"),
          Map.entry("octokit/get-content", "files"),
          Map.entry("octokit/git-refs", "writes"),
          Map.entry("octokit/labels", "writes"),
          Map.entry("octokit/lock-issue", "writes"),
          Map.entry("octokit/mark-notifications-as-read", "writes"),
          Map.entry("octokit/markdown", "renders text"),
          Map.entry("octokit/paginate-issues", "issues; its links are followed in a test below"),
          Map.entry("octokit/project-cards", "writes"),
          Map.entry("octokit/release-assets", "writes"),
          Map.entry("octokit/release-assets-conflict", "writes"),
          Map.entry("octokit/search-issues", "a search for issues"));

  private final SettableClock clock = SettableClock.at(NOW);

  @ParameterizedTest
  @MethodSource("table")
  void yieldsWhatTheTableSays(Row row) throws Exception {
    try (RecordedServer server = new RecordedServer(NETWORK, answers(row.recording()))) {
      String[] yielded = new String[1];
      Throwable error = catchThrowable(() -> yielded[0] = ask(row.question(), server));

      if (error != null && !row.yields().endsWith("Exception")) {
        throw new AssertionError(row + " failed", error);
      }
      assertThat(error == null ? yielded[0] : error.getClass().getSimpleName())
          .isEqualTo(row.yields());
      if (row.waits() >= 0) {
        assertThat(Duration.between(NOW, clock.instant()).toSeconds())
            .isBetween(row.waits(), row.waits() + 2);
      } else {
        assertThat(Duration.between(NOW, clock.instant())).isLessThanOrEqualTo(PATIENCE);
      }
    }
  }

  private HttpTransport answers(String recording) throws IOException {
    int slash = recording.indexOf('/');
    if (recording.startsWith("octokit/")) {
      return withoutLanguages(
          Recorded.octokit(
              Recorded.data("github/octokit_fixtures")
                  .resolve(recording.substring(slash + 1))
                  .resolve("normalized-fixture.json")));
    }
    return withoutLanguages(
        Recorded.wireMock(
            Recorded.data("github/hub4j_wiremock")
                .resolve(recording.replaceFirst("/", "/wiremock/")),
            clock));
  }

  /**
   * The recordings end before languages are asked for. Of a search they hold the first page alone:
   * its total is what is there.
   */
  private static HttpTransport withoutLanguages(HttpTransport recorded) {
    return request -> {
      String path = request.uri().getPath();
      if (path.endsWith("/languages")) {
        return HttpResponse.of(
            request.uri(), 200, Headers.NONE, "{}".getBytes(StandardCharsets.UTF_8));
      }
      HttpResponse answer = recorded.send(request);
      if (!path.startsWith("/search/")) {
        return answer;
      }
      ObjectNode body = (ObjectNode) JSON.readTree(answer.bytes());
      body.put("total_count", body.path("items").size());
      return HttpResponse.of(
          answer.uri(),
          answer.status(),
          answer.headers().without("Link"),
          body.toString().getBytes(StandardCharsets.UTF_8));
    };
  }

  private String ask(String question, RecordedServer server) throws InterruptedException {
    SourceOptions options =
        Recorded.options(clock, JdkHttpTransport.shared())
            .withPolicy(LimitPolicy.waitUpTo(PATIENCE));
    SourceOptions there =
        new SourceOptions(Map.of("SPARKPY_SANDBOX", server.uri().toString()), clock)
            .withLimits(options.limits())
            .withPolicy(options.policy());
    GitHubClient client = GitHubClient.open(there);
    String argument = question.substring(question.indexOf(' ') + 1);
    if (question.equals("rateLimits")) {
      return client.rateLimits().stream()
          .map(RecordedGitHubTableTest::shown)
          .collect(Collectors.joining(" "));
    }
    if (question.startsWith("user ")) {
      return kinds(List.of(client.user(argument)));
    }
    if (question.startsWith("organization ")) {
      return kinds(List.of(client.organization(argument)));
    }
    try (RecordSource source = Places.openSource(PlaceUri.parse("github:" + question), there)) {
      Page page = source.fetch(io.github.sparkpysocial.client.PageRequest.FIRST);
      assertThat(page.rejected()).isEmpty();
      assertThat(page.unknownFields()).isEmpty();
      return kinds(page.records()) + (page.isLast() ? "" : ", goes on");
    }
  }

  private static String shown(RateLimit limit) {
    assertThat(limit.resetsAt()).isNotNull();
    return limit.key().replace("GitHub ", "") + '=' + limit.remaining();
  }

  private static String kinds(List<? extends SocialRecord> records) {
    Map<String, Integer> kinds = new TreeMap<>(java.util.Comparator.reverseOrder());
    for (SocialRecord record : records) {
      assertThat(record.raw()).startsWith("{");
      String kind =
          record instanceof Interaction interaction
              ? interaction.type().name()
              : record.recordKind().name();
      kinds.merge(kind, 1, Integer::sum);
    }
    return kinds.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }

  @Test
  void everyRecordingIsInTheTableOrNamedWithAReason() throws IOException {
    TreeSet<String> named = new TreeSet<>(NOT_HERE.keySet());
    table().map(Row::recording).forEach(named::add);

    TreeSet<String> there = new TreeSet<>();
    Path hub4j = Recorded.data("github/hub4j_wiremock");
    try (Stream<Path> files = Files.walk(hub4j, 3)) {
      files
          .filter(f -> f.getNameCount() == hub4j.getNameCount() + 3)
          .forEach(f -> there.add(f.getParent().getParent().getFileName() + "/" + f.getFileName()));
    }
    try (Stream<Path> files = Files.list(Recorded.data("github/octokit_fixtures"))) {
      files.forEach(f -> there.add("octokit/" + f.getFileName()));
    }
    assertThat(named).isEqualTo(there);
  }

  @Test
  void aRenamedRepositoryIsFollowedToItsNumberAndTellsItsNewName() throws Exception {
    try (RecordedServer server =
        new RecordedServer(NETWORK, answers("octokit/rename-repository"))) {
      Repository repository =
          GitHubClient.open(
                  new SourceOptions(Map.of("SPARKPY_SANDBOX", server.uri().toString()), clock)
                      .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits()))
              .repository("octokit-fixture-org/rename-repository");

      assertThat(repository.id()).isEqualTo("1000");
      assertThat(repository.fullName()).isEqualTo("octokit-fixture-org/rename-repository-newname");
      assertThat(server.asked())
          .startsWith("GET /repos/octokit-fixture-org/rename-repository", "GET /repositories/1000");
    }
  }

  /** Issues are no listing here; their pages are linked as all are, and each is followed. */
  @Test
  void theLinksOfARecordedListingAreFollowedToItsEnd() throws Exception {
    HttpTransport issues = answers("octokit/paginate-issues");
    String repository = "/repos/octokit-fixture-org/paginate-issues";
    HttpTransport asWatchers =
        request -> {
          String path = request.uri().getPath();
          if (path.equals(repository)) {
            return HttpResponse.of(
                request.uri(),
                200,
                Headers.NONE,
                "{\"id\":1000,\"full_name\":\"octokit-fixture-org/paginate-issues\"}"
                    .getBytes(StandardCharsets.UTF_8));
          }
          return path.equals(repository + "/subscribers")
              ? issues.send(
                  request.withUri(java.net.URI.create(NETWORK + repository + "/issues?per_page=3")))
              : issues.send(request);
        };
    try (RecordedServer server = new RecordedServer(NETWORK, asWatchers);
        RecordSource source =
            Places.openSource(
                PlaceUri.parse("github:octokit-fixture-org/paginate-issues/watchers"),
                new SourceOptions(Map.of("SPARKPY_SANDBOX", server.uri().toString()), clock)
                    .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits()))) {
      List<Page> pages = new ArrayList<>(source.pages().toList());

      assertThat(pages).extracting(page -> page.records().size()).containsExactly(6, 6, 6, 6, 2);
      assertThat(pages.get(0).nextCursor())
          .isEqualTo("/repositories/1000/issues?per_page=3&page=2");
    }
  }
}
