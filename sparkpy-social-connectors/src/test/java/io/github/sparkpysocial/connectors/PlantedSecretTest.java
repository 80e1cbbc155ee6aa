package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.http.LiveResponse;
import io.github.sparkpysocial.http.LiveTransport;
import io.github.sparkpysocial.http.WebSocketConnection;
import io.github.sparkpysocial.http.WebSocketRefusedException;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server repeats the token in everything it says. It must reach no exception, log, ledger, store,
 * report or listener.
 */
class PlantedSecretTest {
  private static final String SECRET = "pl4nted-Secret_Value";

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<LimitWait> waits = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 301, 400, 401, 402, 403, 404, 409, 418, 422, 429, 500, 503})
  void theTokenIsNowhere(int status) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> received = new ArrayList<>();
    server.createContext(
        "/",
        exchange -> {
          String token = exchange.getRequestHeaders().getFirst("Authorization");
          received.add(token);
          byte[] body =
              ("{\"message\":\"bad credential "
                      + token
                      + "\",\"detail\":\""
                      + token
                      + "\",\"title\":\""
                      + SECRET
                      + "\",\"errors\":[{\"message\":\""
                      + token
                      + "\",\"code\":\"rate limit "
                      + SECRET
                      + "\"}]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Echo", token);
          exchange
              .getResponseHeaders()
              .add("Location", "http://example.org/?access_token=" + SECRET);
          exchange.sendResponseHeaders(status, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    StringBuilder everything = new StringBuilder();
    try {
      for (String place :
          List.of(
              "x:search?q=a",
              "x:posts?ids=1",
              "github:o/repos",
              "github:o/r/languages",
              "github:search?q=a",
              "meetup:g",
              "mastodon:m.example/public",
              "mastodon:m.example/search?q=a&type=statuses")) {
        everything.append(harvest(place, server.getAddress().getPort()));
      }
    } finally {
      server.stop(0);
    }

    assertThat(received).isNotEmpty().allMatch(("Bearer " + SECRET)::equals);
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        everything.append(Files.readString(file));
      }
    }
    everything.append(waits);
    everything.append(Files.readString(Path.of("target/debug.log")));
    assertThat(everything.toString()).doesNotContain(SECRET);
  }

  /** Meetup's token server repeats the client's secret and refresh token, and gives new ones. */
  @ParameterizedTest
  @ValueSource(ints = {200, 400, 401, 403, 500})
  void theSecretsOfAnOAuthClientAreNowhere(int status) throws Exception {
    List<String> asked = new ArrayList<>();
    HttpTransport echo =
        request -> {
          asked.add(request.uri().toString());
          byte[] sent = request.body();
          String said = sent == null ? "" : new String(sent, StandardCharsets.UTF_8);
          boolean tokens = request.uri().getPath().equals("/oauth2/access");
          return HttpResponse.of(
              request.uri(),
              tokens ? status : 401,
              Headers.NONE,
              (tokens && status == 200
                      ? "{\"access_token\":\"new-"
                          + SECRET
                          + "\",\"refresh_token\":\"r2-"
                          + SECRET
                          + "\"}"
                      : "{\"error\":\""
                          + SECRET
                          + "\",\"error_description\":\""
                          + said
                          + request.headers().first("Authorization")
                          + "\"}")
                  .getBytes(StandardCharsets.UTF_8));
        };
    SourceOptions options =
        new SourceOptions(
                Map.of(
                    "MEETUP_CLIENT_ID", "the-client-" + status,
                    "MEETUP_CLIENT_SECRET", SECRET,
                    "MEETUP_REFRESH_TOKEN", "r1-" + SECRET),
                clock)
            .withTransport(echo)
            .withLimits(Recorded.options(clock, echo).limits())
            .withListener(waits::add);
    StringWriter shown = new StringWriter();
    shown.append(options.toString());
    try (RecordSource source = Places.openSource(PlaceUri.parse("meetup:g"), options)) {
      source.records().forEach(record -> shown.append(record.toString()));
    } catch (SocialException e) {
      e.printStackTrace(new PrintWriter(shown));
    }

    assertThat(asked).contains("https://secure.meetup.com/oauth2/access");
    assertThat(shown + asked.toString() + waits + Files.readString(Path.of("target/debug.log")))
        .contains("Exception")
        .doesNotContain(SECRET);
  }

  /** Servers repeat a password, the tokens of a session and the parts of a signature. */
  @ParameterizedTest
  @CsvSource({
    "bluesky:search?q=a, 200",
    "bluesky:search?q=a, 401",
    "bluesky:search?q=a, 500",
    "bluesky:a.example/posts, 200",
    "bluesky:a.example/posts, 400",
    "x:v1/search?q=a, 200",
    "x:v1/search?q=a, 401",
    "x:v1/search?q=a, 403"
  })
  void thePartsOfALoginAreNowhere(String place, int status) throws Exception {
    List<String> asked = new ArrayList<>();
    HttpTransport echo =
        request -> {
          asked.add(request.uri().toString());
          byte[] sent = request.body();
          String said =
              (request.headers().first("Authorization")
                      + (sent == null ? "" : new String(sent, StandardCharsets.UTF_8)))
                  .replace('"', '\'');
          boolean session = request.uri().getPath().endsWith("createSession") && status == 200;
          String body =
              session
                  ? "{\"accessJwt\":\"a-%1$s\",\"refreshJwt\":\"r-%1$s\",\"did\":\"did:plc:a\","
                      + "\"handle\":\"a.example\"}"
                  : "{\"error\":\"%1$s\",\"message\":\"%2$s\",\"errors\":[{\"code\":32,"
                      + "\"message\":\"%2$s\"}]}";
          return HttpResponse.of(
              request.uri(),
              session ? 200 : status == 200 ? 400 : status,
              Headers.NONE,
              body.formatted(SECRET, said).getBytes(StandardCharsets.UTF_8));
        };
    SourceOptions options =
        new SourceOptions(
                Map.of(
                    "BLUESKY_IDENTIFIER",
                    "a.example",
                    "BLUESKY_APP_PASSWORD",
                    SECRET,
                    "X_CONSUMER_KEY",
                    "key-" + SECRET,
                    "X_CONSUMER_SECRET",
                    SECRET,
                    "X_ACCESS_TOKEN",
                    "token-" + SECRET,
                    "X_ACCESS_TOKEN_SECRET",
                    "deep-" + SECRET),
                clock)
            .withTransport(echo)
            .withLimits(Recorded.options(clock, echo).limits())
            .withListener(waits::add);
    StringWriter shown = new StringWriter();
    shown.append(options.toString());
    try (RecordSource source = Places.openSource(PlaceUri.parse(place), options)) {
      source.records().forEach(record -> shown.append(record.toString()));
    } catch (SocialException e) {
      e.printStackTrace(new PrintWriter(shown));
    }

    assertThat(shown + asked.toString() + waits + Files.readString(Path.of("target/debug.log")))
        .contains("Exception")
        .doesNotContain(SECRET);
  }

  /** A server that refuses a live stream repeats the token, too. */
  @ParameterizedTest
  @CsvSource({
    "x:stream, 401",
    "x:stream, 403",
    "x:stream, 409",
    "x:stream, 429",
    "x:stream, 503",
    "mastodon:m.example/stream/public, 401",
    "mastodon:m.example/stream/public, 503"
  })
  void refusedStreamsTellNoToken(String place, int status) throws Exception {
    SourceOptions options =
        new SourceOptions(Map.of("X_BEARER_TOKEN", SECRET, "MASTODON_TOKEN", SECRET), clock)
            .withTransport(PlantedSecretTest::repeat)
            .withLimits(Recorded.options(clock, PlantedSecretTest::repeat).limits())
            .withLive(new Refusing(status));
    StringWriter shown = new StringWriter();
    try (LiveSource source = Places.openLive(PlaceUri.parse(place), options)) {
      source.connect(null);
    } catch (IOException | SocialException e) {
      e.printStackTrace(new PrintWriter(shown));
    }

    assertThat(shown + Files.readString(Path.of("target/debug.log")))
        .contains("Exception")
        .doesNotContain(SECRET);
  }

  private static HttpResponse repeat(HttpRequest request) {
    return HttpResponse.of(
        request.uri(),
        404,
        Headers.NONE,
        ("{\"error\":\"" + request.headers().first("Authorization") + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }

  /** Refuses every stream, in words that hold all that was sent. */
  private record Refusing(int status) implements LiveTransport {
    @Override
    public LiveResponse open(HttpRequest request) {
      HttpResponse said = repeat(request);
      return new LiveResponse() {
        @Override
        public URI uri() {
          return request.uri();
        }

        @Override
        public int status() {
          return status;
        }

        @Override
        public Headers headers() {
          return Headers.NONE.with("X-Echo", SECRET);
        }

        @Override
        public InputStream body() {
          return said.stream();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public WebSocketConnection connect(HttpRequest handshake) throws IOException {
      throw new WebSocketRefusedException(repeat(handshake));
    }
  }

  @Test
  void debugLogsAreReallyWritten() throws IOException {
    org.slf4j.LoggerFactory.getLogger("io.github.sparkpysocial.http.Probe").debug("a probe");

    assertThat(Path.of("target/debug.log")).content().contains("a probe");
  }

  /** Harvests from the real addresses, which a transport leads to this machine. */
  private String harvest(String place, int port) throws InterruptedException {
    HttpTransport real = JdkHttpTransport.shared();
    SourceOptions options =
        Recorded.options(
            clock,
            request -> {
              String query = request.uri().getRawQuery();
              String path = request.uri().getRawPath() + (query == null ? "" : '?' + query);
              HttpResponse answer =
                  real.send(request.withUri(URI.create("http://127.0.0.1:" + port + path)));
              return HttpResponse.of(
                  request.uri(), answer.status(), answer.headers(), answer.bytes());
            });
    options =
        new SourceOptions(
                Map.of(
                    "GITHUB_TOKEN", SECRET,
                    "MEETUP_TOKEN", SECRET,
                    "X_BEARER_TOKEN", SECRET,
                    "MASTODON_TOKEN", SECRET),
                clock)
            .withTransport(options.transport())
            .withLimits(options.limits())
            .withListener(waits::add);
    StringWriter shown = new StringWriter();
    shown.append(options.toString());
    try (RecordSource source = Places.openSource(PlaceUri.parse(place), options);
        RecordStore store =
            Places.openStore(
                PlaceUri.parse(directory.resolve("out.jsonl").toString()),
                StoreOptions.with(Quarantine.inMemory()))) {
      Harvest harvest =
          Harvest.builder(source, store).ledger(directory.resolve("ledger.json")).build();
      shown.append(source.toString()).append(harvest.plan().toString());
      shown.append(harvest.run().toString());
    } catch (SocialException e) {
      e.printStackTrace(new PrintWriter(shown));
    }
    return shown.toString();
  }
}
