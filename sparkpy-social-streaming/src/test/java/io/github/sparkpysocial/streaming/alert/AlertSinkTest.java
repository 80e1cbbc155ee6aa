package io.github.sparkpysocial.streaming.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AlertSinkTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final String SECRET_PATH = "/hooks/T0123456789-very-secret";

  @TempDir Path directory;
  private Path file;
  private HttpServer server;
  private final Queue<Integer> answers = new ArrayDeque<>();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final SettableClock clock = SettableClock.at(START);

  @BeforeEach
  void serve() throws IOException {
    file = directory.resolve("alerts.jsonl");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAlertIsInTheFileOnceHoweverOftenABatchIsRun() throws Exception {
    AlertSink.to(file).build().call(batch("a", "b"), 0L);
    AlertSink.to(file).build().call(batch("a", "b"), 0L); // as after a kill
    AlertSink sink = AlertSink.to(file).build();
    sink.call(batch("b", "c"), 1L);
    sink.call(batch("c", "d"), 1L);

    assertThat(Files.readAllLines(file))
        .extracting(line -> line.substring(7, 8))
        .containsExactly("a", "b", "c", "d");
    assertThat(AlertJson.read(Files.readAllLines(file).get(0).getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Alert.from(batch("a").head()));
  }

  @Test
  void halfALineOfAKilledProcessIsCutOff() throws Exception {
    AlertSink.to(file).build().call(batch("a"), 0L);
    Files.writeString(file, "{\"id\":\"b\",\"ru", StandardOpenOption.APPEND);

    AlertSink.to(file).build().call(batch("b"), 1L);

    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
  }

  @Test
  void aFileOfSomethingElseIsRefused() throws Exception {
    Files.writeString(file, "not an alert\n");
    Dataset<Row> batch = batch("a");

    assertThatThrownBy(() -> AlertSink.to(file).build().call(batch, 0L))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("what ends at byte 13 is no alert");
    assertThat(file).hasContent("not an alert\n");
  }

  @Test
  void aChannelThatFailsGetsWhatWaitsWithTheNextBatchAndHoldsUpNoOther() throws Exception {
    List<String> good = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    boolean[] broken = {true};
    AlertChannel failing =
        alert -> {
          if (broken[0] && alert.id().equals("b")) {
            throw new IOException("the desk is closed");
          }
          bad.add(alert.id());
        };
    AlertSink sink =
        AlertSink.to(file)
            .channel("bad", failing)
            .channel("good", one -> good.add(one.id()))
            .build();

    sink.call(batch("a", "b", "c"), 0L);
    assertThat(bad).containsExactly("a");
    broken[0] = false;
    AlertSink.to(file).channel("bad", failing).build().call(batch(), 1L); // after a restart

    assertThat(bad).containsExactly("a", "b", "c");
    assertThat(good).containsExactly("a", "b", "c");
  }

  @Test
  void whatWaitsAtTheEndOfAStreamIsToldWithoutABatch() throws Exception {
    answers.addAll(List.of(403, 403, 200));
    AlertSink sink = AlertSink.to(file).channel("web", webhook(SECRET_PATH).build()).build();

    sink.call(batch("a", "b"), 0L);
    assertThat(sink.deliver()).as("still refused").isFalse();
    assertThat(sink.deliver()).isTrue();
    assertThat(sink.deliver()).as("nothing is left").isTrue();

    assertThat(received).containsExactly("a", "a", "a", "b");
  }

  @Test
  void aWebhookIsTriedAgainWithinBounds() throws Exception {
    answers.addAll(List.of(503, 429, 200, 500, 500, 500, 200));
    Webhook webhook = webhook(SECRET_PATH).attempts(3).build();
    AlertSink sink = AlertSink.to(file).channel("web", webhook).build();

    sink.call(batch("a", "b"), 0L);
    assertThat(received).containsExactly("a", "a", "a", "b", "b", "b");
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(1 + 30 + 1 + 2));
    sink.call(batch(), 1L);

    assertThat(received).hasSize(7).last().isEqualTo("b");
  }

  @Test
  void anAlertThatIsRefusedForItsContentDoesNotHoldUpOthers() throws Exception {
    answers.addAll(List.of(422, 200));

    AlertSink.to(file)
        .channel("web", webhook(SECRET_PATH).build())
        .build()
        .call(batch("a", "b"), 0L);

    assertThat(received).containsExactly("a", "b");
  }

  @Test
  void theAddressOfAWebhookIsNeverShown() throws Exception {
    answers.add(403);
    Webhook webhook = webhook(SECRET_PATH).build();
    Alert alert = Alert.from(batch("a").head());

    assertThatThrownBy(() -> webhook.tell(alert))
        .isInstanceOf(IOException.class)
        .hasMessage("The webhook at http://127.0.0.1/*** refuses: it answered 403");
    assertThat(webhook.toString()).doesNotContain("T0123456789");
    server.stop(0);
    assertThatThrownBy(() -> webhook(SECRET_PATH).attempts(1).build().tell(alert))
        .hasMessageNotContaining("T0123456789")
        .hasMessageStartingWith("The webhook at http://127.0.0.1/*** was tried 1 times, last ");
    for (String wrong :
        List.of("http://example.org/hook-secret", "ftp://127.0.0.1/hook-secret", "no address")) {
      if (!wrong.contains(" ")) {
        assertThatThrownBy(() -> Webhook.to(Secret.of(wrong)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("A webhook has a whole address with https, or http on this machine");
      }
    }
  }

  private Webhook.Builder webhook(String path) {
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    return Webhook.to(Secret.of("http://127.0.0.1:" + server.getAddress().getPort() + path))
        .timing(timing);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(body)
        .contains("\"id\":\"" + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    received.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    int status = answers.isEmpty() ? 200 : answers.remove();
    if (status == 429) {
      exchange.getResponseHeaders().set("Retry-After", "30");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static Dataset<Row> batch(String... ids) {
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      Timestamp at = Timestamp.from(START);
      Row post = RowFactory.create("x", "1", null, at);
      rows.add(
          RowFactory.create(
              id,
              "rule",
              "change",
              "raised",
              "spark",
              at,
              at,
              12.0,
              3.0,
              4.5,
              "text\nof it",
              new Row[] {post}));
    }
    return SPARK.session().createDataFrame(rows, Alert.SCHEMA);
  }
}
