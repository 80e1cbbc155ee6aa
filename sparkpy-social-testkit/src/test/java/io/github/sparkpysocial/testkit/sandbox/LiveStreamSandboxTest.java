package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.JdkLiveTransport;
import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.WebSocketRefusedException;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveConnections;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveListener;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.live.LiveTraits;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The proof: a stream with 50 forced disconnects over real sockets brings every post once; what it
 * missed lies in recorded holes, and after these are filled nothing is missing.
 */
@Timeout(120)
class LiveStreamSandboxTest {
  private static final Community COMMUNITY =
      Community.builder().posts(4_000).people(50).commits(20).build();
  private static final int HELD_BACK = 3_800;
  private static final int DISCONNECTS = 50;
  private static final JdkLiveTransport TRANSPORT =
      JdkLiveTransport.builder().probeAfter(Duration.ofMillis(50)).build();

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final Gate gate = new Gate(clock);
  private final LiveFeed feed = new LiveFeed(COMMUNITY, HELD_BACK, Duration.ofMinutes(5));
  private final StreamBook book = new StreamBook(clock, gate, feed);
  private final ConcurrentLinkedQueue<Answer> instead = new ConcurrentLinkedQueue<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger disconnected = new AtomicInteger();
  private final CountDownLatch firstTaken = new CountDownLatch(1);
  private LoopbackServer server;

  /** The kinds of stream: X's, Mastodon's and Bluesky's. */
  enum Kind {
    LINES,
    EVENTS,
    SOCKET
  }

  @BeforeEach
  void start() throws IOException {
    server =
        LoopbackServer.start(
            0,
            request -> {
              StreamRules rules = StreamRules.ofX("stream");
              book.attempt(rules, Network.X, request.path());
              Answer refusal = instead.poll();
              Answer answer = refusal == null ? stream(request) : refusal;
              book.answered(rules, answer);
              attempts.incrementAndGet();
              return new LoopbackServer.Reply(answer, "", Delivery.WHOLE);
            });
  }

  @AfterEach
  void stop() {
    feed.close();
    server.close();
  }

  private Answer stream(Request request) {
    String since = request.parameter("since");
    int from = since == null ? feed.published() : Integer.parseInt(since) + 1;
    return switch (request.path()) {
      case "/LINES" ->
          Answer.stream(
              Map.of(), feed.stream("stream", from, "\r\n", i -> List.of(json(i) + "\r\n")));
      case "/EVENTS" ->
          Answer.stream(
              Map.of(),
              feed.stream(
                  "stream",
                  from,
                  ":thump\n",
                  i -> List.of("event: update\ndata: " + json(i) + "\n\n")));
      default -> Answer.webSocket(feed.stream("stream", from, "", i -> List.of(json(i))));
    };
  }

  private static String json(int index) {
    return Json.object()
        .put("index", index)
        .put("id", COMMUNITY.postAt(index).id())
        .put("text", COMMUNITY.postAt(index).text())
        .toString();
  }

  /** A stream of the feed, with marks or with a search. */
  private final class FeedSource implements LiveSource {
    private final Kind kind;
    private final boolean marks;

    FeedSource(Kind kind, boolean marks) {
      this.kind = kind;
      this.marks = marks;
    }

    @Override
    public PlaceUri uri() {
      return PlaceUri.parse("x:stream");
    }

    @Override
    public Network network() {
      return Network.X;
    }

    @Override
    public LiveTraits traits() {
      LiveTraits traits = LiveTraits.withSilence(Duration.ofSeconds(20));
      return marks ? traits.withLookback(Duration.ofDays(1), Duration.ZERO) : traits;
    }

