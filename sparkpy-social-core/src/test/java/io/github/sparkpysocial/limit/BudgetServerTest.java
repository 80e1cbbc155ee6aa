package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BudgetServerTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final HttpRequest REQUEST =
      HttpRequest.get(URI.create("https://api.example/things"));

  private final VirtualTiming driversTime = new VirtualTiming(START);
  private final RateLimits budget = RateLimits.create(driversTime);
  private final BudgetServer server = BudgetServer.start(budget);

  @AfterEach
  void stop() {
    server.close();
  }

  /** What a handle is after its way to a worker. */
  private RemoteLimits sent() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(server.handle());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RemoteLimits) in.readObject();
    }
  }

  /** Tells of 20 requests in an hour, for all who ask. */
  private static final class Network implements HttpTransport {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public HttpResponse send(HttpRequest request) {
      int number = asked.incrementAndGet();
      return HttpResponse.of(
          request.uri(),
          number > 20 ? 429 : 200,
          Headers.NONE
              .with("ratelimit-limit", "20")
              .with("ratelimit-remaining", Integer.toString(Math.max(0, 20 - number)))
              .with("ratelimit-reset", "3600"),
          new byte[0]);
    }
  }

  private static final class Dialect implements LimitDialect {
    @Override
    public String key(HttpRequest request) {
      return "things";
    }

    @Override
    public LimitSignal read(HttpRequest request, HttpResponse response, Instant serverTime) {
      List<QuotaReading> quotas = QuotaHeaders.ietf(response.headers(), serverTime);
      return response.status() == 429
          ? LimitSignal.limited(quotas, null, "too many")
          : LimitSignal.proceed(quotas);
    }
  }

  private static RateLimitedTransport worker(HttpTransport network, RateLimits limits) {
    return RateLimitedTransport.builder(network, new Dialect())
        .limits(limits)
        .scope("https://api.example")
        .reserve(0)
        .policy(LimitPolicy.FAIL)
        .build();
  }

  @Test
  void workersUseUpOneBudgetAndNotOneRequestMore() throws Exception {
    Network network = new Network();
    ExecutorService workers = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RateLimits limits = sent().limits();
      tasks.add(
          () -> {
            int got = 0;
            try {
              while (true) {
                worker(network, limits).send(REQUEST);
                got++;
              }
            } catch (RateLimitExceededException e) {
              assertThat(e.rateLimit().key()).isEqualTo("things");
              assertThat(e.rateLimit().limit()).isEqualTo(20);
              return got;
            }
          });
    }
    int got = 0;
    try {
      for (Future<Integer> task : workers.invokeAll(tasks)) {
        got += task.get();
      }
    } finally {
      workers.shutdownNow();
    }

    assertThat(got).isEqualTo(20);
    assertThat(network.asked).hasValue(20);
    assertThat(budget.known())
        .singleElement()
        .satisfies(known -> assertThat(known.remaining()).isZero());
    assertThat(sent().limits().known()).isEqualTo(budget.known());
  }

  @Test
  void whatAWorkerNeverSettlesCountsAsUsedAfterAWhile() throws Exception {
    Network network = new Network();
    worker(network, sent().limits()).send(REQUEST);
    LimitBook lost = sent().limits().book();
    Ask ask =
        new Ask(
            "https://api.example",
            List.of("anonymous"),
            "things",
            List.of(),
            19,
            "0",
            0,
            Pacing.BURST);
    assertThat(lost.acquire(ask, "").delay()).isNull();

    RateLimitedTransport other = worker(network, sent().limits());
    assertThatThrownBy(() -> other.send(REQUEST)).isInstanceOf(RateLimitExceededException.class);

    driversTime.advance(Duration.ofMinutes(6));
    assertThatThrownBy(() -> other.send(REQUEST)).isInstanceOf(RateLimitExceededException.class);
    driversTime.advance(Duration.ofMinutes(55));
    assertThat(lost.acquire(ask, "").delay()).as("the window is full again").isNull();
  }

  @Test
  void whoHasNoHandleIsHungUpOn() throws Exception {
    String port = server.handle().toString().replaceAll(".*:(\\d+)\\]", "$1");
    RemoteLimits forged = new RemoteLimits("127.0.0.1", Integer.parseInt(port), "guess");

    assertThatThrownBy(() -> worker(new Network(), forged.limits()).send(REQUEST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("nothing is asked of the network")
        .hasMessageNotContaining("guess");
    assertThat(budget.known()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET / HTTP/1.1\n", "{\"do\":\"known\"}\n", "{}\n", "[]\n", "\u0000\n"})
  void nonsenseIsHungUpOnAndHarmsNobody(String nonsense) throws Exception {
    String address = server.handle().toString();
    int port = Integer.parseInt(address.replaceAll(".*:(\\d+)\\]", "$1"));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(nonsense.getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    Network network = new Network();
    assertThat(worker(network, sent().limits()).send(REQUEST).status()).isEqualTo(200);
  }

  @Test
  void withoutTheDriverNothingIsAsked() throws Exception {
    RateLimits limits = sent().limits();
    Network network = new Network();
    worker(network, limits).send(REQUEST);
    server.close();

    assertThatThrownBy(() -> worker(network, limits).send(REQUEST))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("driver");
    assertThat(network.asked).hasValue(1);
  }

  @Test
  void theHandleDoesNotPrintItsSecret() throws Exception {
    assertThat(sent().toString()).matches("RemoteLimits\\[127\\.0\\.0\\.1:\\d+\\]");
    assertThat(server.toString()).doesNotContainPattern("[0-9a-f]{32}");
    assertThatThrownBy(() -> BudgetServer.start(sent().limits()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
