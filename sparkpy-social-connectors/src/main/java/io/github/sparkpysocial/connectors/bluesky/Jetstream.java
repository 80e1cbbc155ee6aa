package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.LiveAnswers;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.LiveTransport;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.http.WebSocketRefusedException;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveConnections;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveTraits;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens on the network, as it happens, over a WebSocket in JSON (<a
 * href="https://github.com/bluesky-social/jetstream">Jetstream</a>). The mark to go on at is a time
 * in microseconds, good on every server, of the last 36 hours; a new connection begins some seconds
 * before it, and what comes again has the same ids. Compression is not asked for.
 */
final class Jetstream implements LiveSource {
  /** The server pings each 30 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(95);

  private static final Duration LOOKBACK = Duration.ofHours(36);
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  /** A cursor below this is the number of an event on one server, not a time. */
  private static final long LEAST_TIME = 1_000_000_000_000_000L;

  /** The two ways in which servers talk. */
  enum Dialect {
    V1("https://jetstream2.us-east.bsky.network", "/subscribe", "wantedCollections", "wantedDids"),
    V2(
        "https://jetstream.us-east.bsky.network",
        "/xrpc/network.bsky.jetstream.subscribeEvents",
        "collections",
        "dids");

    private final URI server;
    private final String path;
    private final String collections;
    private final String dids;

    Dialect(String server, String path, String collections, String dids) {
      this.server = URI.create(server);
      this.path = path;
      this.collections = collections;
      this.dids = dids;
    }
  }

  private final PlaceUri uri;
  private final Dialect dialect;
  private final URI base;
  private final LiveTransport transport;
  private final Clock clock;
  private final List<String> collections;
  private final List<String> dids;

  Jetstream(
      PlaceUri uri,
      SourceOptions options,
      Dialect dialect,
      List<String> collections,
      List<String> dids) {
    this.uri = uri;
    this.dialect = dialect;
    // The stream is public: no credential is looked up for it.
    this.base =
        Endpoint.of(
                uri,
                new SourceOptions(withoutPassword(options.environment()), options.clock()),
                dialect.server,
                BlueskySession.PASSWORD)
            .base();
    this.transport = options.live();
    this.clock = options.clock();
    this.collections = List.copyOf(collections);
    this.dids = List.copyOf(dids);
  }

  private static Map<String, String> withoutPassword(Map<String, String> environment) {
    String sandbox = environment.get(Endpoint.SANDBOX_VARIABLE);
    return sandbox == null ? Map.of() : Map.of(Endpoint.SANDBOX_VARIABLE, sandbox);
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public Network network() {
    return Network.BLUESKY;
  }

  @Override
  public LiveTraits traits() {
    return LiveTraits.withSilence(SILENCE).withLookback(LOOKBACK, OVERLAP);
  }

  @Override
  public LiveConnection connect(@Nullable String resumeAt)
      throws IOException, InterruptedException {
    Query address = new Query(base, dialect.path);
    collections.forEach(collection -> address.with(dialect.collections, collection));
    dids.forEach(did -> address.with(dialect.dids, did));
    HttpRequest handshake = HttpRequest.get(address.with("cursor", cursor(resumeAt)).uri());
    try {
      return LiveConnections.messages(transport.connect(handshake));
    } catch (WebSocketRefusedException e) {
      HttpResponse answer = e.response();
      throw LiveAnswers.refusal(
          base.getHost(),
          answer.status(),
          answer.headers(),
          clock.instant(),
          Redaction.quote(BlueskyErrors.said(answer), handshake),
          "Change the collections or accounts of " + uri);
    }
  }

  private static @Nullable Long cursor(@Nullable String resumeAt) {
    if (resumeAt == null || !resumeAt.matches("\\d{16,18}")) {
      return null;
    }
    return Math.max(LEAST_TIME, Long.parseLong(resumeAt) - OVERLAP.toNanos() / 1_000);
  }

  @Override
  public LiveMessage decode(Frame frame) {
    JsonDocument document;
    try {
      document = JsonDocument.of(frame.text());
    } catch (IllegalArgumentException e) {
      return LiveAnswers.unreadable(uri, frame.text(), "The message is no JSON");
    }
    JsonNode root = document.root();
    try {
      return dialect == Dialect.V1 ? first(document, root) : second(document, root);
    } catch (IllegalArgumentException e) {
      return LiveAnswers.unreadable(uri, frame.text(), String.valueOf(e.getMessage()));
    }
  }

  /** Reads a message of the first dialect, which has its parts in objects of their own. */
  private LiveMessage first(JsonDocument document, JsonNode root) {
    Long micros = Json.number(root, "time_us");
    String mark = micros == null ? null : Long.toString(micros);
    Instant seen = micros == null ? null : instant(micros);
    String kind = root.path("kind").asText("");
    return read(
        document,
        Json.required(root, "did"),
        kind,
        kind.isEmpty() ? root : root.path(kind),
        seen,
        mark);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  /** Reads a message of the second dialect, which has its parts side by side in an envelope. */
  private LiveMessage second(JsonDocument document, JsonNode root) {
    if (root.path("$type").asText("").equals("error")) {
      return LiveMessage.of(
          LiveMessage.Kind.RECONNECT,
          "Jetstream says: "
              + root.path("error").asText("")
              + ' '
              + root.path("message").asText(""));
    }
    JsonNode payload = root.path("payload");
    String type = payload.path("$type").asText("");
    String kind = type.substring(type.indexOf('#') + 1);
    if (kind.equals("info")) {
      String name = payload.path("name").asText("");
      return LiveMessage.of(
          name.equals("OutdatedCursor") ? LiveMessage.Kind.LOSS : LiveMessage.Kind.NOTICE,
          "Jetstream says: " + name + ' ' + payload.path("message").asText(""));
    }
    String time = Json.nonEmpty(payload, "time");
    Instant seen = time == null ? null : AtSyntax.instant(time);
    String mark =
        seen == null
            ? null
            : Long.toString(seen.getEpochSecond() * 1_000_000 + seen.getNano() / 1_000);
    return read(document, Json.required(payload, "did"), kind, payload, seen, mark);
  }

  private LiveMessage read(
      JsonDocument document,
      String did,
      String kind,
      JsonNode body,
      @Nullable Instant seen,
      @Nullable String mark) {
    if (!AtSyntax.isDid(did)) {
      throw new IllegalArgumentException("The field 'did' is no DID");
    }
    PageBuilder page = new PageBuilder(uri, document);
    String raw = document.raw(document.root());
    JetstreamEvents events =
        new JetstreamEvents(
            page, document, new Provenance(uri.toString(), clock.instant(), UserAgent.value()));
    if (kind.equals("commit")) {
      page.one(document.root(), (event, text) -> events.commit(did, body, seen, text));
    } else if (kind.equals("account")) {
      events.account(did, body, seen, raw);
    }
    return LiveAnswers.of(page, mark); // of identities and what else there may be, only the mark
  }

  @Override
  public @Nullable RecordSource backfill(Hole hole) {
    return null; // the next connection goes back itself
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return uri.toString();
  }
}
