package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches with more results than GitHub shows. */
class GitHubSearchTest {
  private static final Community COMMUNITY =
      Community.builder().seed(3).people(12).posts(10).repositories(2_300).commits(3_000).build();

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final List<LimitWait> waits = new ArrayList<>();
  private final RateLimits limits = Recorded.options(clock, JdkHttpTransport.shared()).limits();
  private final Sandbox sandbox = withStars(Sandbox.builder(COMMUNITY)).clock(clock).start();
  private HttpTransport transport = JdkHttpTransport.shared();

  /** Few repositories have many stars, as it is. */
  private static Sandbox.Builder withStars(Sandbox.Builder builder) {
    List<Repository> repositories = COMMUNITY.repositories();
    for (int i = 0; i < repositories.size(); i++) {
      builder.gitHubCrowd(repositories.get(i).fullName(), 60_000 / (i + 1));
    }
    return builder;
  }

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  private Page fetch(String query, PageRequest request) throws InterruptedException {
    SourceOptions options =
        new SourceOptions(sandbox.environment(), clock)
            .withLimits(limits)
            .withTransport(transport)
            .withListener(waits::add);
    return Places.openSource(
            PlaceUri.parse("github:search?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)),
            options)
        .fetch(request);
  }

  /** Reads all, each page by a source of its own, as after a restart. */
  private List<String> read(String query) throws InterruptedException {
    List<String> names = new ArrayList<>();
    PageRequest request = PageRequest.FIRST;
    while (true) {
      Page page = fetch(query, request);
      assertThat(page.rejected()).isEmpty();
      assertThat(page.unknownFields()).isEmpty();
      for (SocialRecord record : page.records()) {
        if (record.recordKind() == RecordKind.REPOSITORY) {
          names.add(((Repository) record).fullName());
        }
      }
      String next = page.nextCursor();
      if (next == null) {
        return names;
      }
      request = request.at(next);
    }
  }

  private static List<String> all() {
    return COMMUNITY.repositories().stream().map(Repository::fullName).toList();
  }

  @Test
  void aSmallSearchIsReadAsItIs() throws InterruptedException {
    List<String> found = read("lantern");

    assertThat(found).isNotEmpty().allMatch(name -> name.contains("lantern"));
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            all().stream().filter(name -> name.contains("lantern")).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org:sparkling-labs",
        "org:sparkling-labs created:>=2020-01-01",
        "org:sparkling-labs created:2000-01-01..2099-12-31 pushed:>2000-01-01",
      })
  void aSearchWithMoreThan1000ResultsIsCutUntilAllAreShown(String query)
      throws InterruptedException {
    List<String> found = read(query);

    assertThat(found).containsExactlyInAnyOrderElementsOf(all());
    // Thirty searches a minute: it has to wait, and never asks too early.
    assertThat(waits).isNotEmpty();
  }

  @Test
  void aSearchThatCannotBeCutAnyFinerFails() {
    assertThatThrownBy(
            () -> read("org:sparkling-labs created:>2000-01-01 pushed:>2000-01-01 stars:>=0"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("finds 2300 repositories")
        .hasMessageContaining("shows 1,000")
        .hasMessageContaining("language:");
  }

  @Test
  void aSearchThatGitHubCouldNotFinishIsAskedAgainAndThenCut() throws InterruptedException {
    AtomicInteger unfinished = new AtomicInteger(4);
    transport = request -> unfinished(JdkHttpTransport.shared().send(request), unfinished);

    List<String> found = read("lantern");

    assertThat(found)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(
            all().stream().filter(name -> name.contains("lantern")).toList());
    assertThat(unfinished).hasValueLessThanOrEqualTo(0);
  }

  @Test
  void aSearchThatIsNeverFinishedFails() {
    AtomicInteger always = new AtomicInteger(Integer.MAX_VALUE);
    transport = request -> unfinished(JdkHttpTransport.shared().send(request), always);

    assertThatThrownBy(() -> read("lantern created:>2000-01-01 pushed:>2000-01-01 stars:>=0"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("could not finish the search");
  }

  private static HttpResponse unfinished(HttpResponse answer, AtomicInteger left) {
    return left.getAndDecrement() <= 0
        ? answer
        : HttpResponse.of(
            answer.uri(),
            answer.status(),
            answer.headers(),
            answer
                .text()
                .replace("\"incomplete_results\":false", "\"incomplete_results\":true")
                .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theLimitOfSearchesIsItsOwn() throws InterruptedException {
    sandbox.next("/search/", Fault.rateLimited(java.time.Duration.ofSeconds(30)));

    read("lantern");

    assertThat(waits).hasSize(1);
    assertThat(waits.get(0).key()).isEqualTo("GitHub search");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/search/repositories?q=x",
        "search:created",
        "search:nothing|-|",
        "search:created|5..7|",
        "search:created|-|//elsewhere.example/x",
      })
  void aCursorOfAnotherListingIsStale(String cursor) {
    assertThatThrownBy(() -> fetch("lantern", new PageRequest(null, null, cursor)))
        .isInstanceOf(StaleCursorException.class);
    assertThat(sandbox.requests()).isEmpty();
  }
}
