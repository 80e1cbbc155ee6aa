package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A network on which posts 1, 2, 3 … happen when a test says so. Its frames are a post's number,
 * {@code number=text} for one that was edited, {@code -number} for one that was deleted, or a word
 * that starts with {@code notice}, {@code loss} or {@code error}; anything else cannot be read.
 */
public final class FakeNetwork implements LiveSource {
  public static final Instant START = Instant.parse("2026-11-15T00:00:00Z");

  private static final int PAGE = 7;

  private final LiveTraits traits;
  private final boolean searches;
  private final Deque<IOException> refusals = new ArrayDeque<>();
  private final List<FakeConnection> open = new ArrayList<>();
  private final List<@Nullable String> asked = new ArrayList<>();
  private final List<Hole> searched = new ArrayList<>();
  private int happened;
  private int mostOpen;
  private int connections;

  public FakeNetwork(LiveTraits traits, boolean searches) {
    this.traits = traits;
    this.searches = searches;
  }

  /** Returns a network without marks, as X, with a search. */
  public static FakeNetwork withSearch() {
    return new FakeNetwork(LiveTraits.withSilence(Duration.ofSeconds(20)), true);
  }

  /** Returns a network with marks, as Bluesky's Jetstream, without a search. */
  public static FakeNetwork withMarks() {
    return new FakeNetwork(
        LiveTraits.withSilence(Duration.ofSeconds(60))
            .withLookback(Duration.ofHours(36), Duration.ZERO),
        false);
  }

  /** Lets the next connections fail. */
  public synchronized void refuse(IOException... failures) {
    refusals.addAll(List.of(failures));
  }

  /** Lets so many more posts happen. */
  public synchronized void happen(int posts) {
    for (int i = 0; i < posts; i++) {
      happened++;
      send(String.valueOf(happened));
    }
  }

  /** Lets posts happen that the stream never sends. */
  public synchronized void happenUnseen(int posts) {
    happened += posts;
  }

  public synchronized int happened() {
    return happened;
  }

  /** Sends a frame to all connections. */
  public synchronized void send(String text) {
    open.forEach(connection -> connection.arrived.add(new Frame(null, text)));
  }

  /** Breaks all connections; what was sent before still arrives. */
  public synchronized void cut() {
    open.forEach(connection -> connection.arrived.add(FakeConnection.CUT));
    open.clear();
    notifyAll();
  }

  /** Ends all connections in order. */
  public synchronized void end() {
    open.forEach(connection -> connection.arrived.add(FakeConnection.END));
    open.clear();
    notifyAll();
  }

  /** Waits until so many connections were tried or made in all, and one is open. */
  public synchronized void awaitConnection(int attempts) throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (asked.size() < attempts || open.isEmpty()) {
      long millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError(asked.size() + " attempts, " + open.size() + " open");
      }
      wait(millis);
    }
  }

  /** Does something again and again until so many connections were tried in all. */
  public synchronized void awaitAttempt(int attempts, Runnable meanwhile)
      throws InterruptedException {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (asked.size() < attempts) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(asked.size() + " attempts");
      }
      meanwhile.run();
      wait(50);
    }
  }

  /** Returns with which mark each connection was asked for. */
  public synchronized List<@Nullable String> asked() {
    return new ArrayList<>(asked);
  }

  public synchronized List<Hole> searched() {
    return List.copyOf(searched);
  }

  public synchronized int connections() {
    return connections;
  }

  public synchronized int mostOpen() {
    return mostOpen;
  }

  @Override
  public PlaceUri uri() {
    return PlaceUri.parse("fake:stream");
  }

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public LiveTraits traits() {
    return traits;
  }

  @Override
  public synchronized LiveConnection connect(@Nullable String resumeAt) throws IOException {
    asked.add(resumeAt);
    notifyAll();
    IOException refusal = refusals.poll();
    if (refusal != null) {
      throw refusal;
    }
    FakeConnection connection = new FakeConnection();
    if (resumeAt != null) {
      for (int i = Integer.parseInt(resumeAt); i <= happened; i++) {
        connection.arrived.add(new Frame(null, String.valueOf(i)));
      }
    }
    open.add(connection);
    connections++;
    mostOpen = Math.max(mostOpen, open.size());
    return connection;
  }

  @Override
  public LiveMessage decode(Frame frame) {
    String text = frame.text();
    if (text.startsWith("notice")) {
      return LiveMessage.of(LiveMessage.Kind.NOTICE, text);
    }
    if (text.startsWith("loss")) {
      return LiveMessage.of(LiveMessage.Kind.LOSS, text);
    }
    if (text.startsWith("error")) {
      return LiveMessage.of(LiveMessage.Kind.RECONNECT, text);
    }
    if (text.startsWith("bug")) {
      throw new IllegalStateException("a bug of the client");
    }
    try {
      String[] parts = text.split("=", 2);
      int number = Integer.parseInt(parts[0]);
      SocialRecord record =
          number < 0
              ? new Tombstone(
                  Network.X,
                  String.valueOf(-number),
                  RecordKind.POST,
                  null,
                  null,
                  Provenance.UNKNOWN,
                  null)
              : post(number, parts.length == 1 ? "post " + number : parts[1]);
      String mark = traits.lookback().isZero() || number < 0 ? null : String.valueOf(number);
      return LiveMessage.of(List.of(record), mark);
    } catch (NumberFormatException e) {
      return LiveMessage.rejected(
          new Rejected("fake:stream", 0, null, "no number", text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static Post post(int number, String text) {
    return Post.builder(Network.X, String.valueOf(number), text)
        .createdAt(START.plusSeconds(number))
        .build();
  }

  @Override
  public @Nullable RecordSource backfill(Hole hole) {
    synchronized (this) {
      searched.add(hole);
    }
    return searches ? new Search() : null;
  }

  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}

  private final class FakeConnection implements LiveConnection {
    private static final Frame CUT = new Frame("cut", "");
    private static final Frame END = new Frame("end", "");
    private static final Frame CLOSED = new Frame("closed", "");

    private final BlockingQueue<Frame> arrived = new LinkedBlockingQueue<>();

    @Override
    public @Nullable Frame read() throws IOException, InterruptedException {
      Frame frame = arrived.take();
      if (frame.equals(CUT) || frame.equals(CLOSED)) {
        throw new IOException("the connection was " + frame.event());
      }
      return frame.equals(END) ? null : frame;
    }

    @Override
    public void close() {
      synchronized (FakeNetwork.this) {
        open.remove(this);
        FakeNetwork.this.notifyAll();
      }
      arrived.add(CLOSED);
    }
  }

  /** Finds all posts after one, newest first. */
  private final class Search implements RecordSource {
    @Override
    public PlaceUri uri() {
      return PlaceUri.parse("fake:search");
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
      return SourceProfile.ofPages(PAGE);
    }

    @Override
    public Usage usage() {
      return Usage.NONE;
    }

    @Override
    public Page fetch(PageRequest request) {
      Position since = request.since();
      int after = since == null ? 0 : Integer.parseInt(since.id());
      int newest = request.cursor() == null ? happened() : Integer.parseInt(request.cursor());
      List<SocialRecord> found = new ArrayList<>();
      int next = newest;
      while (next > after && found.size() < PAGE) {
        found.add(post(next, "post " + next));
        next--;
      }
      return Page.of(
          new Page.Content(found, List.of(), Map.of()),
          null,
          null,
          next > after ? String.valueOf(next) : null);
    }

    @Override
    public void close() {}
  }
}
