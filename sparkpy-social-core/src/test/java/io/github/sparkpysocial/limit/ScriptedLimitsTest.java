package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.http.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten thousand answers with limits of all kinds: none is asked for in vain, and hardly a moment is
 * waited that the server does not demand. The truth is known twice: moment by moment, and, for a
 * single caller, by a client that asks the server what it will do.
 */
class ScriptedLimitsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.300Z");
  private static final int SCENARIOS = 100;
  private static final int REQUESTS = 100;

  private record Person(String fingerprint) implements Credential {
    @Override
    public HttpRequest sign(HttpRequest request) {
      return request.withHeader("Authorization", fingerprint);
    }
  }

  /** Sends one request, however long it takes. */
  private interface Client {
    void send(HttpRequest request) throws InterruptedException;
  }

  private interface Maker {
    Client make(ScriptedServer server, Timing timing, Total total);
  }

  /** What one kind of client did in all scenarios. */
  private static final class Total {
    private int answers;
    private int refusals;
    private Duration waited = Duration.ZERO;
    private Duration demanded = Duration.ZERO;
    private final List<String> violations = new ArrayList<>();
    private final EnumSet<ScriptedServer.Clock> clocks = EnumSet.noneOf(ScriptedServer.Clock.class);
    private final EnumSet<ResetEncoding> encodings = EnumSet.noneOf(ResetEncoding.class);

    synchronized void waited(Duration duration, Duration ofItDemanded) {
      waited = waited.plus(duration);
      demanded = demanded.plus(ofItDemanded);
    }
  }

  private static List<Credential> credentials(ScriptedServer server) {
    List<Credential> all = new ArrayList<>();
    for (int i = 0; i < server.credentials; i++) {
      all.add(new Person("person-" + i));
    }
    return all;
  }

  /** Our transport, each of its waits compared with the truth. */
  private static Client ours(ScriptedServer server, Timing timing, Total total) {
    ThreadLocal<String> key = new ThreadLocal<>();
    Timing compared =
        new Timing() {
          @Override
          public Instant now() {
            return timing.now();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            Instant from = timing.now();
            timing.sleep(duration);
            total.waited(duration, server.demanded(key.get(), from, timing.now()));
          }
        };
    RateLimitedTransport transport =
        RateLimitedTransport.builder(server, server.new Dialect())
            .limits(RateLimits.create(compared))
            .credentials(credentials(server))
            .reserve(0)
            .attempts(10)
            .seed(1)
            .build();
    return request -> {
      key.set(request.uri().getPath());
      transport.send(request);
    };
  }

  /** One that asks the server for the truth and waits not a moment longer. */
  private static Client knowing(ScriptedServer server, Timing timing, Total total) {
    return request -> {
      while (true) {
        String key = request.uri().getPath();
        Instant now = timing.now();
        Credential best =
            credentials(server).stream()
                .min(Comparator.comparing(one -> server.earliest(one.fingerprint(), key, now)))
                .orElseThrow();
        Duration wait = Duration.between(now, server.earliest(best.fingerprint(), key, now));
        if (!wait.isZero()) {
          timing.sleep(wait);
          total.waited(wait, wait);
        }
        if (server.send(best.sign(request)).text().startsWith("{\"data\"")) {
          return;
        }
      }
    };
  }

  private static Total run(int callers, Maker maker) throws InterruptedException {
    Total total = new Total();
    for (int scenario = 0; scenario < SCENARIOS; scenario++) {
      ManyCallersTiming timing = new ManyCallersTiming(START);
      ScriptedServer server = new ScriptedServer(scenario, REQUESTS, timing);
      Client client = maker.make(server, timing, total);
      List<Runnable> all = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        Random random = new Random(scenario * 31L + caller);
        all.add(() -> harvest(client, timing, random, REQUESTS / callers));
      }
      timing.run(all);
      total.answers += server.requests;
      total.refusals += server.refusals;
      for (String violation : server.violations) {
        total.violations.add(
            "scenario %d (%s, %s): %s"
                .formatted(scenario, server.encoding, server.clock, violation));
      }
      total.clocks.add(server.clock);
      total.encodings.add(server.encoding);
    }
    return total;
  }

  private static void harvest(Client client, Timing timing, Random random, int requests) {
    try {
      for (int i = 0; i < requests; i++) {
        timing.sleep(Duration.ofMillis(random.nextInt(300)));
        String path = i % 4 == 0 ? "/b" : "/a";
        client.send(HttpRequest.get(URI.create("https://api.example" + path)));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void noRequestIsSentIntoAForbiddenWindowAndHardlyAnyWaitIsTooLong(int callers)
      throws InterruptedException {
    Total ours = run(callers, ScriptedLimitsTest::ours);

    double ratio = (double) ours.waited.toMillis() / ours.demanded.toMillis();
    System.out.printf(
        "scripted limits, %d caller(s): %,d answers, %d of them refusals, %d requests into a"
            + " forbidden window; waited %,d s, of which the server demanded %,d s: ratio %.4f%n",
        callers,
        ours.answers,
        ours.refusals,
        ours.violations.size(),
        ours.waited.toSeconds(),
        ours.demanded.toSeconds(),
        ratio);
    assertThat(ours.violations).isEmpty();
    assertThat(ours.answers).isGreaterThanOrEqualTo(10_000);
    assertThat(ours.refusals).isGreaterThan(200);
    assertThat(ours.clocks).containsExactlyInAnyOrder(ScriptedServer.Clock.values());
    assertThat(ours.encodings).containsExactlyInAnyOrder(ResetEncoding.values());
    assertThat(ratio).isBetween(1.0, 1.05);

    if (callers == 1) {
      Total least = run(callers, ScriptedLimitsTest::knowing);
      double toKnowing = (double) ours.waited.toMillis() / least.waited.toMillis();
      System.out.printf(
          "scripted limits, a client that knows the truth: %,d answers, %d violations; waited"
              + " %,d s: ratio %.4f%n",
          least.answers, least.violations.size(), least.waited.toSeconds(), toKnowing);
      assertThat(least.violations).as("the yardstick itself keeps every limit").isEmpty();
      assertThat(toKnowing).isLessThanOrEqualTo(1.05);
    }
  }
}
