package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The networks, on this machine: a server on the loopback interface that answers as X, GitHub,
 * Meetup, Mastodon and Bluesky do, from a {@link Community}. It keeps their limits, and counts the
 * requests that a well-behaved client would not have sent.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start(Community.builder().build())) {
 *   // X:      sandbox.uri() + "/2/tweets/search/recent?query=spark"
 *   // GitHub: sandbox.uri() + "/orgs/sparkling-labs/repos"
 *   // Meetup: POST sandbox.uri() + "/gql-ext"
 *   assertThat(sandbox.violations()).isEmpty();
 * }
 * }</pre>
 *
 * <p>The token of every network is {@value #TOKEN}; for clients with several tokens {@code
 * sandbox-2}, {@code sandbox-3} and so on are taken, too, each with limits of its own. X and Meetup
 * answer 401 without it, GitHub allows fewer requests, Mastodon and Bluesky need it for some things
 * only. Answers are the same each time; their {@code Date} and all limits follow the sandbox's
 * clock, which a test sets and moves. Thread-safe.
 *
 * <p>A query to Meetup costs one point for each connection that it reads (events, memberships,
 * RSVPs), at least one. Meetup does not publish its own cost.
 */
public final class Sandbox implements AutoCloseable {
  /** The token that the sandbox takes; not a secret. */
  public static final String TOKEN = "sandbox";

  /** The environment variable that turns sparkpy-social's clients to a sandbox. */
  public static final String VARIABLE = "SPARKPY_SANDBOX";

  private static final int MAX_RECORDED = 100_000;

  private final Community community;
  private final Clock clock;
  private final Gate gate;
  private final Elsewhere elsewhere;
  private final FaultPlay faults;
  private final ChaosRun chaos;
  private final LiveFeed feed;
  private final StreamBook streamBook;
  private final List<NetworkApi> apis;
  private final LoopbackServer server;
  private final Deque<RecordedRequest> requests = new ArrayDeque<>();
  private final Map<String, Deque<Fault>> script = new LinkedHashMap<>();

  private Sandbox(Builder builder) throws IOException {
    this.community = builder.community;
    this.clock = builder.clock;
    this.gate = new Gate(clock);
    this.elsewhere = new Elsewhere(() -> uri().getPort(), gate);
    this.faults = new FaultPlay(gate, elsewhere);
    this.chaos = new ChaosRun(builder.chaos, clock);
    this.feed = new LiveFeed(community, builder.heldBack, builder.keepAlive);
    this.streamBook = new StreamBook(clock, gate, feed);
    XCommunity x =
        new XCommunity(community, clock, feed::published, builder.xSuspended, builder.xProtected);
    this.apis =
        List.of(
            new XV1Api(x, builder.limits, gate),
            new XApi(x, builder.limits, gate, feed, builder.xDialect, builder.repostsInSearch),
            new MeetupApi(community, clock, builder.limits, gate),
            new MastodonApi(
                community,
                clock,
                builder.limits,
                gate,
                () -> uri().toString(),
                new Happened(community, Network.MASTODON, feed)),
            new BlueskyApi(
                community,
                clock,
                builder.limits,
                gate,
                new Happened(community, Network.BLUESKY, feed)),
            new GitHubApi(
                community,
                clock,
                builder.limits,
                gate,
                new GitHubOptions(builder.gitHubPageCap, builder.gitHubCrowds),
                () -> uri().toString()));
    this.server = LoopbackServer.start(builder.port, this::handle);
    feed.publishAt(builder.liveRate);
  }

  /** Starts a sandbox on a free port, with the networks' own limits. */
  public static Sandbox start(Community community) {
    return builder(community).start();
  }

  /** Starts a server that plays a recording back instead of a community. */
  public static RecordingServer replay(Recording recording) {
    return RecordingServer.start(recording);
  }

  /** Returns a builder of a sandbox that serves a community. */
  public static Builder builder(Community community) {
    return new Builder(community);
  }

  /** Returns its address, such as {@code http://127.0.0.1:45123}, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Returns the environment that turns sparkpy-social's clients to it. */
  public Map<String, String> environment() {
    return Map.of(VARIABLE, uri().toString());
  }

  /**
   * Returns the same environment with credentials of an OAuth client of Meetup: {@code
   * MEETUP_CLIENT_ID}, {@code MEETUP_CLIENT_SECRET} and {@code MEETUP_REFRESH_TOKEN}. The refresh
   * token is good for one use, as Meetup's are; each answer of {@code POST /oauth2/access} brings
   * the next one, and an access token that lives for an hour of the sandbox's clock.
   */
  public Map<String, String> environmentWithOAuth() {
    return Map.of(
        VARIABLE,
        uri().toString(),
        "MEETUP_CLIENT_ID",
        MeetupOAuth.CLIENT,
        "MEETUP_CLIENT_SECRET",
        MeetupOAuth.SECRET,
        "MEETUP_REFRESH_TOKEN",
        MeetupOAuth.REFRESH_TOKEN);
  }

  /** Returns what it serves. */
  public Community community() {
    return community;
  }

  /** Returns the clock that its answers and limits follow. */
  public Clock clock() {
    return clock;
  }

