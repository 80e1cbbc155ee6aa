package io.github.sparkpysocial.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default transport of live streams, on {@code java.net.http}. It asks for bodies as they are,
 * not compressed, since a decompressor would hold lines back; follows redirects as {@link
 * JdkHttpTransport} does; and never takes credentials along to another origin. Plain {@code http}
 * is refused for anything but this machine. Thread-safe.
 */
public final class JdkLiveTransport implements LiveTransport {
  private static final Logger log = LoggerFactory.getLogger(JdkLiveTransport.class);

  private final HttpClient client;
  private final Duration answerTimeout;
  private final int maxMessageChars;
  private final Duration probeAfter;

  private JdkLiveTransport(Builder builder) {
    this.client =
        HttpClient.newBuilder()
            // With HTTP/1.1 a stream has its connection to itself: ending one ends the other, so
            // that a server sees the old one go before the new one comes.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(builder.connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.answerTimeout = builder.answerTimeout;
    this.maxMessageChars = builder.maxMessageChars;
    this.probeAfter = builder.probeAfter;
  }

  /** Holds the transport that is made when somebody first asks for it. */
  private static final class Shared {
    static final JdkLiveTransport INSTANCE = builder().build();
  }

  /** Returns the transport with default settings that the whole process shares. */
  public static JdkLiveTransport shared() {
    return Shared.INSTANCE;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public LiveResponse open(HttpRequest request) throws IOException, InterruptedException {
    HttpRequest hop = request;
    for (int redirects = 0; ; redirects++) {
      Redirects.checkScheme(hop);
      LiveAnswer answer = ask(hop);
      log.debug("{} -> {}", hop, answer);
      HttpRequest next;
      try {
        next = Redirects.next(hop, answer.status(), answer.headers().first("Location"));
        if (next != null && redirects == Redirects.MOST) {
          throw Redirects.tooMany(request, next);
        }
      } catch (IOException e) {
        answer.close();
        throw e;
      }
      if (next == null) {
        return answer;
      }
      answer.close();
      hop = next;
    }
  }

  private LiveAnswer ask(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<java.net.http.HttpResponse<InputStream>> pending =
        client.sendAsync(
            JdkRequests.of(request, answerTimeout, "identity"), BodyHandlers.ofInputStream());
    try {
      var answer = pending.get();
      Headers headers = Headers.of(answer.headers().map());
      return new LiveAnswer(request.uri(), answer.statusCode(), headers, answer.body());
    } catch (InterruptedException e) {
      giveUp(pending, answer -> LiveAnswer.closeQuietly(answer.body()));
      throw e;
    } catch (ExecutionException e) {
      throw JdkRequests.failure(request, e.getCause() == null ? e : e.getCause(), answerTimeout);
    }
  }

  /** An answer of the JDK's client; closing its body ends the connection and wakes its reader. */
  private record LiveAnswer(URI uri, int status, Headers headers, InputStream body)
      implements LiveResponse {

    @Override
    public void close() {
      closeQuietly(body);
    }

    static void closeQuietly(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        log.debug("Closing a stream failed: {}", e.toString());
      }
    }

    @Override
    public String toString() {
      return status + " from " + Redaction.uri(uri);
    }
  }

  @Override
  public WebSocketConnection connect(HttpRequest handshake)
      throws IOException, InterruptedException {
    if (!handshake.method().equals("GET")) {
      throw new IllegalArgumentException("A WebSocket is opened by GET, was " + handshake);
    }
    HttpRequest hop = handshake;
    for (int redirects = 0; ; redirects++) {
      Redirects.checkScheme(hop);
      try {
        WebSocketConnection connection = shake(hop);
        log.debug("{} -> WebSocket", hop);
        return connection;
      } catch (WebSocketRefusedException e) {
        HttpResponse answer = e.response();
        log.debug("{} -> {}", hop, answer);
        HttpRequest next = Redirects.next(hop, answer.status(), answer.headers().first("Location"));
        if (next == null) {
          throw e;
        }
        if (redirects == Redirects.MOST) {
          throw Redirects.tooMany(handshake, next);
        }
        hop = next;
      }
    }
  }

