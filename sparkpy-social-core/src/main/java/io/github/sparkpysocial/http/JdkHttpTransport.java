package io.github.sparkpysocial.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The default transport, on {@code java.net.http}. It asks for gzip and decodes it, follows up to
 * five redirects, and never takes credentials along to another origin. Plain {@code http} is
 * refused for anything but this machine. Thread-safe.
 */
public final class JdkHttpTransport implements HttpTransport {
  private static final Logger log = LoggerFactory.getLogger(JdkHttpTransport.class);

  private final HttpClient client;
  private final Duration requestTimeout;
  private final int maxBodyBytes;

  private JdkHttpTransport(Builder builder) {
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(builder.connectTimeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.requestTimeout = builder.requestTimeout;
    this.maxBodyBytes = builder.maxBodyBytes;
  }

  /** Holds the transport that is made when somebody first asks for it. */
  private static final class Shared {
    static final JdkHttpTransport INSTANCE = builder().build();
  }

  /** Returns the transport with default settings that the whole process shares. */
  public static JdkHttpTransport shared() {
    return Shared.INSTANCE;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public HttpResponse send(HttpRequest request) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + requestTimeout.toNanos();
    HttpRequest hop = request;
    for (int redirects = 0; ; redirects++) {
      HttpResponse answer = exchange(hop, deadline);
      log.debug("{} -> {}", hop, answer);
      HttpRequest next = Redirects.next(hop, answer.status(), answer.headers().first("Location"));
      if (next == null) {
        return answer;
      }
      if (redirects == Redirects.MOST) {
        throw Redirects.tooMany(request, next);
      }
      hop = next;
    }
  }

  private HttpResponse exchange(HttpRequest request, long deadline)
      throws IOException, InterruptedException {
    Redirects.checkScheme(request);
    CompletableFuture<java.net.http.HttpResponse<byte[]>> pending =
        client.sendAsync(JdkRequests.of(request, requestTimeout, "gzip"), limited(request));
    try {
      // One deadline for all: HttpRequest.timeout does not cover a body that stalls.
      var answer = pending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      Headers headers = Headers.of(answer.headers().map());
      return HttpResponse.owning(
          request.uri(), answer.statusCode(), headers, decoded(request, headers, answer.body()));
    } catch (TimeoutException e) {
      pending.cancel(true);
      throw JdkRequests.timeout(request, e, requestTimeout);
    } catch (InterruptedException e) {
      pending.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw JdkRequests.failure(request, e.getCause() == null ? e : e.getCause(), requestTimeout);
    }
  }

  /** Returns whether an address names this machine by a literal or as {@code localhost}. */
  public static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    return host != null
        && (host.equalsIgnoreCase("localhost")
            || host.equals("[::1]")
            || host.matches("127(\\.\\d{1,3}){3}"));
  }

  private BodyHandler<byte[]> limited(HttpRequest request) {
    return info -> new BoundedBody(maxBodyBytes, () -> tooLarge(request));
  }

  private IOException tooLarge(HttpRequest request) {
    return new IOException(
        request
            + " was answered with more than "
            + maxBodyBytes
            + " bytes; ask for a smaller page");
  }

  private byte[] decoded(HttpRequest request, Headers headers, byte[] body) throws IOException {
    String encoding = headers.first("Content-Encoding");
    if (encoding == null || encoding.equalsIgnoreCase("identity") || body.length == 0) {
      return body;
    }
    if (!encoding.equalsIgnoreCase("gzip")) {
      throw new IOException(request + " was answered in an encoding nobody asked for: " + encoding);
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] plain = in.readNBytes(maxBodyBytes);
      if (in.read() >= 0) {
        throw tooLarge(request);
      }
      return plain;
    }
  }

  /** Collects a body up to a size and gives up beyond it. */
  private static final class BoundedBody implements BodySubscriber<byte[]> {
    private final int most;
    private final java.util.function.Supplier<IOException> tooLarge;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private final List<ByteBuffer> parts = new ArrayList<>();
    private long size;
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int most, java.util.function.Supplier<IOException> tooLarge) {
      this.most = most;
      this.tooLarge = tooLarge;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
      subscription = newSubscription;
      newSubscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        size += buffer.remaining();
        if (size > most) {
          if (subscription != null) {
            subscription.cancel();
          }
          parts.clear();
          result.completeExceptionally(tooLarge.get());
          return;
        }
        parts.add(buffer);
      }
    }

    @Override
    public void onError(Throwable cause) {
      result.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      if (size > most) {
        return; // it was given up
      }
      byte[] body = new byte[(int) size];
      ByteBuffer whole = ByteBuffer.wrap(body);
      parts.forEach(whole::put);
      result.complete(body);
    }
  }

  /** Sets up a transport. Not thread-safe; what it builds is. */
  public static final class Builder {
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration requestTimeout = Duration.ofSeconds(60);
    private int maxBodyBytes = 64 << 20;

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
     * Sets how long a request may take from connecting to the last byte, redirects included.
     * Default: 60 seconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder requestTimeout(Duration requestTimeout) {
      this.requestTimeout = positive(requestTimeout, "requestTimeout");
      return this;
    }

    /**
     * Sets how large an answer may be, as sent and when decompressed. Default: 64 MiB.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxBodyBytes(int maxBodyBytes) {
      if (maxBodyBytes < 1) {
        throw new IllegalArgumentException("maxBodyBytes must be positive, was " + maxBodyBytes);
      }
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }

    /** Returns the transport. */
    public JdkHttpTransport build() {
      return new JdkHttpTransport(this);
    }
  }
}
