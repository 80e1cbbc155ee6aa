package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.JdkLiveTransport;
import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.WebSocketConnection;
import io.github.sparkpysocial.http.WebSocketRefusedException;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveConnections;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sandbox's streams, read by the transport that ships. */
@Timeout(30)
class LiveFeedTest {
  private static final Community COMMUNITY =
      Community.builder().posts(60).people(20).commits(20).build();
  private static final JdkLiveTransport TRANSPORT =
      JdkLiveTransport.builder().probeAfter(Duration.ofMillis(100)).build();
  private static final Duration SOON = Duration.ofSeconds(10);

  private final LiveFeed feed = new LiveFeed(COMMUNITY, 20, Duration.ofMinutes(1));
  private final BlockingQueue<WebSocketStream> sockets = new LinkedBlockingQueue<>();
  private LoopbackServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        LoopbackServer.start(
            0, request -> new LoopbackServer.Reply(answer(request), "", Delivery.WHOLE));
  }

  @AfterEach
  void stop() {
    feed.close();
    server.close();
  }

  private Answer answer(Request request) {
    return switch (request.path()) {
      case "/lines" ->
          Answer.stream(
              Map.of("content-type", "application/json"),
              feed.stream("lines", feed.published(), "\r\n", i -> List.of(id(i) + "\r\n")));
      case "/events" ->
          Answer.stream(
              Map.of("content-type", "text/event-stream"),
              feed.stream(
                  "events",
                  feed.published(),
                  ":thump\n",
                  i -> List.of("event: update\ndata: " + id(i) + "\ndata: more\n\n")));
      case "/socket" ->
          Answer.webSocket(
              feed.stream(
                  "socket", feed.published(), "", i -> List.of("{\"grüße\":" + id(i) + "}")));
      case "/echo" ->
          Answer.webSocket(
              stream -> {
                WebSocketStream socket = (WebSocketStream) stream;
                sockets.add(socket);
                socket.begin();
                while (socket.isOpen()) {
                  String said = socket.receive(Duration.ofMillis(50));
                  if (said != null) {
                    socket.send(said);
                  }
                }
              });
      case "/moved" -> Answer.empty(301).with("location", "/socket");
      default ->
          Answer.empty(404).withBody("{\"error\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    };
  }

  private HttpRequest get(String path) {
    return HttpRequest.get(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static String id(int index) {
    return COMMUNITY.postAt(index).id();
  }

  private LiveConnection lines() throws Exception {
    LiveConnection connection = LiveConnections.lines(TRANSPORT.open(get("/lines")));
    feed.awaitOpen(1);
    return connection;
  }

  private LiveConnection socket() throws Exception {
    LiveConnection connection = LiveConnections.messages(TRANSPORT.connect(get("/socket")));
    feed.awaitOpen(1);
    return connection;
  }

  @Test
  void whatIsSentAsSoonAsAStreamIsOpenArrives() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (LiveConnection connection = LiveConnections.lines(TRANSPORT.open(get("/lines")))) {
        feed.send("stream " + i + "\r\n");

        assertThat(connection.read()).extracting(Frame::text).isEqualTo("stream " + i);
      }
      feed.awaitOpen(0);
    }
  }

  @Test
  void postsAreSentAsTheyHappen() throws Exception {
    try (LiveConnection connection = lines()) {
      feed.publish(2);

      assertThat(connection.read()).isEqualTo(new Frame(null, id(40)));
      assertThat(connection.read()).isEqualTo(new Frame(null, id(41)));
      feed.keepAlive();
      assertThat(connection.read()).isEqualTo(Frame.KEEP_ALIVE);
      feed.publish(1);
      assertThat(connection.read()).isEqualTo(new Frame(null, id(42)));
    }
  }

  @Test
  void eventsHaveNamesAndAllTheirData() throws Exception {
    try (LiveConnection connection = LiveConnections.events(TRANSPORT.open(get("/events")))) {
      feed.awaitOpen(1);
      feed.publish(1);
      assertThat(connection.read()).isEqualTo(new Frame("update", id(40) + "\nmore"));
      feed.keepAlive();
      assertThat(connection.read()).isEqualTo(Frame.KEEP_ALIVE);
      feed.send("event: nothing\n\nevent: delete\r\ndata:7\r\n\r\n");
      assertThat(connection.read()).isEqualTo(new Frame("delete", "7"));

      feed.disconnect(StreamEnd.CLOSED_WITHIN_POST);

      assertThatThrownBy(connection::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ended within");
    }
  }

  @Test
  void aStreamEndsInEachOfTheWays() throws Exception {
    LiveConnection closed = lines();
    feed.disconnect(StreamEnd.CLOSED);
    assertThat(closed.read()).isNull();

    LiveConnection closedWithin = lines();
    feed.disconnect(StreamEnd.CLOSED_WITHIN_POST);
    assertThatThrownBy(closedWithin::read).hasMessage("The stream ended within a line");

    for (StreamEnd how : List.of(StreamEnd.CUT, StreamEnd.CUT_WITHIN_POST)) {
      LiveConnection cut = lines();
      feed.disconnect(how);
      assertThatThrownBy(cut::read).isInstanceOf(IOException.class);
      cut.close();
    }
    for (StreamEnd how : StreamEnd.values()) {
      LiveConnection socket = socket();
      feed.disconnect(how);
      if (how == StreamEnd.CLOSED || how == StreamEnd.CLOSED_WITHIN_POST) {
        assertThat(socket.read()).isNull();
      } else {
        assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
      }
      socket.close();
    }
  }

  @Test
  void aCutAfterAPingIsAlwaysNoticed() throws Exception {
    for (int i = 0; i < 100; i++) {
      LiveConnection socket = socket();
      feed.keepAlive();
      assertThat(socket.read()).isEqualTo(Frame.KEEP_ALIVE);
      feed.disconnect(StreamEnd.CUT);
      assertThatThrownBy(() -> readPastKeepAlives(socket)).isInstanceOf(IOException.class);
      socket.close();
    }
  }

  /** A slow machine may have been asked for, and have given, a sign of life before the cut. */
  private static @Nullable Frame readPastKeepAlives(LiveConnection socket) throws Exception {
    Frame frame;
    do {
      frame = socket.read();
    } while (frame != null && frame.isKeepAlive());
    return frame;
  }

  @Test
  void aStalledStreamSaysNothingAndCatchesUp() throws Exception {
    WebSocketConnection connection = TRANSPORT.connect(get("/socket"));
    feed.awaitOpen(1);
    feed.stall(true);
    feed.publish(1);

    assertThatThrownBy(() -> connection.receive(Duration.ofMillis(50)))
        .isInstanceOf(SocketTimeoutException.class);
    feed.stall(false);

    assertThat(connection.receive(SOON)).contains(id(40));
    connection.close();
  }

  @Test
  void closingWakesTheReaderAndTheServer() throws Exception {
    for (LiveConnection connection : List.of(lines(), socketBeside())) {
      CompletableFuture<Throwable> outcome = new CompletableFuture<>();
      Thread reader =
          new Thread(
              () -> {
                try {
                  Frame frame = connection.read();
                  outcome.completeExceptionally(new AssertionError("read " + frame));
                } catch (IOException | InterruptedException e) {
                  outcome.complete(e);
                }
              });
      reader.start();
      while (reader.getState() == Thread.State.RUNNABLE || reader.getState() == Thread.State.NEW) {
        Thread.onSpinWait();
      }

      connection.close();
      connection.close();

      assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
    }
    feed.awaitOpen(0);
    assertThat(feed.isBusy("lines")).isFalse();
  }

  private LiveConnection socketBeside() throws Exception {
    LiveConnection connection = LiveConnections.messages(TRANSPORT.connect(get("/socket")));
    feed.awaitOpen(2);
    return connection;
  }

  @Test
  void fragmentsAreJoinedAndPingsShow() throws Exception {
    feed.fragment(3); // cuts through characters of two bytes
    try (LiveConnection connection = socket()) {
      feed.publish(1);
      assertThat(connection.read()).isEqualTo(new Frame(null, "{\"grüße\":" + id(40) + "}"));

      feed.keepAlive();
      feed.publish(1);

      List<Frame> rest = List.of(connection.read(), connection.read());
      assertThat(rest)
          .containsExactlyInAnyOrder(
              Frame.KEEP_ALIVE, new Frame(null, "{\"grüße\":" + id(41) + "}"));
    }
  }

  @Test
  void whatTheClientSendsArrivesAndComesBack() throws Exception {
    String large = "ä🌍".repeat(60_000);
    try (WebSocketConnection connection = TRANSPORT.connect(get("/echo"))) {
      connection.send("one");
      assertThat(connection.receive(SOON)).isEqualTo("one");
      connection.send(large);
      assertThat(connection.receive(SOON)).isEqualTo(large);
    }
    assertThatThrownBy(
            () -> {
              try (WebSocketConnection small =
                  JdkLiveTransport.builder().maxMessageChars(1_000).build().connect(get("/echo"))) {
                small.send(large);
                small.receive(SOON);
              }
            })
        .hasMessageContaining("more than 1000 characters");
  }

  @Test
  void aReasonForClosingIsTold() throws Exception {
    try (WebSocketConnection connection = TRANSPORT.connect(get("/echo"))) {
      WebSocketStream server = sockets.poll(10, TimeUnit.SECONDS);
      CompletableFuture<Void> ended =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.end(1008, "ConsumerTooSlow");
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThatThrownBy(() -> connection.receive(SOON))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("1008 ConsumerTooSlow");
      ended.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void aSlowReaderSlowsTheServerAndMissesNothing() throws Exception {
    try (WebSocketConnection connection = TRANSPORT.connect(get("/echo"))) {
      WebSocketStream server = sockets.poll(10, TimeUnit.SECONDS);
      String text = "x".repeat(100_000);
      AtomicInteger sent = new AtomicInteger();
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (sent.get() < 500) {
                    server.send(sent.get() + text);
                    sent.incrementAndGet();
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });

      for (int i = 0; i < 500; i++) {
        assertThat(sent.get() - i).as("messages between both, of 100 KB").isLessThan(200);
        assertThat(connection.receive(SOON)).hasSize((i + text).length()).startsWith(i + "x");
      }
      sender.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void handshakesFollowRedirectsAndTellOfRefusals() throws Exception {
    try (WebSocketConnection connection = TRANSPORT.connect(get("/moved"))) {
      feed.awaitOpen(1);
      feed.publish(1);
      assertThat(connection.receive(SOON)).contains(id(40));
    }
    assertThatThrownBy(() -> TRANSPORT.connect(get("/nowhere")))
        .isInstanceOfSatisfying(
            WebSocketRefusedException.class,
            refused -> {
              assertThat(refused.response().status()).isEqualTo(404);
              assertThat(refused.response().text()).isEqualTo("{\"error\":\"none\"}");
            });
    try (LiveResponse notUpgraded = TRANSPORT.open(get("/socket"))) {
      assertThat(notUpgraded.status()).isEqualTo(426);
    }
  }

  @Test
  void streamsEndWithTheServer() throws Exception {
    try (LiveConnection connection = lines();
        LiveConnection socket = socketBeside()) {
      server.close();

      assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
      assertThatThrownBy(socket::read).isInstanceOf(IOException.class);
    }
    feed.awaitOpen(0);
  }
}
