package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.LiveAnswers;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.LiveTransport;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.http.UserAgent;
import io.github.sparkpysocial.http.WebSocketRefusedException;
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
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The live stream of a timeline, over server-sent events or a WebSocket (<a
 * href="https://docs.joinmastodon.org/methods/streaming/">streaming</a>). It cannot go back: what
 * is missed is read from the timeline. A deletion tells the instance's own number of a post; of the
 * posts of other instances, those that this stream brought are known by it.
 */
final class MastodonStream implements LiveSource {
  /** An instance sends {@code :thump} each 15 seconds, and a ping each 30. */
  private static final Duration SILENCE = Duration.ofSeconds(50);

  private static final Duration SILENCE_OF_SOCKET = Duration.ofSeconds(95);
  private static final int REMEMBERED = 100_000;

  /**
   * What is followed.
   *
   * @param path the address of the events, below {@code /api/v1/streaming}
   * @param name the name of the stream over a WebSocket
   * @param tag the tag, or {@code null}
   * @param part {@code local} or {@code remote}, or {@code null} for both
   */
  record Topic(String path, String name, @Nullable String tag, @Nullable String part) {}

  private final PlaceUri uri;
  private final MastodonApi api;
  private final StreamHost host;
  private final LiveTransport transport;
  private final Clock clock;
  private final Topic topic;
  private final boolean webSocket;
  private final Backfill backfill;

  /** The ids of the posts of other instances by the number they have here. */
  private final Map<String, String> remote =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Opens the timeline of what was missed. */
  @FunctionalInterface
  interface Backfill {
    RecordSource open();
  }

  MastodonStream(
      PlaceUri uri,
      SourceOptions options,
      MastodonApi api,
      Topic topic,
      boolean webSocket,
      Backfill backfill) {
    this.uri = uri;
    this.api = api;
    this.host = new StreamHost(api);
    this.transport = options.live();
    this.clock = options.clock();
    this.topic = topic;
    this.webSocket = webSocket;
    this.backfill = backfill;
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public Network network() {
    return Network.MASTODON;
  }

  @Override
  public LiveTraits traits() {
    return LiveTraits.withSilence(webSocket ? SILENCE_OF_SOCKET : SILENCE);
  }

  @Override
  public LiveConnection connect(@Nullable String resumeAt)
      throws IOException, InterruptedException {
    URI base = host.find();
    Query address =
        webSocket
            ? new Query(base, "/api/v1/streaming").with("stream", topic.name())
            : new Query(base, "/api/v1/streaming" + topic.path());
    HttpRequest request = api.signed(HttpRequest.get(address.with("tag", topic.tag()).uri()));
    return webSocket ? socket(request) : events(request.withHeader("Accept", "text/event-stream"));
  }

  private LiveConnection socket(HttpRequest request) throws IOException, InterruptedException {
    try {
      return LiveConnections.messages(transport.connect(request));
    } catch (WebSocketRefusedException e) {
      HttpResponse answer = e.response();
      throw refusal(request, answer.status(), answer.headers(), MastodonErrors.message(answer));
    }
  }

  private LiveConnection events(HttpRequest request) throws IOException, InterruptedException {
    LiveResponse response = transport.open(request);
    String type = String.valueOf(response.headers().first("Content-Type"));
    if (response.status() == 200 && type.startsWith("text/event-stream")) {
      return LiveConnections.events(response);
    }
    try (response) {
      if (response.status() == 200) {
        throw new LiveRefusedException(
            LiveRefusedException.Kind.FINAL,
            null,
            request.uri().getHost() + " does not stream: it answered with " + type);
      }
      HttpResponse read =
          HttpResponse.of(
              response.uri(),
              response.status(),
              response.headers(),
              response.body().readNBytes(10_000));
      throw refusal(request, read.status(), read.headers(), MastodonErrors.message(read));
    }
  }

  private LiveRefusedException refusal(
      HttpRequest request, int status, Headers headers, String said) {
    return LiveAnswers.refusal(
        request.uri().getHost(),
        status,
        headers,
        clock.instant(),
        Redaction.quote(said, request),
        "Check "
            + MastodonApi.TOKEN
            + ", a token with the scope read of an account on "
            + api.host());
  }

  @Override
  public LiveMessage decode(Frame frame) {
    if (!webSocket) {
      return event(String.valueOf(frame.event()), frame.text());
    }
    JsonNode message;
    try {
      message = JsonDocument.of(frame.text()).root();
    } catch (IllegalArgumentException e) {
      return LiveAnswers.unreadable(uri, frame.text(), "The message is no JSON");
    }
    String error = message.path("error").asText("");
    if (!error.isEmpty()) {
      return LiveMessage.of(LiveMessage.Kind.RECONNECT, api.host() + " says: " + error);
    }
    return event(message.path("event").asText(""), message.path("payload").asText(""));
  }

  private LiveMessage event(String name, String payload) {
    return switch (name) {
      case "update", "status.update" -> status(payload);
      case "delete" -> deletion(payload);
      default -> LiveMessage.of(LiveMessage.Kind.NOTICE, api.host() + " sent the event " + name);
    };
  }

  private LiveMessage status(String payload) {
    JsonDocument document;
    try {
      document = JsonDocument.of(payload);
    } catch (IllegalArgumentException e) {
      return LiveAnswers.unreadable(uri, payload, "The status is no JSON");
    }
    PageBuilder page = new PageBuilder(uri, document);
    MastodonRecords records = new MastodonRecords(api.host(), provenance());
    page.one(
        document.root(),
        (status, raw) -> {
          if (MastodonRecords.isPublic(status)) {
            records.status(page, document, status, raw);
            remember(status.path("id").asText(), MastodonIds.post(api.host(), status));
          }
        });
    return LiveAnswers.of(page, null);
  }

  private LiveMessage deletion(String payload) {
    String number = payload.strip();
    if (!MastodonApi.isId(number)) {
      return LiveAnswers.unreadable(uri, payload, "A deletion names no id");
    }
    String id;
    synchronized (remote) {
      id = remote.getOrDefault(number, MastodonIds.local(api.host(), number));
    }
    return LiveMessage.of(
        List.of(
            new Tombstone(
                Network.MASTODON, id, RecordKind.POST, null, null, provenance(), payload)),
        null);
  }

  private void remember(String number, String id) {
    if (!id.equals(MastodonIds.local(api.host(), number))) {
      synchronized (remote) {
        remote.put(number, id);
      }
    }
  }

  private Provenance provenance() {
    return new Provenance(uri.toString(), clock.instant(), UserAgent.value());
  }

  @Override
  public RecordSource backfill(Hole hole) {
    return backfill.open();
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return uri.toString();
  }
}
