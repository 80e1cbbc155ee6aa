package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateLimitedTransportTest {
  private static final Instant LOCAL = Instant.parse("2026-11-22T12:00:00Z");

  /** The server's clock is five hours behind ours; only its own may count. */
  private static final Duration SERVER_BEHIND = Duration.ofHours(5);

  private static final HttpRequest REQUEST =
      HttpRequest.get(URI.create("https://api.example/things"));

  private final VirtualTiming timing = new VirtualTiming(LOCAL);
  private final RateLimits limits = RateLimits.create(timing);
  private final List<LimitWait> waits = new ArrayList<>();

  /** Speaks of limits like X: {@code limit}, {@code remaining}, {@code reset} in seconds. */
  private static class PlainDialect implements LimitDialect {
    @Override
    public String key(HttpRequest request) {
      return "example things";
    }

    @Override
    public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
      String remaining = response.headers().first("remaining");
      Duration reset =
          ResetEncoding.EPOCH_SECONDS.untilReset(response.headers().first("reset"), serverTime);
      List<QuotaReading> quotas =
          remaining == null || reset == null
              ? List.of()
              : List.of(
                  new QuotaReading(
                      "w",
                      Long.valueOf(String.valueOf(response.headers().first("limit"))),
                      Long.parseLong(remaining),
                      reset));
      return switch (response.status()) {
        case 429 ->
            LimitSignal.limited(
                quotas,
                ResetEncoding.retryAfter(response.headers().first("Retry-After"), serverTime),
                "too many");
        case 402 -> LimitSignal.exhausted(quotas, "no credits");
        case 500 -> LimitSignal.retry(quotas, null, "broken");
        default -> LimitSignal.proceed(quotas);
      };
    }
  }

  /** A server with a fixed window, five hours behind; it notes each request beyond its limit. */
  private final class WindowServer implements HttpTransport {
    private final long limit;
    private final Duration window;
    private Instant resetsAt = Instant.MIN;
    private long used;
    private int violations;
    private int requests;

    WindowServer(long limit, Duration window) {
      this.limit = limit;
      this.window = window;
    }

    @Override
    public synchronized HttpResponse send(HttpRequest request) {
      requests++;
      Instant now = timing.now().minus(SERVER_BEHIND);
      if (!now.isBefore(resetsAt)) {
        resetsAt = Instant.ofEpochSecond(now.plus(window).getEpochSecond());
        used = 0;
      }
      boolean refused = used >= limit;
      if (refused) {
        violations++;
      } else {
        used++;
      }
      return answer(
          refused ? 429 : 200,
          "limit",
          Long.toString(limit),
          "remaining",
          Long.toString(limit - used),
          "reset",
          Long.toString(resetsAt.getEpochSecond()));
    }
  }

  private HttpResponse answer(int status, String... headers) {
    Headers all =
        Headers.NONE.with(
            "Date",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                timing.now().minus(SERVER_BEHIND).atZone(ZoneOffset.UTC)));
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    return HttpResponse.of(REQUEST.uri(), status, all, "{}".getBytes(StandardCharsets.UTF_8));
  }

  private RateLimitedTransport.Builder over(HttpTransport server) {
    return RateLimitedTransport.builder(server, new PlainDialect())
        .limits(limits)
        .reserve(0)
        .seed(1)
        .listener(waits::add);
  }

  /** GitHub says with {@code X-Poll-Interval} how often one address may be asked. */
  @Test
  void anAddressThatIsPolledIsLeftAloneAndNoOther() throws Exception {
    List<String> asked = new ArrayList<>();
    LimitDialect polled =
        new PlainDialect() {
          @Override
          public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
            return LimitSignal.proceed(List.of(), Duration.ofSeconds(60), "X-Poll-Interval");
          }
        };
    RateLimitedTransport http =
        RateLimitedTransport.builder(
                request -> {
                  asked.add(
                      request.uri().getPath()
                          + " at "
                          + Duration.between(LOCAL, timing.now()).toSeconds());
                  return answer(200);
                },
                polled)
            .limits(limits)
            .listener(waits::add)
            .build();
    HttpRequest other = HttpRequest.get(URI.create("https://api.example/others"));

    http.send(REQUEST);
    http.send(other);
    http.send(REQUEST);
    http.send(other);

    assertThat(asked)
        .containsExactly("/things at 0", "/others at 0", "/things at 60", "/others at 60");
    assertThat(waits)
        .singleElement()
        .satisfies(
            wait -> {
              assertThat(wait.cause()).isEqualTo(LimitWait.Cause.BLOCKED);
              assertThat(wait.reason()).isEqualTo("X-Poll-Interval");
            });
  }

  @Test
  void itKeepsTheLimitAgainstTheServersClockHoursOff() throws InterruptedException {
    WindowServer server = new WindowServer(3, Duration.ofMinutes(15));
    RateLimitedTransport transport = over(server).build();

    for (int i = 0; i < 10; i++) {
      assertThat(transport.send(REQUEST).status()).isEqualTo(200);
    }

    assertThat(server.violations).isZero();
    assertThat(waits)
        .hasSize(3)
        .allSatisfy(
            wait -> {
              assertThat(wait.cause()).isEqualTo(LimitWait.Cause.QUOTA);
              assertThat(wait.duration()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(16));
            });
    assertThat(transport.usage().requests()).isEqualTo(10);
    assertThat(transport.usage().waited())
        .isEqualTo(timing.sleeps().stream().reduce(Duration.ZERO, Duration::plus));
  }

  @Test
  void partOfAQuotaIsLeftForOthers() throws InterruptedException {
    WindowServer server = new WindowServer(100, Duration.ofHours(1));
    RateLimitedTransport transport = over(server).reserve(0.1).build();

    for (int i = 0; i < 90; i++) {
      transport.send(REQUEST);
    }
    assertThat(timing.sleeps()).isEmpty();
    transport.send(REQUEST);

    assertThat(waits).hasSize(1);
  }

  @Test
  void severalCallersShareOnePauseAndOneQuota() throws Exception {
    WindowServer server = new WindowServer(4, Duration.ofMinutes(1));
    ExecutorService callers = Executors.newFixedThreadPool(4);
    try {
      CountDownLatch start = new CountDownLatch(1);
      over(server).build().send(REQUEST); // the quota is known from here on
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        RateLimitedTransport transport = over(server).build();
        answers.add(
            callers.submit(
                () -> {
                  start.await();
                  return transport.send(REQUEST).status();
                }));
      }
      start.countDown();
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(server.violations).isZero();
    assertThat(server.requests).isEqualTo(25);
  }

  @Test
  void aNewWindowLetsOutNoMoreThanItHoldsBeforeItsFirstAnswer() throws Exception {
    WindowServer server = new WindowServer(2, Duration.ofMinutes(1));
    RateLimitedTransport first = over(server).build();
    for (int i = 0; i < 2; i++) {
      assertThat(first.send(REQUEST).status()).isEqualTo(200);
    }
    timing.advance(Duration.ofMinutes(2));
    AtomicInteger entered = new AtomicInteger();
    HttpTransport slow =
        request -> {
          entered.incrementAndGet();
          while (entered.get() < 6 && timing.sleeps().size() < 50) {
            Thread.onSpinWait(); // until all are here, or those that are not have looked often
          }
          return server.send(request);
        };
    ExecutorService callers = Executors.newFixedThreadPool(6);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        answers.add(callers.submit(() -> over(slow).build().send(REQUEST).status()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      callers.shutdownNow();
    }

    assertThat(server.violations).isZero();
  }

  @Test
  void twoWindowsAtOnceAreBothKept() throws InterruptedException {
    List<Instant> sent = new ArrayList<>();
    LimitDialect dialect =
        new PlainDialect() {
          @Override
          public List<Quota> quotas(String key) {
            return List.of(
                new Quota(1, Duration.ofSeconds(1)), new Quota(5, Duration.ofMinutes(15)));
          }
        };
    RateLimitedTransport transport =
        RateLimitedTransport.builder(
                request -> {
                  sent.add(timing.now());
                  return answer(200);
                },
                dialect)
            .limits(limits)
            .build();

    for (int i = 0; i < 11; i++) {
      transport.send(REQUEST);
    }

    for (int i = 1; i < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i - 1), sent.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    for (int i = 5; i < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i - 5), sent.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(15));
    }
    assertThat(Duration.between(sent.get(0), sent.get(4))).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void aRefusalIsWaitedForAndIsNoFailedAttempt() throws InterruptedException {
    Deque<HttpResponse> script = new ArrayDeque<>();
    for (int i = 0; i < 20; i++) {
      script.add(answer(429, "Retry-After", "7"));
    }
    script.add(answer(200));

    assertThat(over(request -> script.remove()).attempts(1).build().send(REQUEST).status())
        .isEqualTo(200);

    assertThat(timing.sleeps()).hasSize(20).containsOnly(Duration.ofSeconds(8));
  }

  @Test
  void refusalsWithoutAHintPauseLongerEachTimeAndEnd() {
    RateLimitedTransport transport = over(request -> answer(429)).build();

    assertThatThrownBy(() -> transport.send(REQUEST))
        .isInstanceOf(RateLimitExceededException.class)
        .hasMessageContaining("6 times without saying for how long");
    assertThat(waits)
        .extracting(LimitWait::duration)
        .containsExactly(
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(240),
            Duration.ofSeconds(480),
            Duration.ofSeconds(960));
  }

  @Test
  void failAsksForNoWaitAndTellsTheLimit() throws InterruptedException {
    WindowServer server = new WindowServer(1, Duration.ofMinutes(15));
    RateLimitedTransport transport = over(server).policy(LimitPolicy.FAIL).build();
    transport.send(REQUEST);

    assertThatExceptionOfType(RateLimitExceededException.class)
        .isThrownBy(() -> transport.send(REQUEST))
        .withMessageContaining("example things")
        .withMessageContaining("LimitPolicy.waitUpTo")
        .satisfies(
            e -> {
              assertThat(e.rateLimit().limit()).isEqualTo(1);
              assertThat(e.rateLimit().remaining()).isZero();
              assertThat(e.rateLimit().resetsAt())
                  .isEqualTo(LOCAL.minus(SERVER_BEHIND).plus(Duration.ofMinutes(15)));
              assertThat(e.rateLimit().isExhausted()).isTrue();
            });
    assertThat(server.violations).isZero();
    assertThat(timing.sleeps()).isEmpty();
  }

  @Test
  void waitUpToGivesUpBeforeTheWaitThatIsTooLong() throws InterruptedException {
    WindowServer server = new WindowServer(1, Duration.ofMinutes(15));
    over(server).build().send(REQUEST);

    assertThatThrownBy(
            () ->
                over(server)
                    .policy(LimitPolicy.waitUpTo(Duration.ofMinutes(5)))
                    .build()
                    .send(REQUEST))
        .isInstanceOf(RateLimitExceededException.class);
    assertThat(timing.sleeps()).isEmpty();

    timing.advance(Duration.ofMinutes(11));
    over(server).policy(LimitPolicy.waitUpTo(Duration.ofMinutes(5))).build().send(REQUEST);
    assertThat(server.violations).isZero();
  }

  @Test
  void aCapIsNeitherWaitedForNorRetried() {
    List<HttpRequest> sent = new ArrayList<>();
    RateLimitedTransport transport =
        over(request -> {
              sent.add(request);
              return answer(402);
            })
            .build();

    assertThatThrownBy(() -> transport.send(REQUEST))
        .isInstanceOf(UsageCapException.class)
        .hasMessageContaining("no credits");
    assertThat(sent).hasSize(1);
    assertThat(timing.sleeps()).isEmpty();
  }

  @Test
  void failuresAreTriedAgainAFewTimesWithGrowingSeededPauses() {
    RateLimitedTransport first = over(request -> answer(500)).build();
    assertThatThrownBy(() -> first.send(REQUEST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("broken (tried 4 times)");
    List<Duration> pauses = timing.sleeps();
    assertThat(pauses).hasSize(3).isSorted();
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(500), Duration.ofMillis(750));
    assertThat(waits).allSatisfy(w -> assertThat(w.cause()).isEqualTo(LimitWait.Cause.RETRY));

    RateLimitedTransport second = over(request -> answer(500)).build();
    assertThatThrownBy(() -> second.send(REQUEST)).isInstanceOf(TransportException.class);
    assertThat(timing.sleeps().subList(3, 6)).isEqualTo(pauses);
  }

  @Test
  void aReadIsTriedAgainAfterABrokenConnectionAWriteIsNot() throws InterruptedException {
    Deque<IOException> failures = new ArrayDeque<>(List.of(new IOException("reset")));
    HttpTransport flaky =
        request -> {
          IOException failure = failures.poll();
          if (failure != null) {
            throw failure;
          }
          return answer(200);
        };
    assertThat(over(flaky).build().send(REQUEST).status()).isEqualTo(200);

    failures.add(new IOException("reset"));
    assertThatThrownBy(() -> over(flaky).build().send(HttpRequest.postJson(REQUEST.uri(), "{}")))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("may have arrived");
  }

  @Test
  void aWaitEndsAtOnceWhenTheThreadIsInterrupted() throws InterruptedException {
    WindowServer server = new WindowServer(1, Duration.ofMinutes(15));
    RateLimitedTransport transport =
        over(server).listener(wait -> Thread.currentThread().interrupt()).build();
    transport.send(REQUEST);

    assertThatThrownBy(() -> transport.send(REQUEST)).isInstanceOf(InterruptedException.class);
    assertThat(server.requests).isEqualTo(1);
  }

  @Test
  void answersThatOvertakeEachOtherDoNotRaiseWhatRemains() throws InterruptedException {
    String reset = Long.toString(LOCAL.minus(SERVER_BEHIND).plusSeconds(600).getEpochSecond());
    Deque<HttpResponse> script =
        new ArrayDeque<>(
            List.of(
                answer(200, "limit", "10", "remaining", "1", "reset", reset),
                answer(200, "limit", "10", "remaining", "5", "reset", reset)));
    RateLimitedTransport transport = over(request -> script.remove()).build();
    transport.send(REQUEST);
    transport.send(REQUEST);

    assertThat(limits.known())
        .singleElement()
        .satisfies(known -> assertThat(known.remaining()).isEqualTo(1));
  }

  @Test
  void anotherCredentialHasItsOwnQuota() throws InterruptedException {
    WindowServer server = new WindowServer(1, Duration.ofMinutes(15));
    over(server).scope("a").build().send(REQUEST);
    server.used = 0;
    over(server).scope("b").build().send(REQUEST);

    assertThat(timing.sleeps()).isEmpty();
  }
}