  /** Returns the requests answered so far, in order; of very many the last 100,000. */
  public List<RecordedRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Returns the requests so far that a well-behaved client would not have sent, in order. */
  public List<Violation> violations() {
    return gate.violations();
  }

  /**
   * Returns how many posts of the community have happened, those deleted since included: all but
   * those that {@link Builder#live(int)} holds back.
   */
  public int published() {
    return feed.published();
  }

  /**
   * Lets the next posts of the community happen: from now on they are found, and they are sent to
   * all open streams.
   *
   * @param posts how many, at least 0
   * @throws IllegalArgumentException if fewer are held back
   */
  public void publish(int posts) {
    feed.publish(posts);
  }

  /** Returns how many streams are open. */
  public int openStreams() {
    return feed.open();
  }

  /**
   * Waits until so many streams are open.
   *
   * @throws IllegalStateException if that takes more than a minute
   * @throws InterruptedException if the thread is interrupted
   */
  public void awaitStreams(int streams) throws InterruptedException {
    feed.awaitOpen(streams);
  }

  /** Cuts the connections of all open streams now, wherever they are. */
  public void disconnectStreams() {
    disconnectStreams(StreamEnd.CUT);
  }

  /** Ends all open streams in a way, and returns when they are gone. */
  public void disconnectStreams(StreamEnd how) {
    feed.disconnect(Objects.requireNonNull(how, "how"));
  }

  /** Makes all streams, also those to come, silent: nothing is sent, not even keep-alives. */
  public void stallStreams() {
    feed.stall(true);
  }

  /** Ends {@link #stallStreams()}; what happened meanwhile is sent. */
  public void resumeStreams() {
    feed.stall(false);
  }

  /**
   * Sends a text to all open streams as it is: some bytes of the body over HTTP, with its line
   * ends, or a message of a WebSocket. Works also while streams are stalled.
   */
  public void sendToStreams(String text) {
    feed.send(text);
  }

  /** Sends a keep-alive to all open streams now; by itself one is sent after some seconds. */
  public void keepStreamsAlive() {
    feed.keepAlive();
  }

  /** Sends messages of WebSockets in frames of at most so many bytes, also on streams to come. */
  public void fragmentMessages(int bytes) {
    feed.fragment(bytes);
  }

  /**
   * Lets the next answers on a path go wrong, one after the other; after them all is well again, or
   * as the {@link Chaos} has it.
   *
   * @param path the beginning of the path, such as {@code /2/tweets/search/recent} or {@code
   *     /repos/}
   */
  public void next(String path, Fault... faults) {
    synchronized (script) {
      script.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(List.of(faults));
    }
  }

  private @Nullable Fault fault(String path) {
    synchronized (script) {
      for (Map.Entry<String, Deque<Fault>> entry : script.entrySet()) {
        if (path.startsWith(entry.getKey()) && !entry.getValue().isEmpty()) {
          return entry.getValue().poll();
        }
      }
    }
    return chaos.next(path);
  }

  private LoopbackServer.Reply handle(Request request) {
    Instant at = clock.instant();
    if (Elsewhere.serves(request.path())) {
      Answer answer = elsewhere.answer(request);
      record(request, at, Elsewhere.network(request), answer.status(), null);
      return new LoopbackServer.Reply(answer, HttpDates.format(at), Delivery.WHOLE);
    }
    NetworkApi api = api(request.path());
    Fault fault = fault(request.path());
    if (fault != null) {
      befallStreams(fault.kind());
    }
    StreamRules rules = api.streamRules(request);
    if (rules != null) {
      streamBook.attempt(rules, api.network(), request.path());
    }
    LoopbackServer.Reply reply = faults.play(fault, request, api, at);
    Answer answer = reply.answer();
    if (rules != null) {
      streamBook.answered(rules, answer);
    }
    record(
        request,
        at,
        api.network(),
        answer == null ? 0 : answer.status(),
        fault == null ? null : fault.name());
    return reply;
  }

  private void befallStreams(Fault.Kind kind) {
    switch (kind) {
      case CUT_STREAMS -> disconnectStreams();
      case STALL_STREAMS -> stallStreams();
      case RESUME_STREAMS -> resumeStreams();
      default -> {
        // the others befall the answer
      }
    }
  }

  private void record(
      Request request, Instant at, Network network, int status, @Nullable String fault) {
    synchronized (requests) {
      if (requests.size() == MAX_RECORDED) {
        requests.removeFirst();
      }
      requests.add(
          new RecordedRequest(
              at, network, request.method(), request.path(), shown(request), status, fault));
    }
  }

