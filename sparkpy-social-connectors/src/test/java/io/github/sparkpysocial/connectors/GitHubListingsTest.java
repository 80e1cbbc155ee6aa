package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.http.ConditionalCache;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GitHub's listings from the sandbox, page by page, and the walls that GitHub puts around them. */
class GitHubListingsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(11).people(400).posts(50).build();
  private static final Repository BIGGEST = COMMUNITY.repositories().get(0);

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final List<LimitWait> waits = new ArrayList<>();
  private final RateLimits limits = Recorded.options(clock, JdkHttpTransport.shared()).limits();
  private Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  private void restart(Sandbox.Builder builder) {
    sandbox.close();
    sandbox = builder.clock(clock).start();
  }

  private SourceOptions options() {
    return new SourceOptions(sandbox.environment(), clock)
        .withLimits(limits)
        .withListener(waits::add);
  }

  private RecordSource open(String location) {
    return Places.openSource(PlaceUri.parse("github:" + location), options());
  }

  private String biggest(String listing) {
    return BIGGEST.fullName() + '/' + listing;
  }

  /** Reads a listing to its end, each page by a source of its own, as after a restart. */
  private List<SocialRecord> read(String location) throws InterruptedException {
    return read(location, options());
  }

  private List<SocialRecord> read(String location, SourceOptions options)
      throws InterruptedException {
    List<SocialRecord> all = new ArrayList<>();
    PageRequest request = PageRequest.FIRST;
    while (true) {
      RecordSource source = Places.openSource(PlaceUri.parse("github:" + location), options);
      Page page = source.fetch(request);
      assertThat(page.rejected()).isEmpty();
      assertThat(page.unknownFields()).isEmpty();
      all.addAll(page.records());
      String next = page.nextCursor();
      if (next == null) {
        return all;
      }
      request = request.at(next);
    }
  }

  private static List<Interaction> interactions(List<? extends SocialRecord> records) {
    return records.stream()
        .filter(Interaction.class::isInstance)
        .map(Interaction.class::cast)
        .map(i -> i.toBuilder().provenance(Provenance.UNKNOWN).raw(null).url(null).build())
        .toList();
  }

  private List<String> paths() {
    return sandbox.requests().stream().map(RecordedRequest::path).toList();
  }

  @Test
  void watchersForksAndMembersAreThoseOfTheCommunity() throws InterruptedException {
    List<SocialRecord> forks = read(biggest("forks"));

    assertThat(interactions(read(biggest("watchers"))))
        .containsExactlyElementsOf(COMMUNITY.watchersOf(BIGGEST.id()));
    assertThat(interactions(forks)).containsExactlyElementsOf(COMMUNITY.forksOf(BIGGEST.id()));
    assertThat(interactions(read("sparkling-labs/members")))
        .containsExactlyElementsOf(COMMUNITY.organizationMembers());
    assertThat(forks)
        .filteredOn(Repository.class::isInstance)
        .hasSize(COMMUNITY.forksOf(BIGGEST.id()).size())
        .allSatisfy(fork -> assertThat(((Repository) fork).fork()).isTrue());
  }

  @Test
  void forksGoOnFromTheNewestKnownOne() throws InterruptedException {
    List<Interaction> forks = COMMUNITY.forksOf(BIGGEST.id());
    RecordSource source = open(biggest("forks"));
    Page whole = source.fetch(PageRequest.FIRST);

    Page since = source.fetch(new PageRequest(whole.newest(), null, null));

    assertThat(forks).hasSizeGreaterThan(20);
    assertThat(whole.newest().id()).isEqualTo(forks.get(0).id());
    assertThat(since.isLast()).isTrue();
  }

  @Test
  void weeklyContributionsAreWaitedForAndAddUp() throws InterruptedException {
    List<Interaction> weeks = interactions(read(biggest("stats/contributors")));

    assertThat(weeks)
        .allMatch(week -> week.count() > 0 && "week".equals(week.status()))
        .allMatch(
            week ->
                week.createdAt().atZone(java.time.ZoneOffset.UTC).getDayOfWeek()
                    == java.time.DayOfWeek.SUNDAY);
    Map<String, Long> byAuthor = new HashMap<>();
    weeks.forEach(week -> byAuthor.merge(week.actor().id(), week.count(), Long::sum));
    Map<String, Long> truth = new HashMap<>();
    COMMUNITY.contributionsTo(BIGGEST.id()).stream()
        .filter(c -> c.actor().id() != null)
        .forEach(c -> truth.put(c.actor().id(), c.count()));
    assertThat(byAuthor).isEqualTo(truth);
    assertThat(waits)
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.duration()).isEqualTo(Duration.ofSeconds(5));
              assertThat(wait.reason()).contains("working out");
            });
  }

  @Test
  void statisticsThatAreNeverReadyAreGivenUpWithAReason() {
    HttpTransport never =
        request ->
            request.uri().getPath().contains("/stats/")
                ? HttpResponse.of(request.uri(), 202, Headers.NONE, new byte[0])
                : JdkHttpTransport.shared().send(request);

    assertThatThrownBy(() -> read(biggest("stats/contributors"), options().withTransport(never)))
        .hasMessageContaining("still working out")
        .hasMessageContaining("ask again in a few minutes");
    assertThat(waits).hasSize(24);
  }

  @Test
  void commitsAreThoseOfAnAuthorAFileABranchOrATime() throws InterruptedException {
    List<Interaction> all = COMMUNITY.commitsTo(BIGGEST.id());
    Interaction some = all.stream().filter(c -> c.actor().id() != null).findFirst().orElseThrow();
    String author = some.actor().handle();

    assertThat(interactions(read(biggest("commits?author=" + author))))
        .extracting(Interaction::id)
        .containsExactlyElementsOf(
            all.stream()
                .filter(c -> author.equals(c.actor().handle()))
                .map(Interaction::id)
                .toList());
    List<Interaction> docs = interactions(read(biggest("commits?path=docs")));
    assertThat(docs)
        .isNotEmpty()
        .hasSizeLessThan(all.size())
        .allMatch(c -> c.text().startsWith("Document") || c.text().contains("README"));
    assertThat(interactions(read(biggest("commits?sha=" + all.get(7).id()))))
        .extracting(Interaction::id)
        .containsExactlyElementsOf(
            all.subList(7, all.size()).stream().map(Interaction::id).toList());
    Instant from = all.get(20).createdAt();
    assertThat(interactions(read(biggest("commits?since=" + from))))
        .allMatch(c -> !c.createdAt().isBefore(from))
        .hasSizeBetween(20, 30);
  }

  /** GitHub names no page beyond its last one: the listing looks complete and is not. */
  @Test
  void whatRestDoesNotShowIsReadByGraphQl() throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).gitHubPageCap(2).gitHubCrowd(BIGGEST.fullName(), 523));

    List<Interaction> stars = interactions(read(biggest("stargazers")));

    assertThat(stars.stream().map(Interaction::id).distinct()).hasSize(523);
    assertThat(paths()).contains("/graphql");
    assertThat(stars).allMatch(star -> star.type() == Interaction.Type.STAR);
  }

  @Test
  void aWholeLastPageIsNoWall() throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).gitHubCrowd(BIGGEST.fullName(), 200));

    assertThat(interactions(read(biggest("stargazers")))).hasSize(200);
    assertThat(paths()).doesNotContain("/graphql");
  }

  @Test
  void moreThan40000StargazersAreReadByGraphQlFromTheFirst() throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).gitHubCrowd(BIGGEST.fullName(), 40_150));

    List<Interaction> stars = interactions(read(biggest("stargazers")));

    assertThat(stars).hasSize(40_150);
    assertThat(stars.stream().map(Interaction::id).distinct()).hasSize(40_150);
    assertThat(stars).isSortedAccordingTo(java.util.Comparator.comparing(Interaction::createdAt));
    assertThat(paths()).noneMatch(path -> path.endsWith("/stargazers"));
    assertThat(paths().stream().filter("/graphql"::equals)).hasSize(402);
  }

  @Test
  void newestFirstAskingAgainTakesOneQuestion() throws InterruptedException {
    List<Interaction> truth = COMMUNITY.starsOf(BIGGEST.id());
    RecordSource source = open(biggest("stargazers?api=graphql"));
    assertThat(source.order()).isEqualTo(RecordSource.Order.NEWEST_FIRST);
    List<Interaction> all = interactions(read(biggest("stargazers?api=graphql")));
    assertThat(all).hasSize(truth.size());
    assertThat(all.get(0)).isEqualTo(truth.get(truth.size() - 1));
    Page first = source.fetch(PageRequest.FIRST);
    long before = paths().stream().filter("/graphql"::equals).count();

    Page again = source.fetch(new PageRequest(first.newest(), null, null));

    assertThat(again.isLast()).isTrue();
    assertThat(paths().stream().filter("/graphql"::equals).count() - before).isEqualTo(1);
  }

  @Test
  void aCursorThatGraphQlDoesNotKnowIsStale() {
    RecordSource source = open(biggest("stargazers?api=graphql"));

    assertThatThrownBy(() -> source.fetch(new PageRequest(null, null, "graphql:bm90IGEgY3Vyc29y")))
        .isInstanceOf(StaleCursorException.class)
        .hasMessageContaining("valid cursor");
  }

  @Test
  void withoutATokenTheWallSaysWhatToDo() throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).gitHubPageCap(2).gitHubCrowd(BIGGEST.fullName(), 300));

    assertThatThrownBy(() -> read(biggest("stargazers"), anonymous()))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("What it showed is stored, the rest is not")
        .hasMessageContaining("Set GITHUB_TOKEN");
    assertThatThrownBy(() -> read(biggest("stargazers?api=rest")))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("422");
    assertThatThrownBy(() -> read(biggest("stargazers?api=graphql"), anonymous()))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("set GITHUB_TOKEN");
    assertThat(
            Places.openSource(PlaceUri.parse("github:" + biggest("stargazers")), anonymous())
                .profile())
        .satisfies(
            profile -> {
              assertThat(profile.mostItems()).isEqualTo(40_000L);
              assertThat(profile.notes()).anyMatch(note -> note.contains("GITHUB_TOKEN"));
            });
    assertThat(open(biggest("stargazers")).profile().mostItems()).isNull();
  }

  /** The network itself without a token, played by the sandbox at another address. */
  private SourceOptions anonymous() {
    String live = "https://api.github.com";
    HttpTransport moved =
        request -> {
          URI there = URI.create(request.uri().toString().replace(live, sandbox.uri().toString()));
          HttpResponse answer = JdkHttpTransport.shared().send(request.withUri(there));
          Headers headers = answer.headers();
          String link = headers.first("Link");
          if (link != null) {
            headers = headers.with("Link", link.replace(sandbox.uri().toString(), live));
          }
          return HttpResponse.of(request.uri(), answer.status(), headers, answer.bytes());
        };
    return new SourceOptions(Map.of(), clock).withLimits(limits).withTransport(moved);
  }

  @Test
  void aRenamedRepositoryGivesItsNewNameToWhatIsListed() throws InterruptedException {
    var renamed = COMMUNITY.renamedRepositories().entrySet().iterator().next();

    assertThat(interactions(read(renamed.getKey() + "/watchers")))
        .isNotEmpty()
        .allMatch(watcher -> renamed.getValue().equals(watcher.targetName()));
  }

  @ParameterizedTest
  @CsvSource({
    "404, InvalidQueryException, or the token may not see it",
    "451, InvalidQueryException, for legal reasons",
    "401, AuthenticationException, Set GITHUB_TOKEN",
  })
  void aRefusalSaysWhatItMeans(int status, String type, String message) {
    sandbox.next("/repos/", Fault.status(status));

    assertThatThrownBy(() -> open(biggest("watchers")).fetch(PageRequest.FIRST))
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getClass().getSimpleName()).isEqualTo(type));
  }

  @Test
  void aListOfContributorsThatIsTooLargeNamesTheWayRound() {
    HttpTransport tooLarge =
        request ->
            request.uri().getPath().endsWith("/contributors")
                ? HttpResponse.of(
                    request.uri(),
                    403,
                    Headers.NONE,
                    ("{\"message\":\"The history or contributor list is too large to list"
                            + " contributors for this repository via the API.\"}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                : JdkHttpTransport.shared().send(request);

    assertThatThrownBy(() -> read(biggest("contributors"), options().withTransport(tooLarge)))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("too large")
        .hasMessageContaining("stats/contributors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apache",
        "apache/people",
        "apache/spark/issues",
        "apache/spark/stats/punch_card",
        "apache/../secret/commits",
        "search",
        "search?q=",
        "search?q=spark&sort=stars",
        "apache/repos?type=public",
        "apache/spark/stargazers?since=2026-01-01",
        "apache/spark/stargazers?api=soap",
        "apache/spark/commits?until=yesterday",
      })
  void whatThereIsNotIsRefusedWithWhatThereIs(String location) {
    assertThatThrownBy(() -> open(location))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("github:" + location)
        .satisfies(
            e -> assertThat(e.getMessage()).containsAnyOf("GitHub has", "search?q=", " is "));
    assertThat(sandbox.requests()).isEmpty();
  }

  @Test
  void whatHasNotChangedDoesNotCount() throws InterruptedException {
    restart(Sandbox.builder(COMMUNITY).limits(Limits.ofTheNetworks().withGitHub(2, 4)));
    SourceOptions cached = options().withCache(ConditionalCache.inMemory());
    List<SocialRecord> first = read("sparkling-labs/members", cached);

    for (int i = 0; i < 20; i++) {
      assertThat(interactions(read("sparkling-labs/members", cached)))
          .isEqualTo(interactions(first));
    }

    assertThat(waits).isEmpty();
    assertThat(sandbox.requests().stream().filter(r -> r.status() == 304)).hasSizeGreaterThan(35);
  }
}
