package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultTest {
  private static final Community COMMUNITY = Community.builder().posts(60).build();
  private static final String SEARCH = "/2/tweets/search/recent";
  private static final String QUERY = SEARCH + "?query=spark";
  private static final String REPOSITORY = "/repos/sparkling-labs/lantern";

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  @RegisterExtension
  final SandboxExtension extension =
      SandboxExtension.perTest(Sandbox.builder(COMMUNITY).clock(clock));

  @Test
  void aLimitWithRetryAfterShutsItsKeyUntilThen() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(SEARCH, Fault.rateLimited(Duration.ofSeconds(5)));

    Http.Got limited = Http.authorised(sandbox, QUERY);
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("retry-after")).isEqualTo("5");
    assertThat(sandbox.violations()).isEmpty();

    clock.advance(Duration.ofSeconds(3));
    Http.Got early = Http.authorised(sandbox, QUERY);
    assertThat(early.status()).isEqualTo(429);
    assertThat(early.header("retry-after")).isEqualTo("2");
    assertThat(sandbox.violations())
        .singleElement()
        .satisfies(v -> assertThat(v.rule()).startsWith("told to wait"));

    clock.advance(Duration.ofSeconds(2));
    assertThat(Http.authorised(sandbox, QUERY).status()).isEqualTo(200);
    assertThat(sandbox.violations()).hasSize(1);
  }

  @Test
  void gitHubsSecondaryLimitComesInBothStatusesWithAndWithoutAHint() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(
        "/repos/",
        Fault.secondaryLimit(Duration.ofSeconds(30)),
        Fault.rateLimitedWithoutHint(403),
        Fault.rateLimitedWithoutHint(429));

    Http.Got first = Http.authorised(sandbox, REPOSITORY);
    Http.Got second = Http.authorised(sandbox, REPOSITORY);
    Http.Got third = Http.authorised(sandbox, REPOSITORY);

    assertThat(first.status()).isEqualTo(403);
    assertThat(first.header("retry-after")).isEqualTo("30");
    assertThat(second.status()).isEqualTo(403);
    assertThat(second.header("retry-after")).isEmpty();
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.json().path("message").asText()).contains("secondary rate limit");
    assertThat(third.number("x-ratelimit-remaining")).isPositive();
  }

  @Test
  void aScriptedLimitThatComesWhileTheClientShouldWaitIsAViolation() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next("/repos/", Fault.rateLimited(Duration.ofSeconds(5)), Fault.status(503));

    Http.authorised(sandbox, REPOSITORY);
    Http.authorised(sandbox, REPOSITORY);

    assertThat(sandbox.violations()).hasSize(1);
  }

  @Test
  void meetupTellsALimitInTheBody() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(
        "/gql-ext", Fault.rateLimited(Duration.ofSeconds(7)), Fault.rateLimitedWithoutHint(429));

    JsonNode hinted = Http.graphQl(sandbox, "{}").json().path("errors").get(0).path("extensions");
    JsonNode bare = Http.graphQl(sandbox, "{}").json().path("errors").get(0).path("extensions");

    assertThat(Instant.parse(hinted.path("resetAt").asText()))
        .isEqualTo(clock.instant().plusSeconds(7));
    assertThat(bare.path("code").asText()).isEqualTo("RATE_LIMITED");
    assertThat(bare.has("resetAt")).isFalse();
  }

  @Test
  void anErrorComesOnceWithTheNetworksBody() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(SEARCH, Fault.status(503));
    sandbox.next("/repos/", Fault.status(502));

    assertThat(Http.authorised(sandbox, QUERY).json().path("title").asText())
        .isEqualTo("Service Unavailable");
    assertThat(Http.authorised(sandbox, REPOSITORY).status()).isEqualTo(502);
    assertThat(Http.authorised(sandbox, QUERY).status()).isEqualTo(200);
    assertThat(Http.authorised(sandbox, REPOSITORY).status()).isEqualTo(200);
  }

  @Test
  void brokenConnectionsAndBodiesReachTheClientAsSuch() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(
        REPOSITORY, Fault.closeConnection(), Fault.closeConnection(), Fault.truncateBody());

    // The JDK's client asks once more by itself when a kept connection is closed.
    assertThatThrownBy(
            () -> {
              Http.authorised(sandbox, REPOSITORY);
              Http.authorised(sandbox, REPOSITORY);
            })
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> {
              Http.authorised(sandbox, REPOSITORY);
              Http.authorised(sandbox, REPOSITORY);
            })
        .isInstanceOf(IOException.class);
    assertThat(Http.authorised(sandbox, REPOSITORY).status()).isEqualTo(200);
    assertThat(sandbox.requests()).anyMatch(request -> request.status() == 0);
  }

  @Test
  void jsonCanBeBrokenOrNewer() throws IOException {
    Sandbox sandbox = extension.sandbox();
    sandbox.next(REPOSITORY, Fault.malformedJson(), Fault.unknownField());

    Http.Got broken = Http.authorised(sandbox, REPOSITORY);
    Http.Got newer = Http.authorised(sandbox, REPOSITORY);

    assertThat(broken.status()).isEqualTo(200);
    assertThat(broken.json()).isEmpty();
    assertThat(newer.json().path("sandbox_novelty").asText()).isEqualTo("new");
    assertThat(newer.json().path("owner").path("sandbox_novelty").asText()).isEqualTo("new");
  }

  @Test
  void faultsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> Fault.status(200))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An error's status is from 400 to 599, was 200");
    assertThatThrownBy(() -> Fault.rateLimited(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fault.rateLimitedWithoutHint(500))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limits.ofTheNetworks().withXSearch(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The limit X_SEARCH must be positive, was 0");
  }

  @Test
  void manyClientsAtOnceAreCountedRightly() throws Exception {
    Sandbox sandbox = extension.sandbox();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      Callable<Integer> ask = () -> Http.authorised(sandbox, QUERY).status();
      for (Future<Integer> status :
          threads.invokeAll(IntStream.range(0, 200).mapToObj(i -> ask).toList())) {
        assertThat(status.get()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(sandbox.requests()).hasSize(200);
    assertThat(Http.authorised(sandbox, QUERY).number("x-rate-limit-remaining")).isEqualTo(249);
  }

  @Test
  void aTakenPortIsToldWithTheRemedy() {
    int taken = extension.uri().getPort();

    assertThatThrownBy(() -> Sandbox.builder(COMMUNITY).port(taken).start())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + taken)
        .hasMessageContaining("another port");
  }

  @Test
  void theEnvironmentTurnsClientsToIt() {
    assertThat(extension.environment())
        .containsOnlyKeys("SPARKPY_SANDBOX")
        .containsValue("http://127.0.0.1:" + extension.uri().getPort());
  }

  @Test
  void aClosedSandboxAnswersNoMoreButStillTellsWhatItSaw() throws IOException {
    Sandbox sandbox = Sandbox.start(COMMUNITY);
    Http.authorised(sandbox, QUERY);
    sandbox.close();
    sandbox.close();

    assertThatThrownBy(() -> Http.authorised(sandbox, QUERY)).isInstanceOf(IOException.class);
    assertThat(sandbox.requests()).hasSize(1);
  }
}