  private static Map<String, String> shown(Request request) {
    Map<String, String> shown = new LinkedHashMap<>(request.query());
    shown.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).contains("access_token"));
    return shown;
  }

  /** Returns whether a token is one of the sandbox's. */
  static boolean accepts(@Nullable String token) {
    return TOKEN.equals(token) || (token != null && token.matches(TOKEN + "-[0-9]{1,3}"));
  }

  private NetworkApi api(String path) {
    return apis.stream().filter(api -> api.serves(path)).findFirst().orElseThrow();
  }

  /** Stops the server and closes its connections. What was recorded can still be asked. */
  @Override
  public void close() {
    feed.close();
    server.close();
  }

  /** Shows address and community. */
  @Override
  public String toString() {
    return "Sandbox[" + uri() + ", " + community + ']';
  }

  /** Sets how a sandbox is started. Not thread-safe. */
  public static final class Builder {
    private final Community community;
    private int port;
    private Clock clock;
    private Limits limits = Limits.ofTheNetworks();
    private XDialect xDialect = XDialect.TWEET;
    private boolean repostsInSearch;
    private Set<String> xSuspended = Set.of();
    private Set<String> xProtected = Set.of();
    private Chaos chaos = Chaos.NONE;
    private int gitHubPageCap = GitHubOptions.PAGES_OF_GITHUB;
    private final Map<String, Integer> gitHubCrowds = new LinkedHashMap<>();
    private int heldBack;
    private double liveRate;
    private Duration keepAlive = Duration.ofSeconds(15);

    private Builder(Community community) {
      this.community = Objects.requireNonNull(community, "community");
      this.clock =
          Clock.offset(
              Clock.systemUTC(), Duration.between(Clock.systemUTC().instant(), community.now()));
    }

    /**
     * Sets the port. Default: 0, which takes a free one.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("A port is from 0 to 65535, was " + port);
      }
      this.port = port;
      return this;
    }

    /**
     * Sets the clock of the networks. Default: one that runs from the {@linkplain Community#now()
     * community's instant} on. X's search covers the seven days before it.
     */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets the limits. Default: {@link Limits#ofTheNetworks()}. */
    public Builder limits(Limits limits) {
      this.limits = Objects.requireNonNull(limits, "limits");
      return this;
    }

    /** Sets the names that X uses for posts. Default: {@link XDialect#TWEET}. */
    public Builder xDialect(XDialect dialect) {
      this.xDialect = Objects.requireNonNull(dialect, "dialect");
      return this;
    }

    /** Lets X's search find reposts, as it did before May 2026. Default: it does not. */
    public Builder repostsInSearch() {
      this.repostsInSearch = true;
      return this;
    }

    /** Suspends these accounts on X: neither they nor their posts are shown. Default: none. */
    public Builder xSuspended(String... handles) {
      this.xSuspended = lower(handles);
      return this;
    }

    /** Lets these accounts on X show their posts to nobody else. Default: none. */
    public Builder xProtected(String... handles) {
      this.xProtected = lower(handles);
      return this;
    }

    private static Set<String> lower(String... handles) {
      return Arrays.stream(handles).map(XCommunity::lower).collect(Collectors.toSet());
    }

    /** Sets by which rules answers go wrong. Default: {@link Chaos#NONE}. */
    public Builder chaos(Chaos chaos) {
      this.chaos = Objects.requireNonNull(chaos, "chaos");
      return this;
    }

    /**
     * Sets how many pages of a listing GitHub's REST API shows, to reach its wall cheaply. Default:
     * 400, as GitHub's.
     */
    public Builder gitHubPageCap(int pages) {
      this.gitHubPageCap = pages;
      return this;
    }

    /**
     * Lets a repository have this many stargazers, made when they are read, instead of those of the
     * community. Default: none does.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder gitHubCrowd(String fullName, int stargazers) {
      if (stargazers < 0) {
        throw new IllegalArgumentException("stargazers must not be negative, was " + stargazers);
      }
      this.gitHubCrowds.put(Objects.requireNonNull(fullName, "fullName"), stargazers);
      return this;
    }

    /**
     * Holds the last posts of the community back: they have not happened yet, until {@link
     * Sandbox#publish(int)} or {@link #liveRate(double)} lets them. They keep their ids and the
     * times at which the community wrote them, whatever the clock is when they are published.
     * Default: 0, all have happened.
     *
     * @throws IllegalArgumentException if negative or more than there are
     */
    public Builder live(int posts) {
      if (posts < 0 || posts > community.writtenPosts()) {
        throw new IllegalArgumentException(
            "From 0 to " + community.writtenPosts() + " posts can be held back, was " + posts);
      }
      this.heldBack = posts;
      return this;
    }

    /**
     * Lets so many posts that are held back happen each second by themselves, by the system's
     * clock. Default: 0, none.
     *
     * @throws IllegalArgumentException if negative or more than 10,000
     */
    public Builder liveRate(double perSecond) {
      if (!(perSecond >= 0 && perSecond <= 10_000)) {
        throw new IllegalArgumentException(
            "From 0 to 10,000 posts can happen in a second, was " + perSecond);
      }
      this.liveRate = perSecond;
      return this;
    }

    /**
     * Sets after how long a silence a stream sends a keep-alive, by the system's clock. Default: 15
     * seconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder keepAlive(Duration silence) {
      if (silence.toMillis() < 1) {
        throw new IllegalArgumentException("keepAlive must be positive, was " + silence);
      }
      this.keepAlive = silence;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public Sandbox start() {
      try {
        return new Sandbox(this);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "The sandbox cannot listen on 127.0.0.1:" + port + "; take another port, or 0", e);
      }
    }
  }
}
