package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.RateLimitExceededException;
import io.github.sparkpysocial.limit.UsageCapException;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveConnections;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveTraits;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A live stream of X API v2: the filtered one, {@code GET /2/tweets/search/stream}, or the sample
 * of one post in a hundred, {@code GET /2/tweets/sample/stream}. X sends one JSON object a line and
 * an empty line at least every 20 seconds; a new connection cannot go back without an Enterprise
 * account. An edited post comes again with an id of its own and the history of its ids in its raw
 * JSON.
 */
final class XLiveSource implements LiveSource {
  private static final Logger log = LoggerFactory.getLogger(XLiveSource.class);

  /** X promises a sign of life every 20 s; the rest is for the way. */
  private static final LiveTraits TRAITS = LiveTraits.withSilence(Duration.ofSeconds(25));

  /** Posts arrive some seconds after they were written; asked for again, they are the same. */
  private static final Duration BEFORE_HOLE = Duration.ofSeconds(30);

  private static final Duration SEARCHED = Duration.ofDays(7).minusMinutes(5);

  /**
   * An app may connect so often in so long. Source: <a
   * href="https://docs.x.com/x-api/fundamentals/rate-limits">rate limits</a>.
   */
  private static final Quota CONNECTS = new Quota(50, Duration.ofMinutes(15));

  private static final Duration SHORTLY = Duration.ofSeconds(10);
  private static final int LONGEST_REFUSAL = 64 << 10;

  /** A stream of X. */
  enum Kind {
    FILTERED("/2/tweets/search/stream", "filtered_stream"),
    SAMPLE("/2/tweets/sample/stream", "sample_stream");

    private final String path;
    private final String name;

    Kind(String path, String name) {
      this.path = path;
      this.name = name;
    }
  }

  /**
   * How a stream is read.
   *
   * @param kind which stream
   * @param rule the rule whose posts are wanted, or {@code null} for those of all rules
   * @param manage whether the rule is added if it is not there
   * @param takeover whether the app's other connections to the stream are closed when X refuses
   *     this one because of them
   */
  record Settings(Kind kind, XRules.@Nullable Rule rule, boolean manage, boolean takeover) {}

  private final PlaceUri uri;
  private final SourceOptions options;
  private final XApi api;
  private final Settings settings;
  private final XStreamReader reader;
  private final XMeter posts;
  private final XMeter users;
  private final AtomicReference<@Nullable LiveConnection> current = new AtomicReference<>();

  /** When it connected, in the last 15 minutes. Guarded by itself. */
  private final Deque<Instant> connects = new ArrayDeque<>();

  private volatile XVocabulary words = XVocabulary.TWEET;
  private volatile @Nullable String ruleId;
  private volatile List<String> rules = List.of();
  private volatile @Nullable UsageCapException capReached;

