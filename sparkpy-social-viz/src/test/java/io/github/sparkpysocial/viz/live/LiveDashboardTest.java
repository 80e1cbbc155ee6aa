package io.github.sparkpysocial.viz.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Tile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class LiveDashboardTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private LiveDashboard live;

  @BeforeEach
  void start() throws IOException {
    live =
        LiveDashboard.builder(
                Dashboard.builder("Now").tiles(Tile.count("posts", "Posts", 1)).build())
            .queue(4)
            .heartbeat(Duration.ofMillis(50))
            .start();
  }

  @AfterEach
  void stop() {
    live.close();
  }

  @Test
  void listensOnThisMachineAlone() {
    assertThat(live.uri().getHost()).isIn("127.0.0.1", "[::1]");
  }

  @Test
  void servesThePageThatFollowsIt() throws IOException {
    HttpURLConnection answer = get("/", null);

    assertThat(answer.getResponseCode()).isEqualTo(200);
    assertThat(answer.getHeaderField("X-Frame-Options")).isEqualTo("DENY");
    String page = new String(answer.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(page).contains("connect-src &#39;self&#39;", "data-fact=\"posts\"", "live-alerts");
  }

  @Test
  void oneWhoComesLateHearsTheLatestNumbersAndAlerts() throws IOException {
    live.publish(Tile.count("posts", "Posts", 7));
    live.publish(Tile.count("posts", "Posts", 8));
    live.publish(
        Alert.of(
            "A burst",
            NOON,
            List.of(new Quote("<script>", "@ana", "x", NOON, "https://x.example/1"))));

    try (Reader reader = new Reader(get("/events", null))) {
      assertThat(reader.next("tile")).contains("\"value\":\"8\"");
      assertThat(reader.next("alert"))
          .contains("A burst", "https://x.example/1", "\\u003Cscript\\u003E");
    }
  }

  @Test
  void oneWhoReturnsHearsWhatItMissedAndNothingTwice() throws IOException {
    String last;
    try (Reader reader = new Reader(get("/events", null))) {
      live.publish(Tile.count("posts", "Posts", 2));
      assertThat(reader.next("tile")).contains("\"2\"");
      last = reader.lastId;
    }
    live.publish(Tile.count("posts", "Posts", 3));
    live.publish(Tile.count("posts", "Posts", 4));

    try (Reader reader = new Reader(get("/events", last))) {
      assertThat(reader.next("tile")).contains("\"3\"");
      assertThat(reader.next("tile")).contains("\"4\"");
    }
  }

  @Test
  void oneWhoRemembersAnotherServerIsToldToLoadThePage() throws IOException {
    try (Reader reader = new Reader(get("/events", "before-17"))) {
      assertThat(reader.next("dashboard")).isEqualTo("{}");
    }
  }

  @Test
  void aSignOfLifeIsSentInSilence() throws IOException {
    try (Reader reader = new Reader(get("/events", null))) {
      assertThat(reader.next("beat")).isEqualTo("{}");
      assertThat(reader.next("beat")).isEqualTo("{}");
    }
  }

  @Test
  void oneWhoIsTooSlowIsLetGoAndHoldsUpNobody() throws IOException, InterruptedException {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), live.uri().getPort())) {
      slow.setReceiveBufferSize(1_024);
      slow.getOutputStream()
          .write(
              "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      while (live.clients() == 0) {
        Thread.onSpinWait();
      }

      String text = "x".repeat(50);
      int published = 0;
      while (live.clients() > 0) {
        live.publish(new Alert(text, text, NOON, List.of()));
        published++;
      }

      assertThat(published).isGreaterThan(4);
      try (Reader reader = new Reader(get("/events", null))) {
        assertThat(reader.next("alert")).contains(text);
      }
    }
  }

  @Test
  void answersToItsOwnNamesOnly() throws IOException {
    for (String host : List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example")) {
      assertThat(status("GET /events HTTP/1.1\r\nHost: " + host + "\r\n")).as(host).contains("421");
    }
    assertThat(status("GET / HTTP/1.1\r\nHost: localhost:1\r\n")).contains("200");
    assertThat(status("GET /events HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"))
        .contains("403");
    assertThat(status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
        .contains("405");
    assertThat(status("GET /../etc/passwd HTTP/1.1\r\nHost: localhost\r\n")).contains("404");
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(
            () ->
                LiveDashboard.builder(Dashboard.builder("x").build())
                    .port(live.uri().getPort())
                    .start())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is taken; name another one, or 0");
  }

  private String status(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), live.uri().getPort())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return String.valueOf(in.readLine());
    }
  }

  private HttpURLConnection get(String path, @Nullable String lastSeen) throws IOException {
    URI uri = live.uri().resolve(path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setReadTimeout(20_000);
    if (lastSeen != null) {
      connection.setRequestProperty("Last-Event-ID", lastSeen);
    }
    return connection;
  }

  /** Reads server-sent events as a browser would. */
  private static final class Reader implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private String lastId = "";

    Reader(HttpURLConnection connection) throws IOException {
      this.connection = connection;
      InputStream in = connection.getInputStream();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Returns the data of the next event of this name; others but beats must not come before. */
    String next(String name) throws IOException {
      List<String> others = new ArrayList<>();
      String event = "";
      String data = "";
      while (true) {
        String line = lines.readLine();
        if (line == null) {
          throw new IOException("The stream ended before an event '" + name + "', after " + others);
        }
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && !event.isEmpty()) {
          if (event.equals(name)) {
            return data;
          }
          others.add(event);
          event = "";
        }
      }
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
