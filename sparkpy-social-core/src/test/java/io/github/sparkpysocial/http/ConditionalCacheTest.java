package io.github.sparkpysocial.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real server that knows tags, dates, media types and tokens. */
class ConditionalCacheTest {
  private static final String SECRET = "ghp_aTokenThatNobodyMustEverSee0123456789";

  @TempDir Path directory;

  /** The conditions that the server saw, one a request; "-" for none. */
  private final List<String> conditions = Collections.synchronizedList(new ArrayList<>());

  private HttpServer server;
  private volatile String body = "first";
  private volatile @Nullable String etag = "W/\"1\"";
  private volatile @Nullable String lastModified;
  private volatile String vary = "Accept, Authorization, Accept-Encoding, X-GitHub-OTP";
  private volatile String cacheControl = "private, max-age=60, s-maxage=60";
  private volatile @Nullable String tagOf304;
  private volatile int status = 200;
  private int answers;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String tag = exchange.getRequestHeaders().getFirst("If-None-Match");
    String date = exchange.getRequestHeaders().getFirst("If-Modified-Since");
    conditions.add(tag != null ? tag : date != null ? date : "-");
    var headers = exchange.getResponseHeaders();
    headers.add("X-RateLimit-Remaining", Integer.toString(100 - ++answers));
    headers.add("Vary", vary);
    headers.add("Cache-Control", cacheControl);
    if (lastModified != null) {
      headers.add("Last-Modified", lastModified);
    }
    boolean unchanged =
        etag == null
            ? lastModified != null && Objects.equals(lastModified, date)
            : Objects.equals(etag, tag);
    if (unchanged || (tagOf304 != null && tag != null)) {
      String shown = tagOf304 != null ? tagOf304 : etag;
      if (shown != null) {
        headers.add("ETag", shown);
      }
      exchange.sendResponseHeaders(304, -1);
    } else {
      if (etag != null) {
        headers.add("ETag", etag);
      }
      headers.add("Link", "</more>; rel=\"next\"");
      headers.add("Set-Cookie", "session=" + SECRET);
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private HttpRequest get(String path) {
    return HttpRequest.get(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path))
        .withHeader("Accept", "application/json")
        .withHeader("Authorization", "Bearer " + SECRET);
  }

