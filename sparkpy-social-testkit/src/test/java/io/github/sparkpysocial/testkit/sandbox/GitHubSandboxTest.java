package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GitHubSandboxTest {
  private static final Community COMMUNITY = Community.builder().posts(10).build();
  private static final Repository BIGGEST = COMMUNITY.repositories().get(0);
  private static final Repository EMPTY =
      COMMUNITY.repositories().stream()
          .filter(r -> COMMUNITY.commitsTo(r.id()).isEmpty())
          .findFirst()
          .orElseThrow();
  private static final String STARS = "application/vnd.github.star+json";
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  @RegisterExtension
  final SandboxExtension sandbox =
      SandboxExtension.perTest(
          Sandbox.builder(COMMUNITY)
              .clock(clock)
              .limits(Limits.ofTheNetworks().withGitHub(3, 100)));

  private Http.Got get(String path, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of("Authorization", "token sandbox"));
    all.addAll(List.of(headers));
    return Http.get(sandbox.sandbox(), path, all.toArray(new String[0]));
  }

  private List<JsonNode> list(String path, String... headers) throws IOException {
    List<JsonNode> items = new ArrayList<>();
    String next = path;
    while (!next.isEmpty()) {
      Http.Got got = get(next, headers);
      assertThat(got.status()).isEqualTo(200);
      got.json().forEach(items::add);
      Matcher link = NEXT.matcher(got.header("link"));
      next = link.find() ? link.group(1) : "";
    }
    return items;
  }

  @Test
  void followingTheLinksGivesEachRepositoryOnce() throws IOException {
    assertThat(list("/orgs/sparkling-labs/repos?per_page=5"))
        .extracting(r -> r.path("full_name").asText())
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.repositories().stream().map(Repository::fullName).toList());
    assertThat(sandbox.sandbox().requests()).hasSize(3);
    assertThat(get("/orgs/nobody/repos").status()).isEqualTo(404);
  }

  @Test
  void starsComeOldestFirstAndWithTimesOnlyIfAskedFor() throws IOException {
    String path = "/repos/" + BIGGEST.fullName() + "/stargazers?per_page=100";
    List<Interaction> stars = COMMUNITY.starsOf(BIGGEST.id());

    List<JsonNode> dated = list(path, "Accept", STARS);

    assertThat(dated)
        .extracting(s -> s.path("user").path("id").asText())
        .isEqualTo(stars.stream().map(s -> s.actor().id()).toList());
    assertThat(dated)
        .extracting(s -> Instant.parse(s.path("starred_at").asText()))
        .isEqualTo(
            stars.stream()
                .map(s -> Objects.requireNonNull(s.createdAt()).truncatedTo(ChronoUnit.SECONDS))
                .toList());
    assertThat(get(path).json().get(0).has("login")).isTrue();
    assertThat(get(path).json().get(0).has("starred_at")).isFalse();
  }

  @Test
  void contributorsAreNamedAndTheAnonymousOnlyIfAskedFor() throws IOException {
    String path = "/repos/" + BIGGEST.fullName() + "/contributors?per_page=100";

    List<JsonNode> all = list(path + "&anon=1");
    List<JsonNode> known = list(path);

    assertThat(all.stream().mapToLong(c -> c.path("contributions").asLong()).sum())
        .isEqualTo(COMMUNITY.commitsTo(BIGGEST.id()).size());
    assertThat(all)
        .filteredOn(c -> c.path("type").asText().equals("Anonymous"))
        .isNotEmpty()
        .allMatch(c -> c.has("email") && c.has("name") && !c.has("login"));
    assertThat(known).hasSizeLessThan(all.size()).allMatch(c -> c.has("login"));
  }

  @Test
  void commitsComeNewestFirstWithinTheTimesAskedFor() throws IOException {
    List<Interaction> commits = COMMUNITY.commitsTo(BIGGEST.id());
    Instant until = Objects.requireNonNull(commits.get(10).createdAt());
    Instant since = Objects.requireNonNull(commits.get(59).createdAt());

    List<JsonNode> found =
        list(
            "/repos/"
                + BIGGEST.fullName()
                + "/commits?per_page=20&since="
                + since
                + "&until="
                + until);

    assertThat(found)
        .extracting(c -> c.path("sha").asText())
        .isEqualTo(commits.subList(10, 60).stream().map(Interaction::id).toList());
    assertThat(list("/repos/" + BIGGEST.fullName() + "/commits?per_page=100"))
        .hasSize(commits.size())
        .anyMatch(c -> c.path("author").isNull())
        .allMatch(c -> c.path("commit").path("author").has("email"));
    assertThat(get("/repos/" + BIGGEST.fullName() + "/commits?since=soon").status()).isEqualTo(422);
  }

  @Test
  void languagesAreBytes() throws IOException {
    JsonNode languages = get("/repos/" + BIGGEST.fullName() + "/languages").json();

    assertThat(BIGGEST.languages())
        .allMatch(share -> languages.path(share.name()).asLong() == share.sizeBytes());
    assertThat(languages).hasSize(BIGGEST.languages().size());
  }

  @Test
  void anEmptyRepositoryHasNothingToList() throws IOException {
    Http.Got commits = get("/repos/" + EMPTY.fullName() + "/commits");

    assertThat(commits.status()).isEqualTo(409);
    assertThat(commits.json().path("message").asText()).isEqualTo("Git Repository is empty.");
    assertThat(get("/repos/" + EMPTY.fullName() + "/contributors").status()).isEqualTo(204);
    assertThat(get("/repos/" + EMPTY.fullName() + "/languages").json()).isEmpty();
    assertThat(get("/repos/sparkling-labs/never-was").status()).isEqualTo(404);
  }

  @Test
  void aRenamedRepositoryIsRedirected() throws IOException {
    var names = COMMUNITY.renamedRepositories().entrySet().iterator().next();

    Http.Got moved = get("/repos/" + names.getKey() + "/stargazers?per_page=5");

    assertThat(moved.status()).isEqualTo(301);
    assertThat(moved.header("location")).startsWith(sandbox.uri() + "/repositories/");
    assertThat(get(moved.header("location")).json()).hasSize(5);
    assertThat(get("/repos/" + names.getKey()).status()).isEqualTo(301);
    assertThat(
            get(get("/repos/" + names.getKey()).header("location"))
                .json()
                .path("full_name")
                .asText())
        .isEqualTo(names.getValue());
  }

  @Test
  void whatDidNotChangeIsNotSentAgainAndDoesNotCount() throws IOException {
    String path = "/repos/" + BIGGEST.fullName() + "/languages";
    Http.Got first = get(path);

    Http.Got again = get(path, "If-None-Match", first.header("etag"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.response().body()).isEmpty();
    assertThat(again.number("x-ratelimit-used")).isEqualTo(first.number("x-ratelimit-used"));
    // Without a token it does count, and the tag is another one.
    Http.Got anonymous = Http.get(sandbox.sandbox(), path);
    assertThat(anonymous.header("etag")).isNotEqualTo(first.header("etag"));
    Http.Got counted = Http.get(sandbox.sandbox(), path, "If-None-Match", anonymous.header("etag"));
    assertThat(counted.status()).isEqualTo(304);
    assertThat(counted.number("x-ratelimit-used")).isEqualTo(2);
  }

  @Test
  void thePrimaryLimitIsCountedForTokenAndAddressApart() throws IOException {
    String path = "/repos/" + BIGGEST.fullName();
    for (int left = 2; left >= 0; left--) {
      assertThat(Http.get(sandbox.sandbox(), path).number("x-ratelimit-remaining")).isEqualTo(left);
    }

    Http.Got over = Http.get(sandbox.sandbox(), path);

    assertThat(over.status()).isEqualTo(403);
    assertThat(over.header("x-ratelimit-remaining")).isEqualTo("0");
    assertThat(over.header("x-ratelimit-resource")).isEqualTo("core");
    assertThat(over.header("retry-after")).isEmpty();
    assertThat(over.json().path("message").asText()).startsWith("API rate limit exceeded");
    assertThat(sandbox.sandbox().violations()).hasSize(1);
    assertThat(get(path).number("x-ratelimit-remaining")).isEqualTo(99);
    // Asking how it stands costs nothing.
    JsonNode core =
        Http.get(sandbox.sandbox(), "/rate_limit").json().path("resources").path("core");
    assertThat(core.path("remaining").asInt()).isZero();
    assertThat(core.path("reset").asLong()).isEqualTo(over.number("x-ratelimit-reset"));
    clock.set(Instant.ofEpochSecond(over.number("x-ratelimit-reset")));
    assertThat(Http.get(sandbox.sandbox(), path).status()).isEqualTo(200);
  }

  @Test
  void aWrongTokenIsRefused() throws IOException {
    Http.Got got = Http.get(sandbox.sandbox(), "/rate_limit", "Authorization", "Bearer wrong");

    assertThat(got.status()).isEqualTo(401);
    assertThat(got.json().path("message").asText()).isEqualTo("Bad credentials");
  }

  @Test
  void tooManyPointsInAMinuteMeetTheSecondaryLimit() throws IOException {
    try (Sandbox hasty =
        Sandbox.builder(COMMUNITY)
            .clock(clock)
            .limits(Limits.ofTheNetworks().withGitHubPointsPerMinute(2))
            .start()) {
      String path = "/repos/" + BIGGEST.fullName();
      Http.authorised(hasty, path);
      Http.authorised(hasty, path);

      Http.Got third = Http.authorised(hasty, path);

      assertThat(third.status()).isEqualTo(403);
      assertThat(third.json().path("message").asText()).contains("secondary rate limit");
      assertThat(third.number("x-ratelimit-remaining")).isPositive();
      assertThat(third.number("retry-after")).isBetween(1L, 61L);
      assertThat(Http.authorised(hasty, path).status()).isEqualTo(403);
      assertThat(hasty.violations()).hasSize(2);
      clock.advance(Duration.ofSeconds(third.number("retry-after")));
      assertThat(Http.authorised(hasty, path).status()).isEqualTo(200);
    }
  }

  @Test
  void objectsHaveNoFieldThatGitHubsRecordedOnesLack() throws IOException {
    Path fixtures = Path.of(System.getProperty("sparkpy.data", ""), "github/octokit_fixtures");
    assumeTrue(
        Files.isDirectory(fixtures), "Not run: GitHub's recorded answers are not at " + fixtures);
    Path recorded;
    try (var files = Files.walk(fixtures)) {
      recorded =
          files
              .filter(
                  f -> f.toString().contains("get-repository") && f.toString().endsWith(".json"))
              .sorted()
              .findFirst()
              .orElseThrow();
    }
    JsonNode fixture =
        Objects.requireNonNull(
            Json.parse(Files.readString(recorded).getBytes(StandardCharsets.UTF_8)));
    JsonNode theirs = fixture.findValues("response").get(0);

    JsonNode ours = get("/repos/" + BIGGEST.fullName()).json();

    // The recording is older than topics and visibility.
    List<String> later = List.of("topics", "visibility", "disabled");
    assertThat(ours.fieldNames()).toIterable().contains("id", "full_name", "stargazers_count");
    ours.fieldNames()
        .forEachRemaining(
            name -> assertThat(later.contains(name) || theirs.has(name)).as(name).isTrue());
    ours.path("owner")
        .fieldNames()
        .forEachRemaining(
            name -> assertThat(theirs.path("owner").has(name)).as("owner." + name).isTrue());
  }
}