    @Override
    public LiveConnection connect(@Nullable String resumeAt)
        throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.get(
              URI.create(
                  "http://127.0.0.1:"
                      + server.port()
                      + "/"
                      + kind
                      + (resumeAt == null ? "" : "?since=" + resumeAt)));
      if (kind == Kind.SOCKET) {
        try {
          return LiveConnections.messages(TRANSPORT.connect(request));
        } catch (WebSocketRefusedException e) {
          throw refused(e.response().status());
        }
      }
      LiveResponse response = TRANSPORT.open(request);
      if (response.status() != 200) {
        response.close();
        throw refused(response.status());
      }
      return kind == Kind.LINES
          ? LiveConnections.lines(response)
          : LiveConnections.events(response);
    }

    private LiveRefusedException refused(int status) {
      return new LiveRefusedException(
          status == 429 ? LiveRefusedException.Kind.LIMITED : LiveRefusedException.Kind.TEMPORARY,
          null,
          "status " + status);
    }

    @Override
    public LiveMessage decode(Frame frame) {
      byte[] raw = frame.text().getBytes(StandardCharsets.UTF_8);
      var json = Json.parse(raw);
      if (json == null || !json.isObject()) {
        return LiveMessage.rejected(new Rejected("x:stream", 0, null, "no JSON", raw));
      }
      if (json.has("errors")) {
        return LiveMessage.of(LiveMessage.Kind.RECONNECT, "operational-disconnect");
      }
      int index = json.get("index").asInt();
      assertThat(json.get("text").asText()).isEqualTo(COMMUNITY.postAt(index).text());
      return LiveMessage.of(List.of(COMMUNITY.postAt(index)), marks ? String.valueOf(index) : null);
    }

    @Override
    public @Nullable RecordSource backfill(Hole hole) {
      return marks ? null : new Search();
    }

