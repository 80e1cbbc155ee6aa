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
  void statisticsAreWorkedOutWhenTheyAreFirstAskedFor() throws IOException {
    String path = "/repos/" + BIGGEST.fullName() + "/stats/contributors";

    assertThat(get(path).status()).isEqualTo(202);

    JsonNode contributors = get(path).json();
    assertThat(contributors).hasSizeGreaterThan(3);
    JsonNode busiest = contributors.get(contributors.size() - 1);
    long weeks = 0;
    for (JsonNode week : busiest.path("weeks")) {
      weeks += week.path("c").asLong();
    }
    assertThat(weeks).isEqualTo(busiest.path("total").asLong()).isPositive();
    assertThat(get("/repos/" + EMPTY.fullName() + "/stats/contributors").status()).isEqualTo(204);
  }

  @Test
  void aSearchShowsTheFirst1000AndHasALimitOfItsOwn() throws IOException {
    Http.Got scala = get("/search/repositories?q=language:Scala+created:2000-01-01..*");

    assertThat(scala.json().path("total_count").asInt()).isPositive();
    assertThat(scala.json().path("items"))
        .allMatch(r -> r.path("language").asText().equals("Scala"));
    assertThat(scala.header("x-ratelimit-resource")).isEqualTo("search");
    assertThat(scala.header("x-ratelimit-limit")).isEqualTo("30");
    assertThat(get("/search/repositories?q=spark&per_page=100&page=11").status()).isEqualTo(422);
    assertThat(get("/search/repositories?q=created:sometime").status()).isEqualTo(422);
    assertThat(get("/search/repositories").status()).isEqualTo(422);
    JsonNode resources = get("/rate_limit").json().path("resources");
    assertThat(resources.path("search").path("used").asInt()).isEqualTo(4);
    assertThat(resources.path("core").path("used").asInt()).isZero();
  }

  @Test
  void eventsArePolledOnceAMinute() throws IOException {
    String path = "/repos/" + BIGGEST.fullName() + "/events";
    Http.Got first = get(path);
    assertThat(first.header("x-poll-interval")).isEqualTo("60");
    assertThat(first.json())
        .isNotEmpty()
        .allMatch(event -> event.hasNonNull("id") && event.path("repo").has("name"));
    assertThat(first.json())
        .filteredOn(event -> event.path("type").asText().equals("PushEvent"))
        .allMatch(event -> !event.path("payload").has("commits"));
    clock.advance(Duration.ofSeconds(60));

    Http.Got second = get(path, "If-None-Match", first.header("etag"));

    assertThat(second.status()).isEqualTo(304);
    assertThat(second.header("x-poll-interval")).isEqualTo("60");
    assertThat(sandbox.sandbox().violations()).isEmpty();
    get(path);
    assertThat(sandbox.sandbox().violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.rule()).contains("told to wait"));
    assertThat(get(path + "?per_page=100&page=4").status()).isEqualTo(422);
  }

  @Test
  void restShowsSoManyPagesAndNamesNoneBeyond() throws IOException {
    try (Sandbox walled =
        Sandbox.builder(COMMUNITY)
            .clock(clock)
            .gitHubPageCap(2)
            .gitHubCrowd(BIGGEST.fullName(), 1_000_000)
            .start()) {
      String path = "/repos/" + BIGGEST.fullName() + "/stargazers?per_page=100&page=";

      assertThat(Http.authorised(walled, path + 1).header("link")).contains("rel=\"next\"");
      assertThat(Http.authorised(walled, path + 2).header("link")).doesNotContain("rel=\"next\"");
      Http.Got third = Http.authorised(walled, path + 3);
      assertThat(third.status()).isEqualTo(422);
      assertThat(third.json().path("message").asText()).contains("pagination is limited");
      assertThat(
              Http.authorised(walled, "/repos/" + BIGGEST.fullName())
                  .json()
                  .path("stargazers_count")
                  .asInt())
          .isEqualTo(1_000_000);
    }
  }

  @Test
  void accountsAndTheOrganisationAreFoundByName() throws IOException {
    var someone = COMMUNITY.accounts(io.github.sparkpysocial.model.Network.GITHUB).get(3);

    assertThat(get("/users/" + someone.handle()).json().path("id").asText())
        .isEqualTo(someone.id());
    assertThat(get("/users/nobody").status()).isEqualTo(404);
    assertThat(get("/orgs/sparkling-labs").json().path("type").asText()).isEqualTo("Organization");
    assertThat(list("/orgs/sparkling-labs/members?per_page=100"))
        .hasSize(COMMUNITY.organizationMembers().size());
    assertThat(list("/repos/" + BIGGEST.fullName() + "/subscribers?per_page=100"))
        .hasSize(COMMUNITY.watchersOf(BIGGEST.id()).size());
    assertThat(list("/repos/" + BIGGEST.fullName() + "/forks?per_page=100"))
        .hasSize(COMMUNITY.forksOf(BIGGEST.id()).size())
        .allMatch(fork -> fork.path("fork").asBoolean());
  }

  private JsonNode graph(String query) throws IOException {
    return Http.post(sandbox.sandbox(), "/graphql", Json.object().put("query", query).toString())
        .json();
  }

  private static String stars(String arguments, String fields) {
    return "{repository(owner:\"sparkling-labs\",name:\""
        + BIGGEST.fullName().substring(BIGGEST.fullName().indexOf('/') + 1)
        + "\"){stargazers("
        + arguments
        + "){"
        + fields
        + "}}}";
  }

  @Test
  void graphQlListsStargazersInBothDirections() throws IOException {
    String fields = "totalCount edges{starredAt node{login}} pageInfo{endCursor hasNextPage}";
    String newest = "first:2,orderBy:{field:STARRED_AT,direction:DESC}";
    List<Interaction> truth = COMMUNITY.starsOf(BIGGEST.id());

    JsonNode first = graph(stars(newest, fields)).at("/data/repository/stargazers");
    JsonNode second =
        graph(stars(newest + ",after:\"" + first.at("/pageInfo/endCursor").asText() + '"', fields))
            .at("/data/repository/stargazers");
    JsonNode oldest = graph(stars("first:1", fields)).at("/data/repository/stargazers");

    assertThat(first.path("totalCount").asInt()).isEqualTo(truth.size());
    assertThat(first.at("/edges/0/node/login").asText())
        .isEqualTo(truth.get(truth.size() - 1).actor().handle());
    assertThat(second.at("/edges/0/node/login").asText())
        .isEqualTo(truth.get(truth.size() - 3).actor().handle());
    assertThat(oldest.at("/edges/0/node/login").asText()).isEqualTo(truth.get(0).actor().handle());
  }

  @Test
  void graphQlRefusesInAnAnswer200() throws IOException {
    assertThat(graph(stars("first:1", "mood")).at("/errors/0/message").asText()).contains("mood");
    JsonNode unbounded = graph(stars("orderBy:{field:STARRED_AT,direction:ASC}", "totalCount"));
    assertThat(unbounded.at("/errors/0/type").asText()).isEqualTo("MISSING_PAGINATION_BOUNDARIES");
    assertThat(graph(stars("first:101", "totalCount")).at("/errors/0/type").asText())
        .isEqualTo("EXCESSIVE_PAGINATION");
    assertThat(graph(stars("first:1,after:\"x\"", "totalCount")).at("/errors/0/type").asText())
        .isEqualTo("INVALID_CURSOR_ARGUMENTS");
    assertThat(graph("{repository(owner:\"no\",name:\"body\"){id}}").at("/errors/0/type").asText())
        .isEqualTo("NOT_FOUND");
    JsonNode limit = graph("{rateLimit{cost limit remaining}}").at("/data/rateLimit");
    assertThat(limit.path("limit").asInt()).isEqualTo(5_000);
    assertThat(limit.path("remaining").asInt()).isEqualTo(4_994);
    sandbox.sandbox().next("/graphql", Fault.rateLimitedWithoutHint(429));
    Http.Got limited = Http.post(sandbox.sandbox(), "/graphql", "{}");
    assertThat(limited.status()).isEqualTo(200);
    assertThat(limited.json().at("/errors/0/type").asText()).isEqualTo("RATE_LIMITED");
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
