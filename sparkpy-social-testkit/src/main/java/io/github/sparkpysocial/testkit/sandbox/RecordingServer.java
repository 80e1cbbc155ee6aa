package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Plays a {@link Recording} back over HTTP on the loopback interface. A request gets the next
 * answer that was recorded for its method, path and parameters, and the last one again when there
 * are no more; if several were recorded with different bodies, one whose body is the same goes
 * first. What was not recorded is answered 404 and kept in {@link #unmatched}. Addresses in {@code
 * Link} and {@code Location} lead to this server.
 *
 * <pre>{@code
 * try (RecordingServer server = Sandbox.replay(Recording.load(Path.of("answers")))) {
 *   client.setAddress(server.uri());
 *   // ask
 *   assertThat(server.unmatched()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RecordingServer implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("connection", "content-length", "content-encoding", "transfer-encoding", "date");

  /** By what a request finds its answers. */
  public enum Matching {
    /** Method and path; parameters and bodies may differ. */
    PATH,
    /** Method, path and parameters; bodies may differ. */
    QUERY,
    /** Method, path, parameters and body, which as JSON may be written otherwise. */
    BODY
  }

  private final Recording recording;
  private final Matching matching;
  private final Clock clock;
  private final Instant start;
  private final Map<String, List<Exchange>> left = new HashMap<>();
  private final Set<Exchange> played = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<RecordedRequest> requests = new ArrayList<>();
  private final List<RecordedRequest> unmatched = new ArrayList<>();
  private final LoopbackServer server;

  private RecordingServer(Builder builder) throws IOException {
    this.recording = builder.recording;
    this.matching = builder.matching;
    this.clock = builder.clock;
    this.start = clock.instant();
    for (Exchange exchange : recording.exchanges()) {
      left.computeIfAbsent(exchange.key(matching != Matching.PATH), key -> new ArrayList<>())
          .add(exchange);
    }
    this.server = LoopbackServer.start(builder.port, this::handle);
  }

  /** Starts a server on a free port that matches requests by method, path and parameters. */
  public static RecordingServer start(Recording recording) {
    return builder(recording).start();
  }

  /** Returns a builder of a server. */
  public static Builder builder(Recording recording) {
    return new Builder(recording);
  }

  /** Returns its address, such as {@code http://127.0.0.1:45123}, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns the environment that turns sparkpy-social's clients to it. */
  public Map<String, String> environment() {
    return Map.of(Sandbox.VARIABLE, uri().toString());
  }

  /** Returns the requests answered so far, in order. */
  public List<RecordedRequest> requests() {
    synchronized (left) {
      return List.copyOf(requests);
    }
  }

  /** Returns the requests so far that were not recorded, in order. */
  public List<RecordedRequest> unmatched() {
    synchronized (left) {
      return List.copyOf(unmatched);
    }
  }

  /** Returns how many of the recorded answers were not given yet. */
  public int unplayed() {
    synchronized (left) {
      return recording.size() - played.size();
    }
  }

  private LoopbackServer.Reply handle(Request request) {
    Instant now = clock.instant();
    Exchange exchange;
    synchronized (left) {
      exchange = next(request);
      RecordedRequest seen =
          new RecordedRequest(
              now,
              Network.LOCAL,
              request.method(),
              request.path(),
              Map.of(),
              exchange == null ? 404 : exchange.status(),
              null);
      requests.add(seen);
      if (exchange == null) {
        unmatched.add(seen);
      } else {
        played.add(exchange);
      }
    }
    if (exchange == null) {
      return new LoopbackServer.Reply(notRecorded(request), HttpDates.format(now), Delivery.WHOLE);
    }
    Answer answer = Answer.empty(exchange.status()).withBody(exchange.body());
    String date = "";
    for (Map.Entry<String, List<String>> header : exchange.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      String value =
          WireMockMappings.filled(String.join(", ", header.getValue()), start, now)
              .replaceAll("[\\r\\n]+", " ");
      if (name.equals("date")) {
        date = value;
      } else if (!OF_THE_CONNECTION.contains(name)) {
        answer.with(name, name.equals("link") || name.equals("location") ? local(value) : value);
      }
    }
    return new LoopbackServer.Reply(answer, date, Delivery.WHOLE);
  }

  private @Nullable Exchange next(Request request) {
    String target = request.target();
    String key =
        request.method()
            + ' '
            + (matching == Matching.PATH ? request.encodedPath() : Exchange.canonical(target));
    List<Exchange> candidates = left.get(key);
    if (candidates == null) {
      return null;
    }
    Exchange chosen = null;
    for (Exchange candidate : candidates) {
      if (sameBody(candidate.requestBody(), request.body())) {
        chosen = candidate;
        break;
      }
    }
    if (chosen == null && matching != Matching.BODY) {
      chosen = candidates.get(0);
    }
    if (chosen != null && isFollowed(candidates, chosen)) {
      candidates.remove(chosen);
    }
    return chosen;
  }

  /** Returns whether another answer to the same request comes after this one. */
  private boolean isFollowed(List<Exchange> candidates, Exchange chosen) {
    return matching == Matching.BODY
        ? candidates.stream()
            .anyMatch(
                other ->
                    other != chosen && Objects.equals(other.requestBody(), chosen.requestBody()))
        : candidates.size() > 1;
  }

  private static boolean sameBody(@Nullable String recorded, byte[] sent) {
    String text = new String(sent, StandardCharsets.UTF_8);
    if (recorded == null || text.isEmpty()) {
      return recorded == null && text.isEmpty();
    }
    if (recorded.equals(text)) {
      return true;
    }
    JsonNode one = Json.parse(recorded.getBytes(StandardCharsets.UTF_8));
    JsonNode other = Json.parse(sent);
    return one != null && !one.isMissingNode() && one.equals(other);
  }

  private Answer notRecorded(Request request) {
    Set<String> known = new TreeSet<>();
    for (Exchange exchange : recording.exchanges()) {
      if (known.size() < 20) {
        known.add(exchange.key(true));
      }
    }
    return Answer.json(
        404,
        Json.object()
            .put(
                "message",
                "Not recorded: "
                    + request.method()
                    + ' '
                    + Exchange.canonical(request.target())
                    + "; recorded are "
                    + String.join(", ", known)));
  }

  private String local(String addresses) {
    return addresses.replaceAll("https?://[^/<>\"\\s]+", uri().toString());
  }

  /** Stops the server. What was recorded can still be asked. */
  @Override
  public void close() {
    server.close();
  }

  /** Shows address and recording. */
  @Override
  public String toString() {
    return "RecordingServer[" + uri() + ", " + recording + ']';
  }

  /** Sets how a recording is played. Not thread-safe. */
  public static final class Builder {
    private final Recording recording;
    private Matching matching = Matching.QUERY;
    private Clock clock = Clock.systemUTC();
    private int port;

    private Builder(Recording recording) {
      this.recording = Objects.requireNonNull(recording, "recording");
    }

    /** Sets by what requests find their answers. Default: {@link Matching#QUERY}. */
    public Builder matching(Matching matching) {
      this.matching = Objects.requireNonNull(matching, "matching");
      return this;
    }

    /** Sets the clock that templates of times follow. Default: the system's. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets the port. Default: 0, which takes a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public RecordingServer start() {
      try {
        return new RecordingServer(this);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The recording cannot be played on 127.0.0.1:" + port + "; take another port, or 0", e);
      }
    }
  }
}
