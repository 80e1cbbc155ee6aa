package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeveralCredentialsTest {
  private static final HttpRequest REQUEST =
      HttpRequest.get(URI.create("https://api.example/things"));

  private final VirtualTiming timing = new VirtualTiming(Instant.parse("2026-11-22T12:00:00Z"));
  private final RateLimits limits = RateLimits.create(timing);
  private final List<LimitWait> waits = new ArrayList<>();

  private record Token(String fingerprint) implements Credential {
    @Override
    public HttpRequest sign(HttpRequest request) {
      return request.withHeader("Authorization", fingerprint);
    }
  }

  /** Allows each token so many requests in ten minutes, and some tokens none at all. */
  private final class Server implements HttpTransport {
    private final int limit;
    private final Set<String> unknown = new TreeSet<>();
    private final Map<String, Integer> used = new HashMap<>();
    private final Map<String, Instant> resets = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int violations;

    Server(int limit) {
      this.limit = limit;
    }

    @Override
    public HttpResponse send(HttpRequest request) {
      String token = String.valueOf(request.headers().first("Authorization"));
      asked.add(token);
      if (unknown.contains(token)) {
        return HttpResponse.of(request.uri(), 401, Headers.NONE, new byte[0]);
      }
      Instant now = timing.now();
      if (!now.isBefore(resets.getOrDefault(token, Instant.MIN))) {
        resets.put(token, now.plus(Duration.ofMinutes(10)));
        used.put(token, 0);
      }
      boolean refused = used.merge(token, 1, Integer::sum) > limit;
      violations += refused ? 1 : 0;
      return HttpResponse.of(
          request.uri(),
          refused ? 429 : 200,
          Headers.NONE
              .with("remaining", Integer.toString(Math.max(0, limit - used.getOrDefault(token, 0))))
              .with(
                  "reset",
                  Long.toString(
                      Duration.between(now, resets.getOrDefault(token, now)).toSeconds())),
          new byte[0]);
    }
  }

  private static class Dialect implements LimitDialect {
    @Override
    public String key(HttpRequest request) {
      return request.uri().getPath();
    }

    @Override
    public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
      String remaining = response.headers().first("remaining");
      Duration reset =
          ResetEncoding.RELATIVE_SECONDS.untilReset(response.headers().first("reset"), serverTime);
      List<QuotaReading> quotas =
          remaining == null || reset == null
              ? List.of()
              : List.of(new QuotaReading("", null, Long.parseLong(remaining), reset));
      return response.status() == 429
          ? LimitSignal.limited(
              quotas,
              ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime),
              "too many")
          : LimitSignal.proceed(quotas);
    }
  }

  private RateLimitedTransport over(HttpTransport server, Credential... credentials) {
    return RateLimitedTransport.builder(server, new Dialect())
        .limits(limits)
        .credentials(List.of(credentials))
        .listener(waits::add)
        .build();
  }

  private static Token[] tokens(String... names) {
    return Stream.of(names).map(Token::new).toArray(Token[]::new);
  }

  @Test
  void allQuotasAreUsedBeforeAnythingWaits() throws InterruptedException {
    Server server = new Server(10);
    RateLimitedTransport transport = over(server, tokens("a", "b", "c"));

    for (int i = 0; i < 30; i++) {
      transport.send(REQUEST);
    }
    assertThat(waits).isEmpty();
    transport.send(REQUEST);

    assertThat(waits).singleElement().extracting(LimitWait::cause).isEqualTo(LimitWait.Cause.QUOTA);
    assertThat(server.violations).isZero();
    assertThat(server.asked).contains("a", "b", "c");
  }

  @Test
  void theOneWithTheMostLeftGoesFirstAndTheOneThatIsFreeSoonestIsWaitedFor()
      throws InterruptedException {
    Server server = new Server(4);
    over(server, tokens("a")).send(REQUEST);
    over(server, tokens("a")).send(REQUEST);
    timing.advance(Duration.ofMinutes(4));
    RateLimitedTransport both = over(server, tokens("a", "b"));
    server.asked.clear();

    for (int i = 0; i < 6; i++) {
      both.send(REQUEST);
    }
    both.send(REQUEST);

    assertThat(server.asked.subList(0, 2)).containsExactly("b", "b");
    assertThat(server.asked.get(6)).as("its window began earlier").isEqualTo("a");
    assertThat(waits)
        .singleElement()
        .satisfies(
            wait ->
                assertThat(wait.duration())
                    .isBetween(Duration.ofMinutes(6), Duration.ofMinutes(6).plusSeconds(2)));
    assertThat(server.violations).isZero();
  }

  @Test
  void aTokenThatIsRefusedIsSetAsideWhileOthersGoOn() throws InterruptedException {
    Server server = new Server(100);
    server.unknown.add("bad");
    RateLimitedTransport transport = over(server, tokens("bad", "good"));

    for (int i = 0; i < 5; i++) {
      assertThat(transport.send(REQUEST).status()).isEqualTo(200);
    }
    assertThat(server.asked).containsExactly("bad", "good", "good", "good", "good", "good");
    assertThat(waits).isEmpty();

    // A transport that is opened later knows it already.
    over(server, tokens("bad", "good")).send(REQUEST);
    assertThat(server.asked).endsWith("good", "good").hasSize(7);
  }

  @Test
  void whenAllAreRefusedTheAnswerGoesToTheCallerAndNeverAsALimit() throws InterruptedException {
    Server server = new Server(100);
    server.unknown.addAll(List.of("a", "b"));

    assertThat(over(server, tokens("a", "b")).send(REQUEST).status()).isEqualTo(401);
    assertThat(over(server, tokens("a")).send(REQUEST).status()).isEqualTo(401);

    assertThat(server.asked).containsExactly("a", "b", "a");
    assertThat(waits).isEmpty();
  }

  @Test
  void aCredentialThatRenewsItselfIsTriedAgainOnce() throws InterruptedException {
    Server server = new Server(100);
    server.unknown.addAll(List.of("old", "stale"));
    Credential renewing =
        new Credential() {
          private String token = "old";

          @Override
          public String fingerprint() {
            return "account";
          }

          @Override
          public HttpRequest sign(HttpRequest request) {
            return request.withHeader("Authorization", token);
          }

          @Override
          public boolean renew(HttpRequest refused) {
            assertThat(refused.headers().first("Authorization")).isEqualTo(token);
            token = token.equals("old") ? "fresh" : "stale";
            return true;
          }
        };

    assertThat(over(server, renewing).send(REQUEST).status()).isEqualTo(200);
    assertThat(server.asked).containsExactly("old", "fresh");

    server.unknown.add("fresh");
    assertThat(over(server, renewing).send(REQUEST).status()).isEqualTo(401);
    assertThat(server.asked).containsExactly("old", "fresh", "fresh", "stale");
  }

  @Test
  void aRefusalReachesAsFarAsTheDialectSays() throws InterruptedException {
    for (LimitReach reach : LimitReach.values()) {
      List<String> asked = new ArrayList<>();
      VirtualTiming clock = new VirtualTiming(Instant.parse("2026-11-22T12:00:00Z"));
      HttpTransport server =
          request -> {
            boolean first = asked.isEmpty();
            asked.add(
                request.headers().first("Authorization")
                    + request.uri().getPath()
                    + " at "
                    + Duration.between(Instant.parse("2026-11-22T12:00:00Z"), clock.now())
                        .toSeconds());
            return HttpResponse.of(
                request.uri(),
                first ? 429 : 200,
                first ? Headers.NONE.with("Retry-After", "59") : Headers.NONE,
                new byte[0]);
          };
      Dialect dialect =
          new Dialect() {
            @Override
            public LimitReach reach(HttpRequest request, HttpResponse response) {
              return reach;
            }
          };
      RateLimits shared = RateLimits.create(clock);
      RateLimitedTransport a =
          RateLimitedTransport.builder(server, dialect)
              .limits(shared)
              .credentials(List.of(new Token("a")))
              .policy(LimitPolicy.FAIL)
              .build();
      RateLimitedTransport b =
          RateLimitedTransport.builder(server, dialect)
              .limits(shared)
              .credentials(List.of(new Token("b")))
              .build();
      HttpRequest other = HttpRequest.get(URI.create("https://api.example/others"));

      assertThatThrownBy(() -> a.send(REQUEST)).isInstanceOf(RateLimitExceededException.class);
      RateLimitedTransport waitingA =
          RateLimitedTransport.builder(server, dialect)
              .limits(shared)
              .credentials(List.of(new Token("a")))
              .build();
      switch (reach) {
        case KEY -> {
          waitingA.send(other);
          b.send(REQUEST);
          assertThat(asked).containsExactly("a/things at 0", "a/others at 0", "b/things at 0");
        }
        case CREDENTIAL -> {
          b.send(other);
          waitingA.send(other);
          assertThat(asked).containsExactly("a/things at 0", "b/others at 0", "a/others at 60");
        }
        case SERVER -> {
          b.send(other);
          assertThat(asked).containsExactly("a/things at 0", "b/others at 60");
        }
      }
    }
  }
}
