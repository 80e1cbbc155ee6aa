package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.samples.ProgramProcess;
import io.github.sparkpysocial.store.RecordLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --alert-webhook} with a real receiver: one that is away, then busy, then there. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamWebhookIT {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
  private static final String SECRET = "T0PSECRET";
  private static final String KEY = "K3YOFTHEHOOK";

  @TempDir private Path directory;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final AtomicInteger requests = new AtomicInteger();

  /** What the receiver was sent. */
  private record Told(String method, String key, String type, JsonNode alert, int answer) {}

  @Test
  void aReceiverThatIsAwayIsToldLaterAndItsAddressIsShownNowhere() throws Exception {
    int port = freePort();
    Path checkpoint = directory.resolve("checkpoint");
    try (PostSocket source = PostSocket.open();
        ProgramProcess process =
            ProgramProcess.start(
                Sparkpy.class,
                directory,
                Map.of(
                    "DESK_WEBHOOK", "http://127.0.0.1:" + port + "/hook/" + SECRET + "?key=" + KEY),
                "stream",
                source.place(),
                "--verbose",
                "--serve",
                "0",
                "--window",
                "10s",
                "--horizon",
                "1s",
                "--alert",
                "author > 2",
                "--alert-webhook",
                "DESK_WEBHOOK",
                "--metrics",
                directory.resolve("metrics.jsonl"),
                "--checkpoint",
                checkpoint)) {
      URI page = URI.create(process.await("Live at (\\S+)"));
      source.send(post("1", "ada", 0), post("2", "ada", 1), post("3", "ada", 2));
      source.send(post("4", "bob", 60));
      process.await("at least 3 posts of 'ada'");

      process.await("could not be told by webhook and waits for the next batch"); // it is refused
      source.send(post("5", "bob", 61), post("6", "bob", 62), post("7", "cleo", 120));
      process.await("at least 3 posts of 'bob'"); // and the stream goes on

      HttpServer receiver = receiver(port);
      try {
        source.send(post("8", "cleo", 121), post("9", "dan", 180));
        Told refused = take();
        Told first = take();
        Told second = take();

        assertThat(refused.answer()).isEqualTo(503);
        assertThat(first.answer()).isEqualTo(200);
        assertThat(first.key()).as("by which a receiver knows it").isEqualTo(refused.key());
        assertThat(first.alert()).isEqualTo(refused.alert());
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.type()).startsWith("application/json");
        List<JsonNode> kept =
            Files.readAllLines(checkpoint.resolve("alerts.jsonl")).stream()
                .map(Ran::parse)
                .toList();
        assertThat(List.of(first.alert(), second.alert()))
            .as("in order, as the file has them")
            .isEqualTo(kept.subList(0, 2));
        assertThat(first.key()).isEqualTo(first.alert().get("id").asText());
        assertThat(first.alert().get("value").asText()).isEqualTo("ada");
        assertThat(first.alert().get("rule").asText()).isEqualTo("author > 2");
        assertThat(first.alert().get("evidence").findValuesAsText("id"))
            .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(shown(page)).contains("at least 3 posts").doesNotContain(SECRET, KEY);
        assertThat(process.isAlive()).isTrue();
      } finally {
        receiver.stop(0);
      }
      assertThat(process.said()).contains("webhook").doesNotContain(SECRET, KEY);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as("%s", file)
            .doesNotContain(SECRET, KEY);
      }
    }
  }

  @Test
  void whatAReceiverRefusesToTheEndIsSaidAndIsInTheFile() throws Exception {
    Path posts = directory.resolve("posts.jsonl");
    try (OutputStream out = Files.newOutputStream(posts)) {
      for (Post post :
          List.of(
              post("1", "ada", 0),
              post("2", "ada", 1),
              post("3", "ada", 2),
              post("4", "bob", 60))) {
        out.write(RecordLine.of(post));
        out.write('\n');
      }
    }
    Path file = directory.resolve("alerts.jsonl");
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    receiver.start();
    try (ProgramProcess process =
        ProgramProcess.start(
            Sparkpy.class,
            directory,
            Map.of("DESK_WEBHOOK", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
            "stream",
            posts,
            "--window",
            "10s",
            "--horizon",
            "1s",
            "--alert",
            "author > 2",
            "--alerts",
            file,
            "--alert-webhook",
            "DESK_WEBHOOK")) {
      process.await("Some alerts were not taken by the webhook; they are in the file of alerts");
    } finally {
      receiver.stop(0);
    }
    assertThat(Files.readString(file)).contains("\"value\":\"ada\"");
  }

  private Told take() throws InterruptedException {
    return Objects.requireNonNull(told.poll(2, TimeUnit.MINUTES), "told nothing");
  }

  private HttpServer receiver(int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/hook/" + SECRET, this::receive);
    server.start();
    return server;
  }

  /** Is busy at first. */
  private void receive(HttpExchange exchange) throws IOException {
    int answer = requests.getAndIncrement() == 0 ? 503 : 200;
    assertThat(exchange.getRequestURI().getQuery()).isEqualTo("key=" + KEY);
    JsonNode alert =
        Ran.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
    told.add(
        new Told(
            exchange.getRequestMethod(),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Content-Type"),
            alert,
            answer));
  }

  /** Returns the page, and what it is told until the alert is on it. */
  private static String shown(URI page) throws IOException {
    StringBuilder shown = new StringBuilder();
    try (InputStream html = page.toURL().openStream()) {
      shown.append(new String(html.readAllBytes(), StandardCharsets.UTF_8));
    }
    URLConnection events = page.resolve("/events").toURL().openConnection();
    events.setReadTimeout(60_000);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
      while (shown.indexOf("at least 3 posts") < 0) {
        shown.append(lines.readLine()).append('\n');
      }
    }
    return shown.toString();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Post post(String id, String author, int second) {
    return Post.builder(Network.X, id, "a post")
        .author(new AccountRef(author, null, null))
        .createdAt(NOON.plusSeconds(second))
        .build();
  }
}
