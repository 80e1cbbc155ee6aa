package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimit;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** API v1.1 over HTTP against the sandbox. */
class XV1ClientTest {
  private static final Community COMMUNITY =
      Community.builder().seed(21).people(40).posts(700).build();
  static final Map<String, String> OAUTH =
      Map.of(
          "X_CONSUMER_KEY", "sandbox",
          "X_CONSUMER_SECRET", "sandbox",
          "X_ACCESS_TOKEN", "sandbox",
          "X_ACCESS_TOKEN_SECRET", "sandbox");

  private XWorld x =
      XWorld.start(
          COMMUNITY, Sandbox.builder(COMMUNITY).limits(Limits.ofTheNetworks().withXV1Search(4, 3)));

  @AfterEach
  void breaksNoRule() {
    x.close();
    assertThat(x.sandbox.violations()).isEmpty();
  }

  private SourceOptions options(boolean asUser) {
    return options(asUser, x.clock);
  }

  private SourceOptions options(boolean asUser, Clock clock) {
    Map<String, String> environment = new HashMap<>(x.sandbox.environment());
    if (asUser) {
      environment.putAll(OAUTH);
    }
    SettableClock shared = x.clock;
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return shared.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            shared.sleep(duration);
          }
        };
    return new SourceOptions(environment, clock)
        .withLimits(RateLimits.create(timing))
        .withListener(x.waits::add);
  }

  private static List<Post> posts(RecordSource source) {
    return source.records().map(Post.class::cast).toList();
  }

  /** Returns what the search has to find: all posts, reposts too, of seven days. */
  private List<Post> truth() {
    List<Post> posts =
        new ArrayList<>(
            COMMUNITY
                .posts()
                .filter(
                    p ->
                        !Objects.requireNonNull(p.createdAt())
                            .isBefore(COMMUNITY.now().minus(Duration.ofDays(7))))
                .toList());
    Collections.reverse(posts);
    return posts;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSearchBringsEveryPostWithinTheLimit(boolean asUser) {
    List<Post> found = posts(XV1Client.open(options(asUser)).search(COMMUNITY.searchQuery()));

    List<Post> truth = truth();
    assertThat(found.size()).isBetween(truth.size() - 20, truth.size()); // some left the window
    assertThat(found)
        .extracting(Post::id)
        .isEqualTo(truth.subList(0, found.size()).stream().map(Post::id).toList());
    assertThat(found)
        .allSatisfy(
            post -> {
              Post told = COMMUNITY.post(post.id()).orElseThrow();
              assertThat(post.kind()).isEqualTo(told.kind());
              assertThat(post.createdAt())
                  .isEqualTo(
                      Objects.requireNonNull(told.createdAt()).truncatedTo(ChronoUnit.SECONDS));
              assertThat(post.author().id()).isEqualTo(told.author().id());
              assertThat(post.repostOfId()).isEqualTo(told.repostOfId());
              assertThat(post.engagement().likes()).isEqualTo(told.engagement().likes());
              boolean originalGone =
                  told.repostOfId() != null && COMMUNITY.post(told.repostOfId()).isEmpty();
              if (!originalGone) {
                assertThat(post.text()).isEqualTo(told.text());
                assertThat(post.entities()).isEqualTo(told.entities());
              }
            });
    assertThat(x.waits).extracting(LimitWait::duration).anyMatch(d -> d.toMinutes() > 5);
  }

  /** The example in X's guide to creating a signature. */
  @Test
  void aSignatureIsThatOfTheDocumentation() {
    XOAuth1.Keys keys =
        new XOAuth1.Keys(
            Secret.of("xvz1evFS4wEEPTGEFPHBog"),
            Secret.of("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"),
            Secret.of("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
            Secret.of("LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"));

    String header =
        XOAuth1.header(
            "POST",
            URI.create(
                "https://api.twitter.com/1.1/statuses/update.json?include_entities=true&status="
                    + "Hello%20Ladies%20%2b%20Gentlemen%2c%20a%20signed%20OAuth%20request%21"),
            keys,
            1_318_622_958,
            "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg");

    assertThat(header).contains("oauth_signature=\"hCtSmYh%2BiHYCEqBWrE7C7hYmtUk%3D\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {-6, 6})
  void aClockThatIsHoursOffCostsOneRequest(int hours) throws InterruptedException {
    SettableClock wrong = SettableClock.at(x.clock.instant().plus(Duration.ofHours(hours)));
    RecordSource search = XV1Client.open(options(true, wrong)).search("kafka");

    assertThat(search.fetch(PageRequest.FIRST).records()).isNotEmpty();
    assertThat(search.fetch(PageRequest.FIRST).records()).isNotEmpty();

    assertThat(x.sandbox.requests()).extracting(r -> r.status()).containsExactly(401, 200, 200);
  }

  @Test
  void whatIsLeftOfTheLimitsIsTold() throws InterruptedException {
    XV1Client client = XV1Client.open(options(true));
    client.search("kafka").fetch(PageRequest.FIRST);

    assertThat(client.limits())
        .filteredOn(limit -> limit.key().equals("/search/tweets"))
        .singleElement()
        .satisfies(
            limit -> {
              assertThat(limit.limit()).isEqualTo(4);
              assertThat(limit.remaining()).isEqualTo(3);
              assertThat(limit.resetsAt())
                  .isAfter(COMMUNITY.now())
                  .isBeforeOrEqualTo(COMMUNITY.now().plus(Duration.ofMinutes(15)));
            });
    assertThat(client.limits()).extracting(RateLimit::key).hasSize(2);
  }

  @Test
  void aLimitIsWaitedFor() throws InterruptedException {
    x.sandbox.next("/1.1/search", Fault.rateLimited(Duration.ofSeconds(77)), Fault.status(503));

    assertThat(XV1Client.open(options(false)).search("kafka").fetch(PageRequest.FIRST).records())
        .isNotEmpty();
    assertThat(x.waits.get(0).duration()).isBetween(Duration.ofSeconds(77), Duration.ofSeconds(79));
  }

  @Test
  void anIntervalIsExclusiveAtBothEnds() throws InterruptedException {
    RecordSource search = XV1Client.open(options(false)).search("spark");
    Page page = search.fetch(PageRequest.FIRST.atMost(10));

    Page between =
        search.fetch(
            new PageRequest(
                Objects.requireNonNull(page.oldest()),
                Objects.requireNonNull(page.newest()),
                null));

    assertThat(between.records())
        .extracting(r -> r.id())
        .isEqualTo(page.records().subList(1, 9).stream().map(r -> r.id()).toList());
  }

  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> XV1Client.open(new SourceOptions(Map.of(), x.clock)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("X_ACCESS_TOKEN_SECRET")
        .hasMessageContaining("X_BEARER_TOKEN");
    assertThatThrownBy(
            () -> XV1Client.open(new SourceOptions(Map.of("X_CONSUMER_KEY", "k"), x.clock)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("X_CONSUMER_SECRET is not set");
    x.sandbox.next("/1.1/", Fault.status(401), Fault.status(403));
    RecordSource search = XV1Client.open(options(true)).search("kafka");
    assertThatThrownBy(() -> search.fetch(PageRequest.FIRST))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("code 32");
    assertThatThrownBy(() -> search.fetch(PageRequest.FIRST))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("code 179");
    assertThatThrownBy(() -> search.fetch(PageRequest.FIRST.at("nonsense")))
        .isInstanceOf(StaleCursorException.class);
    assertThatThrownBy(
            () -> XV1Client.open(options(false)).search("(kafka").fetch(PageRequest.FIRST))
        .isInstanceOf(InvalidQueryException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "x:v1/search, The query is missing",
    "x:v1/search?q=a&since=2026-11-10, Unknown parameter 'since'",
    "x:v1/search?q=a&until=2026-11-10T10:00:00Z, is a day",
    "x:v1/timeline, There is no listing"
  })
  void whatIsNotDeclaredIsRefused(String uri, String said) {
    assertThatThrownBy(() -> XWorld.open(uri, options(false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  @Test
  void anUntilDayIsPassedOn() throws InterruptedException {
    String day = COMMUNITY.now().minus(Duration.ofDays(2)).toString().substring(0, 10);

    Page page =
        XWorld.open("x:v1/search?q=spark&until=" + day, options(false)).fetch(PageRequest.FIRST);

    assertThat(page.records())
        .isNotEmpty()
        .allMatch(
            r ->
                Objects.requireNonNull(((Post) r).createdAt())
                    .isBefore(Instant.parse(day + "T00:00:00Z")));
  }
}
