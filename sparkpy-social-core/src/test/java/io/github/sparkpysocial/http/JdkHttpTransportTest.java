package io.github.sparkpysocial.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdkHttpTransportTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private HttpServer elsewhere;

  @BeforeEach
  void start() throws IOException {
    server = newServer();
    elsewhere = newServer();
  }

  private HttpServer newServer() throws IOException {
    HttpServer fresh =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    fresh.setExecutor(threads);
    fresh.start();
    return fresh;
  }

  @AfterEach
  void stop() {
    never.countDown();
    server.stop(0);
    elsewhere.stop(0);
    threads.shutdownNow();
  }

  private URI at(HttpServer which, String path) {
    return URI.create("http://127.0.0.1:" + which.getAddress().getPort() + path);
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void itAsksForGzipSaysWhoItIsAndDecodes() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestHeaders().getFirst("User-Agent"));
          seen.add(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.getResponseHeaders().add("X-Rate-Limit-Remaining", "7");
          answer(exchange, 200, gzip("grüße 🌍".getBytes(StandardCharsets.UTF_8)));
        });

    HttpResponse response =
        JdkHttpTransport.builder().build().send(HttpRequest.get(at(server, "/a?b=c")));

    assertThat(response.text()).isEqualTo("grüße 🌍");
    assertThat(response.headers().first("x-rate-limit-remaining")).isEqualTo("7");
    assertThat(seen.get(0)).startsWith("sparkpy-social/");
    assertThat(seen.get(1)).isEqualTo("gzip");
  }

  @Test
  void whatIsPostedArrives() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          seen.add(exchange.getRequestMethod());
          seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          answer(exchange, 201, new byte[0]);
        });

    HttpResponse response =
        JdkHttpTransport.shared().send(HttpRequest.postJson(at(server, "/"), "{\"ä\":1}"));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.sizeBytes()).isZero();
    assertThat(seen).containsExactly("POST", "{\"ä\":1}");
  }

  @Test
  void aRedirectKeepsCredentialsOnTheSameOriginOnly() throws Exception {
    server.createContext(
        "/old",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/new");
          answer(exchange, 301, new byte[0]);
        });
    server.createContext(
        "/new",
        exchange -> {
          seen.add("same " + exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.getResponseHeaders().add("Location", at(elsewhere, "/there").toString());
          answer(exchange, 302, new byte[0]);
        });
    elsewhere.createContext(
        "/there",
        exchange -> {
          seen.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
          seen.add("accept " + exchange.getRequestHeaders().getFirst("Accept"));
          answer(exchange, 200, new byte[] {'x'});
        });

    HttpResponse response =
        JdkHttpTransport.shared()
            .send(
                HttpRequest.get(at(server, "/old"))
                    .withHeader("authorization", "Bearer abc")
                    .withHeader("Accept", "text/plain"));

    assertThat(response.uri()).isEqualTo(at(elsewhere, "/there"));
    assertThat(seen).containsExactly("same Bearer abc", "other null", "accept text/plain");
  }

  @Test
  void redirectsWithoutEndAndToPlainHttpAreRefused() {
    server.createContext(
        "/round",
        exchange -> {
          seen.add("round");
          exchange.getResponseHeaders().add("Location", "/round");
          answer(exchange, 302, new byte[0]);
        });
    server.createContext(
        "/plain",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "http://example.org/");
          answer(exchange, 302, new byte[0]);
        });

    assertThatThrownBy(() -> JdkHttpTransport.shared().send(HttpRequest.get(at(server, "/round"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("redirected more than 5 times");
    assertThat(seen).hasSize(6);
    assertThatThrownBy(() -> JdkHttpTransport.shared().send(HttpRequest.get(at(server, "/plain"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not https");
  }

  @Test
  void plainHttpIsForThisMachineOnly() {
    assertThatThrownBy(
            () ->
                JdkHttpTransport.shared()
                    .send(HttpRequest.get(URI.create("http://127.0.0.1.example.org/"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only https");
    assertThat(JdkHttpTransport.isLoopback(URI.create("http://localhost:1/"))).isTrue();
    assertThat(JdkHttpTransport.isLoopback(URI.create("http://[::1]:1/"))).isTrue();
    assertThat(JdkHttpTransport.isLoopback(URI.create("http://10.0.0.1/"))).isFalse();
  }

  @Test
  void aBodyBeyondTheBoundIsGivenUpPlainOrZipped() throws Exception {
    server.createContext("/plain", exchange -> answer(exchange, 200, new byte[5_000]));
    byte[] bomb = gzip(new byte[2_000_000]);
    server.createContext(
        "/zip",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          answer(exchange, 200, bomb);
        });
    JdkHttpTransport transport = JdkHttpTransport.builder().maxBodyBytes(4_096).build();

    for (String path : List.of("/plain", "/zip")) {
      assertThatThrownBy(() -> transport.send(HttpRequest.get(at(server, path))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than 4096 bytes");
    }
  }

  @Test
  void aBodyThatStallsEndsWithTheRequestTimeout() {
    server.createContext(
        "/stall",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          await();
        });
    JdkHttpTransport transport =
        JdkHttpTransport.builder().requestTimeout(Duration.ofMillis(300)).build();

    assertThatThrownBy(() -> transport.send(HttpRequest.get(at(server, "/stall"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not answered within");
  }

  private void await() {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptGivesTheRequestUp() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    server.createContext(
        "/",
        exchange -> {
          asked.countDown();
          await();
        });
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                JdkHttpTransport.shared().send(HttpRequest.get(at(server, "/")));
              } catch (IOException | InterruptedException e) {
                failure.set(e);
              }
            });
    caller.start();
    asked.await();
    caller.interrupt();
    caller.join();

    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aDeadServerIsNamedAndNoSecretWithIt() {
    server.stop(0);

    assertThatThrownBy(
            () ->
                JdkHttpTransport.shared()
                    .send(
                        HttpRequest.get(at(server, "/x?access_token=s3cr3t-value&q=1"))
                            .withHeader("Authorization", "Bearer s3cr3t-value")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot connect")
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("q=1")
        .hasMessageNotContaining("s3cr3t");
  }
}
