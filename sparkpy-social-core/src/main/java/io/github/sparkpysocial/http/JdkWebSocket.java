package io.github.sparkpysocial.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of the JDK. It asks for the next message only when the one before was taken, so that
 * a slow reader slows the server down and memory stays bounded.
 */
final class JdkWebSocket implements WebSocketConnection, WebSocket.Listener {
  /** Going away (1001) is how servers end connections on a restart (RFC 6455 section 7.4.1). */
  private static final int GOING_AWAY = 1001;

  /**
   * How the connection ended.
   *
   * @param failure why it broke, or {@code null} if the server closed it in order
   */
  private record End(@Nullable IOException failure) {}

  private final int maxMessageChars;
  private final Duration sendTimeout;
  private final Duration probeAfter;
  private final StringBuilder message = new StringBuilder();

  /** Holds a message and perhaps a wake-up call after it. */
  private final BlockingQueue<String> arrived = new ArrayBlockingQueue<>(4);

  private final AtomicReference<@Nullable End> end = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
  private final Object sending = new Object();

  JdkWebSocket(int maxMessageChars, Duration sendTimeout, Duration probeAfter) {
    this.maxMessageChars = maxMessageChars;
    this.sendTimeout = sendTimeout;
    this.probeAfter = probeAfter;
  }

  /** Tells that the handshake is done. */
  void opened(WebSocket opened) {
    socket.complete(opened);
  }

  // What the JDK tells, one call after the other

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    if (message.length() + (long) data.length() > maxMessageChars) {
      fail(
          from,
          "The server sent a message of more than " + maxMessageChars + " characters; it was cut");
      return null;
    }
    message.append(data);
    if (last) {
      String whole = message.toString();
      message.setLength(0);
      arrived.add(whole);
    } else {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
    arrived.add("");
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    fail(from, "The server sent a binary message, which nobody asked for");
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    if (status == WebSocket.NORMAL_CLOSURE || status == GOING_AWAY) {
      ended(null);
    } else {
      ended(
          new IOException(
              "The server closed the WebSocket: "
                  + (status + " " + Redaction.text(reason)).trim()));
    }
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable cause) {
    String said = cause.getMessage();
    ended(
        new IOException(
            "The WebSocket broke: "
                + (said == null ? cause.getClass().getSimpleName() : Redaction.text(said)),
            cause));
  }

  private void fail(WebSocket from, String why) {
    ended(new IOException(why));
    from.abort();
  }

  /** The first reason stays; whoever waits wakes up. */
  private void ended(@Nullable IOException failure) {
    if (end.compareAndSet(null, new End(failure))) {
      arrived.add("");
    }
  }

  // What the user does

  @Override
  public @Nullable String receive(Duration longest) throws IOException, InterruptedException {
    // What came before the end is delivered before it, unless the end was made here.
    String next = closed.get() ? null : arrived.poll();
    long deadline = System.nanoTime() + Math.max(0, longest.toNanos());
    while (next == null && end.get() == null) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new SocketTimeoutException("Nothing came within " + longest);
      }
      next = arrived.poll(Math.min(left, probeAfter.toNanos()), TimeUnit.NANOSECONDS);
      if (next == null && left > probeAfter.toNanos()) {
        probe();
      }
    }
    if (next != null && !(next.isEmpty() && end.get() != null)) {
      socket.join().request(1);
      return next;
    }
    End reason = end.get();
    if (reason != null && reason.failure() != null) {
      throw new IOException(reason.failure().getMessage(), reason.failure());
    }
    return null;
  }

  /**
   * Sends a pong that nobody asked for, as RFC 6455 section 5.5.3 allows. The JDK at times misses
   * that a connection has ended (seen with 17.0.15, once in some hundred cuts that follow a ping);
   * a broken one fails the second of these.
   */
  private void probe() {
    CompletableFuture<?> unused =
        socket
            .join()
            .sendPong(ByteBuffer.allocate(0))
            .whenComplete(
                (sent, failure) -> {
                  Throwable cause =
                      failure instanceof CompletionException && failure.getCause() != null
                          ? failure.getCause()
                          : failure;
                  if (cause instanceof IOException) {
                    ended(new IOException("The WebSocket broke: " + cause.getMessage(), cause));
                  }
                });
  }

  @Override
  public void send(String text) throws IOException, InterruptedException {
    synchronized (sending) { // the JDK takes one message at a time
      if (end.get() != null) {
        throw new IOException("The WebSocket is closed");
      }
      try {
        socket.join().sendText(text, true).get(sendTimeout.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new IOException("The message was not sent within " + sendTimeout, e);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw new IOException("The message was not sent: " + cause.getMessage(), cause);
      }
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    boolean open = end.get() == null;
    ended(new IOException("The WebSocket was closed"));
    WebSocket opened = socket.join();
    if (!open) {
      opened.abort();
      return;
    }
    // A word of farewell where the network takes it; the connection ends either way.
    CompletableFuture<?> unused =
        opened
            .sendClose(WebSocket.NORMAL_CLOSURE, "")
            .orTimeout(1, TimeUnit.SECONDS)
            .whenComplete((sent, failure) -> opened.abort());
  }
}
