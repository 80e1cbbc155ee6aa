package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitPolicy;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimitExceededException;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.XDialect;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way is waited for, tried again or told, and never breaks a limit. */
class SandboxFaultsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(3).people(40).posts(120).build();
  private static final String SEARCH = "x:search?q=spark";

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final List<LimitWait> waits = new ArrayList<>();
  private Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();

  @AfterEach
  void stop() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  private RecordSource open(String uri) {
    SourceOptions options = Recorded.options(clock, JdkHttpTransport.shared());
    return Places.openSource(
        PlaceUri.parse(uri),
        new SourceOptions(sandbox.environment(), clock)
            .withTransport(options.transport())
            .withLimits(options.limits())
            .withListener(waits::add));
  }

  private String stars() {
    return "github:" + COMMUNITY.repositories().get(0).fullName() + "/stargazers";
  }

  private String group() {
    return "meetup:" + COMMUNITY.groups().get(0).handle();
  }

  @ParameterizedTest
  @CsvSource({"x:search?q=spark, /2/", "GITHUB, /repos/", "MEETUP, /gql-ext"})
  void aLimitIsWaitedForAsLongAsTheServerSays(String uri, String path) throws InterruptedException {
    sandbox.next(path, Fault.rateLimited(Duration.ofSeconds(95)));

    Page page =
        open(uri.equals("GITHUB") ? stars() : uri.equals("MEETUP") ? group() : uri)
            .fetch(PageRequest.FIRST);

    assertThat(page.records()).isNotEmpty();
    assertThat(waits).hasSize(1);
    assertThat(waits.get(0).cause()).isEqualTo(LimitWait.Cause.BLOCKED);
    assertThat(waits.get(0).duration()).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(97));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void aSecondaryLimitWithoutAHintIsGivenAMinuteAndThenTwo(int status) throws InterruptedException {
    sandbox.next(
        "/repos/", Fault.rateLimitedWithoutHint(status), Fault.rateLimitedWithoutHint(status));

    assertThat(open(stars()).fetch(PageRequest.FIRST).records()).isNotEmpty();

    assertThat(waits)
        .extracting(LimitWait::duration)
        .containsExactly(Duration.ofSeconds(60), Duration.ofSeconds(120));
  }

  @Test
  void aSecondaryLimitWithRetryAfterIsObeyed() throws InterruptedException {
    sandbox.next("/repos/", Fault.secondaryLimit(Duration.ofSeconds(20)));

    assertThat(open(stars()).fetch(PageRequest.FIRST).records()).isNotEmpty();
    assertThat(waits).extracting(LimitWait::duration).containsExactly(Duration.ofSeconds(21));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void aServerThatFailsTwiceIsAskedAThirdTime(int status) throws InterruptedException {
    for (String path : List.of("/2/", "/repos/", "/gql-ext")) {
      sandbox.next(path, Fault.status(status), Fault.status(status));
    }

    for (String uri : List.of(SEARCH, stars(), group())) {
      assertThat(open(uri).fetch(PageRequest.FIRST).records()).isNotEmpty();
    }
    assertThat(waits).hasSize(6).allMatch(wait -> wait.cause() == LimitWait.Cause.RETRY);
  }

  @Test
  void brokenConnectionsAndCutBodiesAreTriedAgain() throws InterruptedException {
    sandbox.next("/2/", Fault.closeConnection(), Fault.truncateBody());

    RecordSource source = open(SEARCH);
    assertThat(source.fetch(PageRequest.FIRST).records()).isNotEmpty();
    assertThat(source.usage().requests()).isGreaterThan(1);
  }

  @Test
  void aBodyThatBreaksOffIsAskedForAgainAndThenToldWithoutItsContent() throws InterruptedException {
    sandbox.next("/2/", Fault.malformedJson());
    assertThat(open(SEARCH).fetch(PageRequest.FIRST).records()).isNotEmpty();

    Fault broken = Fault.malformedJson();
    sandbox.next("/2/", broken, broken, broken, broken);
    assertThatThrownBy(() -> open(SEARCH).fetch(PageRequest.FIRST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("not JSON")
        .hasMessageContaining("tried 4 times");
  }

  @Test
  void newFieldsAreCountedAndKeptInTheRawJson() throws InterruptedException {
    sandbox.next("/2/", Fault.unknownField());

    Page page = open(SEARCH).fetch(PageRequest.FIRST);

    assertThat(page.unknownFields()).isNotEmpty();
    String field = page.unknownFields().keySet().iterator().next();
    assertThat(page.records())
        .anyMatch(
            record ->
                record.raw() != null
                    && record.raw().contains('"' + field.substring(field.indexOf('.') + 1) + '"'));
  }

  @Test
  void aServerThatIsDownIsNamed() {
    RecordSource source = open(SEARCH);
    sandbox.close();

    assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("tried 4 times");
  }

  @Test
  void whoDoesNotWantToWaitIsTold() {
    sandbox.next("/2/", Fault.rateLimited(Duration.ofMinutes(3)));
    SourceOptions options =
        new SourceOptions(sandbox.environment(), Clock.systemUTC())
            .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits())
            .withPolicy(LimitPolicy.waitUpTo(Duration.ofMinutes(1)));

    assertThatThrownBy(
            () -> Places.openSource(PlaceUri.parse(SEARCH), options).fetch(PageRequest.FIRST))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("X /2/tweets/search/recent");
  }

  /** X answers with its old or its new names, and may take either. */
  @ParameterizedTest
  @EnumSource(XDialect.class)
  void bothVocabulariesOfXAreSpoken(XDialect dialect) throws InterruptedException {
    sandbox.close();
    sandbox = Sandbox.builder(COMMUNITY).clock(clock).xDialect(dialect).repostsInSearch().start();

    List<Post> posts =
        open(SEARCH + "&since=2026-11-09")
            .records()
            .filter(Post.class::isInstance)
            .map(Post.class::cast)
            .toList();

    assertThat(posts).hasSizeGreaterThan(20);
    assertThat(posts)
        .allSatisfy(
            post -> {
              Post truth = COMMUNITY.post(post.id()).orElseThrow();
              assertThat(post.text()).isEqualTo(truth.text());
              assertThat(post.kind()).isEqualTo(truth.kind());
              assertThat(post.entities()).isEqualTo(truth.entities());
              assertThat(post.engagement()).isEqualTo(truth.engagement());
              assertThat(post.repostOfId()).isEqualTo(truth.repostOfId());
              assertThat(post.author()).isEqualTo(truth.author());
            });
    assertThat(posts).anyMatch(post -> post.kind() == Post.Kind.REPOST);
  }
}
