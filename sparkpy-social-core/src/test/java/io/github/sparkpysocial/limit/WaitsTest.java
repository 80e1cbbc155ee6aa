package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final HttpRequest REQUEST =
      HttpRequest.get(URI.create("https://api.example/things"));

  private final VirtualTiming timing = new VirtualTiming(START);
  private final List<String> heard = new ArrayList<>();

  private final LimitListener listener =
      new LimitListener() {
        @Override
        public void waiting(LimitWait wait) {
          heard.add(wait.cause() + " " + wait.duration().toSeconds());
        }

        @Override
        public void stillWaiting(LimitWait wait, Duration left) {
          heard.add("left " + left.toSeconds());
        }
      };

  /** Tells of 10 requests in 100 seconds, refuses with {@code Retry-After}, fails with 503. */
  private static final class Dialect implements LimitDialect {
    @Override
    public String key(HttpRequest request) {
      return "things";
    }

    @Override
    public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
      List<QuotaReading> quotas =
          QuotaHeaders.read(
              response.headers(), "x-ratelimit-", ResetEncoding.RELATIVE_SECONDS, serverTime);
      return switch (response.status()) {
        case 429 ->
            LimitSignal.limited(
                quotas,
                ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime),
                "too many");
        case 503 -> LimitSignal.retry(quotas, null, "busy");
        default -> LimitSignal.proceed(quotas);
      };
    }
  }

  private static HttpResponse answer(int status, String... headers) {
    Headers all = Headers.NONE;
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return HttpResponse.of(REQUEST.uri(), status, all, new byte[0]);
  }

  private RateLimitedTransport.Builder over(HttpTransport server) {
    return RateLimitedTransport.builder(server, new Dialect())
        .limits(RateLimits.create(timing))
        .reserve(0)
        .seed(1)
        .listener(listener);
  }

  @Test
  void aLongWaitIsHeardOfEveryThirtySeconds() throws InterruptedException {
    Deque<HttpResponse> script =
        new ArrayDeque<>(List.of(answer(429, "Retry-After", "99"), answer(200)));

    over(request -> script.remove()).build().send(REQUEST);

    assertThat(heard).containsExactly("BLOCKED 100", "left 70", "left 40", "left 10");
    assertThat(timing.now()).isEqualTo(START.plusSeconds(100));
  }

  @Test
  void aQuotaIsSpreadOverItsWindowIfWanted() throws InterruptedException {
    List<Long> sentAt = new ArrayList<>();
    RateLimitedTransport transport =
        over(request -> {
              long at = Duration.between(START, timing.now()).toSeconds();
              sentAt.add(at);
              return answer(
                  200,
                  "x-ratelimit-limit",
                  "10",
                  "x-ratelimit-remaining",
                  Integer.toString(10 - sentAt.size()),
                  "x-ratelimit-reset",
                  Long.toString(100 - at));
            })
            .pacing(Pacing.EVEN)
            .policy(LimitPolicy.FAIL) // spreading is no limit that is reached
            .build();

    for (int i = 0; i < 10; i++) {
      transport.send(REQUEST);
    }

    assertThat(sentAt.get(9)).isBetween(80L, 101L);
    for (int i = 1; i < 10; i++) {
      assertThat(sentAt.get(i) - sentAt.get(i - 1)).isBetween(8L, 14L);
    }
    assertThat(heard).isNotEmpty().allMatch(wait -> wait.startsWith("PACING"));
  }

  @Test
  void tryingAgainEndsAfterItsTimeWhateverTheAttempts() {
    RateLimitedTransport transport =
        over(request -> answer(503)).attempts(100).longestRetry(Duration.ofMinutes(5)).build();

    assertThatThrownBy(() -> transport.send(REQUEST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("busy (tried")
        .hasMessageContaining(" s)");
    assertThat(Duration.between(START, timing.now()))
        .isBetween(Duration.ofMinutes(2), Duration.ofMinutes(5));
  }

  @Test
  void waitsForLimitsAreNoTimeOfTryingAgain() throws InterruptedException {
    Deque<HttpResponse> script = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      script.add(answer(503));
      script.add(answer(429, "Retry-After", "600"));
    }
    script.add(answer(200));

    assertThat(
            over(request -> script.remove())
                .longestRetry(Duration.ofMinutes(1))
                .build()
                .send(REQUEST)
                .status())
        .isEqualTo(200);
  }

  @Test
  void aResetThatHasPassedIsARaceOnceAndThenNoHint() {
    RateLimitedTransport transport =
        over(request ->
                answer(
                    429,
                    "x-ratelimit-limit",
                    "10",
                    "x-ratelimit-remaining",
                    "0",
                    "x-ratelimit-reset",
                    "0"))
            .listener(
                new LimitListener() {
                  @Override
                  public void waiting(LimitWait wait) {
                    heard.add(wait.cause() + " " + wait.duration().toSeconds());
                  }
                })
            .build();

    assertThatThrownBy(() -> transport.send(REQUEST))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("without saying for how long");
    assertThat(heard)
        .containsExactly("BLOCKED 1", "BLOCKED 60", "BLOCKED 120", "BLOCKED 240", "BLOCKED 480");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,", "{\"a\":\"b", "{\"a\":1]", "{\"a\":1!", "[{}"})
  void jsonThatBreaksOffIsAskedForAgain(String cut) throws InterruptedException {
    Deque<String> bodies = new ArrayDeque<>(List.of(cut, "{\"a\":\"}\\\"\"}\n"));

    HttpResponse response =
        over(request -> json("application/json; charset=utf-8", bodies.remove()))
            .build()
            .send(REQUEST);

    assertThat(response.text()).isEqualTo("{\"a\":\"}\\\"\"}\n");
    assertThat(heard).containsExactly("RETRY 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "\"a\\\\\"", "12", "{\"a\":\"[{\"}", "{}\n{}", ""})
  void wholeJsonIsLeftAlone(String whole) throws InterruptedException {
    assertThat(
            over(request -> json("application/vnd.github+json", whole))
                .build()
                .send(REQUEST)
                .text())
        .isEqualTo(whole);
    assertThat(heard).isEmpty();
  }

  @Test
  void whatIsNoJsonIsNotLookedAt() throws InterruptedException {
    over(request -> json("text/html", "{[")).build().send(REQUEST);
    assertThat(heard).isEmpty();
  }

  @Test
  void jsonThatAlwaysBreaksOffIsAnError() {
    assertThatThrownBy(
            () -> over(request -> json("application/json", "{\"a\":")).build().send(REQUEST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("breaks off")
        .hasMessageContaining("5 bytes")
        .hasMessageContaining("tried 4 times");
  }

  private static HttpResponse json(String type, String body) {
    return HttpResponse.of(
        REQUEST.uri(),
        200,
        Headers.NONE.with("Content-Type", type),
        body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aCeilingOfRequestsIsForAllSourcesOfARun() throws InterruptedException {
    Ceiling ceiling = Ceiling.ofRequests(3);
    RateLimitedTransport one = over(request -> answer(200)).ceiling(ceiling).build();
    RateLimitedTransport other = over(request -> answer(200)).ceiling(ceiling).build();
    one.send(REQUEST);
    other.send(REQUEST);
    one.send(REQUEST);

    assertThatThrownBy(() -> other.send(REQUEST))
        .isInstanceOf(CeilingReachedException.class)
        .hasMessageContaining("3 requests")
        .hasMessageContaining("run again");
    assertThat(one.usage().requests() + other.usage().requests()).isEqualTo(3);
    assertThat(ceiling.requests()).isEqualTo(3);
  }

  @Test
  void aCeilingOfTimeGivesControlBackBeforeTheWaitAndNotAfterIt() throws InterruptedException {
    Deque<HttpResponse> script =
        new ArrayDeque<>(List.of(answer(200), answer(429, "Retry-After", "900"), answer(200)));
    RateLimitedTransport transport =
        over(request -> script.remove()).ceiling(Ceiling.ofTime(Duration.ofMinutes(10))).build();
    transport.send(REQUEST);
    timing.advance(Duration.ofMinutes(1));

    assertThatThrownBy(() -> transport.send(REQUEST))
        .isInstanceOf(CeilingReachedException.class)
        .hasMessageContaining("901 s (too many)");
    assertThat(timing.now()).isEqualTo(START.plusSeconds(60));

    timing.advance(Duration.ofMinutes(10));
    assertThatThrownBy(() -> transport.send(REQUEST)).isInstanceOf(CeilingReachedException.class);
    assertThat(script).hasSize(1);
  }

  @Test
  void onlyOneAsksWhileNothingIsKnown() throws InterruptedException {
    ManyCallersTiming turns = new ManyCallersTiming(START);
    List<String> events = new ArrayList<>();
    HttpTransport server =
        request -> {
          events.add("sent");
          turns.sleep(Duration.ofMillis(200));
          events.add("answered");
          return answer(200);
        };
    RateLimitedTransport transport =
        RateLimitedTransport.builder(server, new Dialect())
            .limits(RateLimits.create(turns))
            .policy(LimitPolicy.FAIL)
            .build();
    List<Runnable> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      callers.add(
          () -> {
            try {
              transport.send(REQUEST);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          });
    }

    turns.run(callers);

    assertThat(events).hasSize(16);
    assertThat(events.subList(0, 4)).containsExactly("sent", "answered", "sent", "sent");
    assertThat(Duration.between(START, turns.now())).isLessThan(Duration.ofMillis(600));
  }
}