  XLiveSource(PlaceUri uri, SourceOptions options, XApi api, Settings settings) {
    this.uri = uri;
    this.options = options;
    this.api = api;
    this.settings = settings;
    this.reader = new XStreamReader(uri, this::provenance, this::bill);
    this.posts = new XMeter(options.spending(), XBudget.POSTS, XBudget.POST);
    this.users = new XMeter(options.spending(), XBudget.USERS, XBudget.USER);
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public LiveTraits traits() {
    return TRAITS;
  }

  /** Closes the connection before first, since X counts it until it is gone. */
  @Override
  public LiveConnection connect(@Nullable String resumeAt)
      throws IOException, InterruptedException {
    closeCurrent();
    try {
      posts.open();
      users.open();
    } catch (UsageCapException e) {
      throw new LiveRefusedException(LiveRefusedException.Kind.FINAL, null, message(e));
    }
    capReached = null;
    if (settings.kind == Kind.FILTERED) {
      prepareRules();
    }
    HttpRequest request = api.stream(settings.kind.path, words);
    countConnect();
    LiveResponse response = options.live().open(request);
    if (response.status() == 200) {
      LiveConnection connection = LiveConnections.lines(response);
      current.set(connection);
      return connection;
    }
    HttpResponse refusal = whole(response);
    if (refusal.status() == 400 && words.isRefused(XErrors.detail(refusal))) {
      words = words.other();
      throw new LiveRefusedException(
          LiveRefusedException.Kind.TEMPORARY,
          null,
          "X does not take the names of its fields as they were; asking with its other names");
    }
    if (settings.takeover && XStreamRefusals.isTooManyConnections(refusal)) {
      takeOver();
    }
    throw XStreamRefusals.of(request, refusal, options.clock());
  }

  /** Reads what X says on refusing; a server that does not finish is not waited for long. */
  private static HttpResponse whole(LiveResponse response) throws IOException {
    CompletableFuture.delayedExecutor(SHORTLY.toMillis(), TimeUnit.MILLISECONDS)
        .execute(response::close);
    try (response) {
      return HttpResponse.of(
          response.uri(),
          response.status(),
          response.headers(),
          response.body().readNBytes(LONGEST_REFUSAL));
    }
  }

  private void prepareRules() throws IOException, InterruptedException {
    try {
      List<XRules.Rule> there = new XRules(api).list();
      rules = there.stream().map(XRules.Rule::value).toList();
      XRules.Rule wanted = settings.rule;
      if (wanted != null) {
        ruleId = idOf(wanted, there);
      }
    } catch (RateLimitExceededException e) {
      throw refused(LiveRefusedException.Kind.LIMITED, e);
    } catch (AuthenticationException | InvalidQueryException | UsageCapException e) {
      throw refused(LiveRefusedException.Kind.FINAL, e);
    } catch (SocialException e) {
      throw refused(LiveRefusedException.Kind.TEMPORARY, e);
    }
  }

  private static LiveRefusedException refused(LiveRefusedException.Kind kind, SocialException e) {
    LiveRefusedException refused = new LiveRefusedException(kind, null, message(e));
    refused.initCause(e);
    return refused;
  }

  private static String message(SocialException e) {
    return String.valueOf(e.getMessage());
  }

  /** Finds the rule among those there, or adds it. Others are never touched. */
  private String idOf(XRules.Rule wanted, List<XRules.Rule> there)
      throws LiveRefusedException, InterruptedException {
    for (XRules.Rule rule : there) {
      if (rule.value().equals(wanted.value()) && rule.id() != null) {
        return rule.id();
      }
    }
    if (!settings.manage) {
      throw new LiveRefusedException(
          LiveRefusedException.Kind.FINAL,
          null,
          "The app has no rule '"
              + wanted.value()
              + "' among its "
              + there.size()
              + "; add it with manage=true, or with XClient.rules()");
    }
    XRules.Outcome outcome = new XRules(api).add(List.of(wanted)).get(0);
    String id = outcome.rule().id();
    if (id == null) {
      throw new LiveRefusedException(
          LiveRefusedException.Kind.FINAL,
          null,
          "X did not take the rule '"
              + wanted.value()
              + "' ("
              + outcome.result()
              + "): "
              + outcome.said());
    }
    log.info("added the rule '{}' to the app's filtered stream", wanted.value());
    return id;
  }

  /** Closes the app's other connections to this stream. */
  private void takeOver() throws InterruptedException {
    try {
      XConnections connections = new XConnections(api);
      List<String> ids =
          connections.open().stream()
              .filter(connection -> settings.kind.name.equals(connection.stream()))
              .map(XConnections.Connection::id)
              .toList();
      if (!ids.isEmpty()) {
        XConnections.Closed closed = connections.close(ids);
        log.warn("closed {} other connections of the app to {}", closed.closed(), uri);
      }
    } catch (SocialException e) {
      log.warn("the app's other connections to {} could not be closed: {}", uri, message(e));
    }
  }

  @Override
  public LiveMessage decode(Frame frame) {
    return reader.read(frame.text(), settings.rule == null ? null : ruleId);
  }

  private Provenance provenance() {
    return new Provenance(uri.toString(), options.clock().instant(), UserAgent.value());
  }

  /** Counts what came; at the end of the user's cap the connection is closed. */
  private void bill(JsonNode line) {
    JsonNode includes = line.path("includes");
    try {
      posts.count(1L + includes.path("tweets").size() + includes.path("posts").size());
      users.count(includes.path("users").size());
    } catch (UsageCapException e) {
      if (capReached == null) {
        capReached = e;
        log.warn("{} ends: {}", uri, message(e));
        closeCurrent();
      }
    }
  }

  /**
   * Returns a recent search for what the rules match, from the last post that was taken, or half a
   * minute before the hole, to now: what it brings a second time is the same and is not billed
   * again on the same day. Reposts are not found by a search.
   */
  @Override
  public @Nullable RecordSource backfill(Hole hole) {
    if (settings.kind == Kind.SAMPLE) {
      return null;
    }
    String query = XBackfill.query(settings.rule == null ? rules : List.of(settings.rule.value()));
    if (query == null) {
      log.info("a search cannot find what the rules of {} match", uri);
      return null;
    }
    Instant since = hole.from().minus(BEFORE_HOLE);
    Instant earliest = options.clock().instant().minus(SEARCHED);
    Instant start = since.isBefore(earliest) ? earliest : since;
    StringBuilder place =
        new StringBuilder("x:search?q=" + Query.encode(query) + "&since=" + start);
    String endpoint = uri.parameter("endpoint");
    if (endpoint != null) {
      place.append("&endpoint=").append(endpoint);
    }
    return new XSearchSource(
        PlaceUri.parse(place.toString()),
        options,
        api,
        XSearchSource.Reach.RECENT,
        query,
        start,
        null);
  }

  private void countConnect() throws LiveRefusedException {
    synchronized (connects) {
      Instant now = options.clock().instant();
      while (!connects.isEmpty() && !connects.getFirst().plus(CONNECTS.per()).isAfter(now)) {
        connects.removeFirst();
      }
      if (connects.size() >= CONNECTS.permits()) {
        throw new LiveRefusedException(
            LiveRefusedException.Kind.LIMITED,
            Duration.between(now, connects.getFirst().plus(CONNECTS.per())).plusSeconds(1),
            "X lets an app connect to " + uri + ' ' + CONNECTS + "; the next time is not yet");
      }
      connects.addLast(now);
    }
  }

  private void closeCurrent() {
    LiveConnection old = current.getAndSet(null);
    if (old != null) {
      old.close();
    }
  }

  @Override
  public void close() {
    closeCurrent();
    posts.close();
    users.close();
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