    @Override
    public void close() {}
  }

  /** Finds all posts that have happened, newest first. */
  private final class Search implements RecordSource {
    @Override
    public PlaceUri uri() {
      return PlaceUri.parse("x:search");
    }

    @Override
    public Network network() {
      return Network.X;
    }

    @Override
    public Order order() {
      return Order.NEWEST_FIRST;
    }

    @Override
    public RecordKind kind() {
      return RecordKind.POST;
    }

    @Override
    public SourceProfile profile() {
      return SourceProfile.ofPages(100);
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public Page fetch(PageRequest request) {
      Position since = Objects.requireNonNull(request.since(), "a hole begins after a post");
      int next =
          request.cursor() == null ? feed.published() - 1 : Integer.parseInt(request.cursor());
      List<SocialRecord> found = new ArrayList<>();
      while (next >= 0 && found.size() < 100) {
        Post post = COMMUNITY.postAt(next);
        if (post.id().equals(since.id())) {
          next = -1;
        } else {
          found.add(post);
          next--;
        }
      }
      return Page.of(
          new Page.Content(found, List.of(), Map.of()),
          null,
          null,
          next < 0 ? null : String.valueOf(next));
    }

    @Override
    public void close() {}
  }

  /** Sleeps by moving the clock of both sides. */
  private final class ClockTiming implements Timing {
    @Override
    public Instant now() {
      return clock.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      clock.sleep(duration);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LINES,false,1",
    "LINES,false,2",
    "EVENTS,false,3",
    "SOCKET,true,4",
    "SOCKET,false,5"
  })
  void fiftyForcedDisconnectsOverRealSockets(Kind kind, boolean marks, long seed) throws Exception {
    int first = feed.published();
    TreeMap<String, Integer> times = new TreeMap<>();
    List<Hole> holes = new ArrayList<>();
    int filled = 0;
    int disconnects = 0;
    int setAside = 0;
    int connects = 0;
    int quiet = 0;
    CompletableFuture<Void> chaos;
    try (LiveStream stream =
        LiveStream.builder(new FeedSource(kind, marks))
            .timing(new ClockTiming())
            .settling(Duration.ZERO)
            .capacity(100)
            .listener(
                new LiveListener() {
                  @Override
                  public void connected() {
                    connections.incrementAndGet();
                  }

                  @Override
                  public void disconnected(String reason) {
                    disconnected.incrementAndGet();
                  }
                })
            .open()) {
      chaos = CompletableFuture.runAsync(() -> disconnect(kind, new Random(seed)));
      while (!chaos.isDone()
          || times.size() < feed.published() - first
          || connects < connections.get()
          || filled < holes.size()) {
        LiveEvent event = stream.next(Duration.ofMillis(100));
        quiet = event == null ? quiet + 1 : 0;
        if (event == null && quiet < 300) {
          continue; // the script may have ended meanwhile
        }
        if (event == null) {
          chaos.getNow(null);
          throw new AssertionError(
              times.size()
                  + " of "
                  + (feed.published() - first)
                  + " posts, "
                  + filled
                  + " of "
                  + holes.size()
                  + " holes filled, "
                  + connects
                  + " of "
                  + connections
                  + " connections; "
                  + chaos);
        }
        if (event instanceof LiveEvent.Records records) {
          firstTaken.countDown();
          setAside += records.rejected().size();
          records.records().forEach(post -> times.merge(post.id(), 1, Integer::sum));
        } else if (event instanceof LiveEvent.HoleOpened opened) {
          holes.add(opened.hole());
        } else if (event instanceof LiveEvent.HoleFilled) {
          filled++;
        } else if (event instanceof LiveEvent.HoleKept kept) {
          throw new AssertionError(kept.toString());
        } else if (event instanceof LiveEvent.Disconnected) {
          disconnects++;
        } else if (event instanceof LiveEvent.Connected) {
          connects++;
        }
      }
    }
    chaos.get();
    assertThat(times).hasSize(feed.published() - first);
    assertThat(times.values()).as("every post once").containsOnly(1);
    assertThat(disconnects).isGreaterThanOrEqualTo(DISCONNECTS);
    assertThat(holes).hasSize(marks ? 0 : disconnects);
    assertThat(setAside).as("a line that broke off is never delivered").isZero();
    assertThat(gate.violations()).as("no connection too soon or beside another").isEmpty();
  }

  private void disconnect(Kind kind, Random random) {
    try {
      feed.awaitOpen(1);
      feed.publish(1);
      firstTaken.await(); // from here on it is known where a hole begins
      while (disconnected.get() < DISCONNECTS) {
        int before = attempts.get();
        feed.publish(random.nextInt(40));
        for (int refusals = random.nextInt(3); refusals > 0; refusals--) {
          instead.add(Answer.empty(random.nextBoolean() ? 503 : 429));
        }
        switch (random.nextInt(6)) {
          case 0 -> feed.disconnect(StreamEnd.CUT);
          case 1 -> feed.disconnect(StreamEnd.CUT_WITHIN_POST);
          case 2 -> feed.disconnect(StreamEnd.CLOSED);
          case 3 -> feed.disconnect(StreamEnd.CLOSED_WITHIN_POST);
          case 4 -> sendError(kind);
          default -> stall();
        }
        feed.publish(random.nextInt(4));
        awaitAttempt(before);
        feed.awaitOpen(1);
        feed.publish(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void sendError(Kind kind) {
    String error = "{\"errors\":[{\"title\":\"operational-disconnect\"}]}";
    switch (kind) {
      case LINES -> feed.send(error + "\r\n");
      case EVENTS -> feed.send("event: error\ndata: " + error + "\n\n");
      case SOCKET -> feed.send(error);
    }
  }

  private void stall() throws InterruptedException {
    int before = attempts.get();
    feed.stall(true);
    while (attempts.get() == before) {
      clock.advance(Duration.ofSeconds(21));
      awaitAttemptFor(before, 50);
    }
    feed.stall(false);
  }

  private void awaitAttempt(int before) throws InterruptedException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (attempts.get() == before) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("The stream did not connect again");
      }
      awaitAttemptFor(before, 20);
    }
  }

  private void awaitAttemptFor(int before, long millis) throws InterruptedException {
    synchronized (attempts) {
      if (attempts.get() == before) {
        attempts.wait(millis);
      }
    }
  }
}