  private HttpTransport cache(String kind) throws IOException {
    return (kind.equals("disk") ? ConditionalCache.onDisk(directory) : ConditionalCache.inMemory())
        .around(JdkHttpTransport.shared());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void whatHasNotChangedIsTheAnswerKeptWithTheHeadersOfToday(String kind) throws Exception {
    HttpTransport http = cache(kind);

    HttpResponse first = http.send(get("/a"));
    HttpResponse second = http.send(get("/a"));
    body = "second";
    etag = "\"2\"";
    HttpResponse third = http.send(get("/a"));
    HttpResponse fourth = http.send(get("/a"));

    assertThat(conditions).containsExactly("-", "W/\"1\"", "W/\"1\"", "\"2\"");
    assertThat(Stream.of(first, second, third, fourth).map(HttpResponse::text))
        .containsExactly("first", "first", "second", "second");
    assertThat(Stream.of(first, second, third, fourth).map(HttpResponse::status)).containsOnly(200);
    assertThat(Stream.of(first, second, third, fourth).map(HttpResponse::isUnchanged))
        .containsExactly(false, true, false, true);
    assertThat(second.headers().first("Link")).isEqualTo(first.headers().first("Link"));
    assertThat(second.headers().all("X-RateLimit-Remaining")).containsExactly("98");
    assertThat(second.uri()).isEqualTo(first.uri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void aDateServesWhereThereIsNoTag(String kind) throws Exception {
    etag = null;
    String date = "Sun, 22 Nov 2026 07:00:00 GMT";
    lastModified = date;
    HttpTransport http = cache(kind);

    http.send(get("/a"));

    assertThat(http.send(get("/a")).isUnchanged()).isTrue();
    assertThat(conditions).containsExactly("-", date);
  }

  @Test
  void anotherAddressMediaTypeOrTokenIsAnotherAnswer() throws Exception {
    HttpTransport http = cache("memory");
    http.send(get("/a"));

    http.send(get("/a?page=2"));
    http.send(get("/a").withHeader("Accept", "application/vnd.github.star+json"));
    http.send(get("/a").withHeader("Authorization", "Bearer another"));
    http.send(get("/a").withHeaders(Headers.NONE));

    assertThat(conditions).containsOnly("-");
  }

  @Test
  void whatMustNotBeKeptIsNot() throws Exception {
    HttpTransport http = cache("memory");

    cacheControl = "no-store";
    http.send(get("/secret"));
    http.send(get("/secret"));
    cacheControl = "private";
    vary = "*";
    http.send(get("/varying"));
    http.send(get("/varying"));
    vary = "X-Mood";
    http.send(get("/mood").withHeader("X-Mood", "good"));
    http.send(get("/mood").withHeader("X-Mood", "bad"));
    vary = "Accept";
    http.send(get("/a?access_token=" + SECRET));
    http.send(get("/a?access_token=" + SECRET));
    status = 404;
    http.send(get("/none"));
    http.send(get("/none"));
    status = 200;
    etag = null;
    http.send(get("/untagged"));
    http.send(get("/untagged"));
    HttpRequest post = HttpRequest.postJson(get("/a").uri(), "{}");
    http.send(post);
    http.send(post);

    assertThat(conditions).hasSize(14).containsOnly("-");
  }

  @Test
  void whoAsksWithConditionsOfTheirOwnSeesThe304() throws Exception {
    HttpTransport http = cache("memory");
    http.send(get("/a"));

    HttpResponse answer = http.send(get("/a").withHeader("If-None-Match", "W/\"1\""));

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.isUnchanged()).isFalse();
  }

  @Test
  void whatIsGoneIsForgotten() throws Exception {
    HttpTransport http = cache("memory");
    http.send(get("/a"));
    status = 404;
    etag = "\"gone\"";

    assertThat(http.send(get("/a")).status()).isEqualTo(404);
    http.send(get("/a"));

    assertThat(conditions).containsExactly("-", "W/\"1\"", "-");
  }

  @Test
  void a304AboutAnotherAnswerIsNotBelieved() throws Exception {
    HttpTransport http = cache("memory");
    http.send(get("/a"));
    body = "second";
    etag = "\"2\"";
    tagOf304 = "\"other\"";

    HttpResponse answer = http.send(get("/a"));

    assertThat(answer.text()).isEqualTo("second");
    assertThat(conditions).containsExactly("-", "W/\"1\"", "-");
  }

  @Test
  void aDirectoryServesTheNextProcessAndHoldsNoCredential() throws Exception {
    cache("disk").send(get("/a"));

    assertThat(cache("disk").send(get("/a")).isUnchanged()).isTrue();

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files)
          .singleElement()
          .satisfies(
              file -> {
                assertThat(file.getFileName().toString()).matches("[0-9a-f]{64}\\.answer");
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .contains("first")
                    .doesNotContain(SECRET)
                    .doesNotContain("ghp_");
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------");
                }
              });
    }
  }

  @Test
  void aDamagedFileIsAskedForAgain() throws Exception {
    HttpTransport http = cache("disk");
    http.send(get("/a"));
    Path file;
    try (Stream<Path> files = Files.list(directory)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 20, whole.length / 2, whole.length - 1}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));

      assertThat(http.send(get("/a")).isUnchanged()).as("%d bytes", length).isFalse();
    }
    byte[] flipped = whole.clone();
    flipped[whole.length - 12] ^= 1;
    Files.write(file, flipped);

    assertThat(http.send(get("/a")).isUnchanged()).isFalse();
    assertThat(http.send(get("/a")).isUnchanged()).isTrue();
  }

  @Test
  void aFullDirectoryLosesWhatWasNotUsedLongest() throws Exception {
    HttpTransport http =
        ConditionalCache.onDisk(directory, 10_000).around(JdkHttpTransport.shared());
    body = "x".repeat(2_000);
    for (int i = 0; i < 4; i++) {
      http.send(get("/" + i));
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
      }
    }
    http.send(get("/0")); // used just now
    for (int i = 4; i < 6; i++) {
      http.send(get("/" + i));
    }

    assertThat(http.send(get("/0")).isUnchanged()).isTrue();
    assertThat(http.send(get("/5")).isUnchanged()).isTrue();
    long bytes = 0;
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isBetween(2_000L, 10_000L);
    body = "y".repeat(20_000);
    etag = "\"big\"";
    http.send(get("/0"));
    assertThat(http.send(get("/0")).isUnchanged()).isFalse(); // too large to be kept
  }

  @Test
  void aFullMemoryLosesWhatWasNotUsedLongest() throws Exception {
    HttpTransport http = ConditionalCache.inMemory(10_000).around(JdkHttpTransport.shared());
    body = "x".repeat(2_000);
    for (int i = 0; i < 3; i++) {
      http.send(get("/" + i));
    }
    http.send(get("/0"));
    http.send(get("/3"));

    assertThat(http.send(get("/0")).isUnchanged()).isTrue();
    assertThat(http.send(get("/1")).isUnchanged()).isFalse();
  }

  @Test
  void sizesAreCheckedAndAFileIsNoDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> ConditionalCache.inMemory(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxBytes must be positive, was 0");
    assertThatThrownBy(() -> ConditionalCache.onDisk(file)).isInstanceOf(IOException.class);
  }
}