  private WebSocketConnection shake(HttpRequest handshake)
      throws IOException, InterruptedException {
    JdkWebSocket socket = new JdkWebSocket(maxMessageChars, answerTimeout, probeAfter);
    var builder = client.newWebSocketBuilder().connectTimeout(answerTimeout);
    handshake
        .headers()
        .asMap()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    if (handshake.headers().first("User-Agent") == null) {
      builder.header("User-Agent", UserAgent.value());
    }
    CompletableFuture<java.net.http.WebSocket> pending =
        builder.buildAsync(webSocketUri(handshake.uri()), socket);
    try {
      socket.opened(pending.get(answerTimeout.toNanos(), TimeUnit.NANOSECONDS));
      return socket;
    } catch (TimeoutException e) {
      giveUp(pending, java.net.http.WebSocket::abort);
      throw JdkRequests.timeout(handshake, e, answerTimeout);
    } catch (InterruptedException e) {
      giveUp(pending, java.net.http.WebSocket::abort);
      throw e;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
        throw refused(handshake, refused.getResponse());
      }
      throw JdkRequests.failure(handshake, cause, answerTimeout);
    }
  }

  /** Cancels a request. Its answer may have come in the same moment: nobody else would end it. */
  private static <T> void giveUp(CompletableFuture<T> pending, Consumer<T> end) {
    if (!pending.cancel(true) && !pending.isCompletedExceptionally()) {
      end.accept(pending.join());
    }
  }

  private static URI webSocketUri(URI uri) {
    String text = uri.toString();
    boolean secure = uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    return URI.create((secure ? "wss" : "ws") + text.substring(text.indexOf(':')));
  }

  private static WebSocketRefusedException refused(
      HttpRequest handshake, java.net.http.HttpResponse<?> answer) {
    @Nullable Object body = answer.body();
    return new WebSocketRefusedException(
        HttpResponse.of(
            handshake.uri(),
            answer.statusCode(),
            Headers.of(answer.headers().map()),
            body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8)));
  }

  /** Sets up a transport. Not thread-safe; what it builds is. */
  public static final class Builder {
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration answerTimeout = Duration.ofSeconds(30);
    private int maxMessageChars = 4 << 20;
    private Duration probeAfter = Duration.ofSeconds(5);

    private Builder() {}

    /**
     * Sets how long connecting may take. Default: 10 seconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = positive(connectTimeout, "connectTimeout");
      return this;
    }

    /**
     * Sets how long the headers of an answer, or the opening handshake of a WebSocket, may take for
     * each hop, and how long sending a message may. Default: 30 seconds. What comes after the
     * headers may take for ever.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder answerTimeout(Duration answerTimeout) {
      this.answerTimeout = positive(answerTimeout, "answerTimeout");
      return this;
    }

    /**
     * Sets how long a message of a WebSocket may be, its fragments joined. Default: 4,194,304
     * characters.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxMessageChars(int maxMessageChars) {
      if (maxMessageChars < 1) {
        throw new IllegalArgumentException(
            "maxMessageChars must be positive, was " + maxMessageChars);
      }
      this.maxMessageChars = maxMessageChars;
      return this;
    }

    /**
     * Sets after how long a silence a pong is sent on a WebSocket that is being read, to find out
     * whether the connection is still there. Default: 5 seconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder probeAfter(Duration probeAfter) {
      this.probeAfter = positive(probeAfter, "probeAfter");
      return this;
    }

    private static Duration positive(Duration value, String name) {
      Objects.requireNonNull(value, name);
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }

    /** Returns the transport. */
    public JdkLiveTransport build() {
      return new JdkLiveTransport(this);
    }
  }
}
