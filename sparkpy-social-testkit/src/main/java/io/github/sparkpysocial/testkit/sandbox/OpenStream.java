package io.github.sparkpysocial.testkit.sandbox;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's end of a connection that stays open. Any thread may send; each text goes out at
 * once.
 */
abstract class OpenStream implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(OpenStream.class);

  private final Socket socket;
  final InputStream in;
  private final OutputStream out;
  private final CountDownLatch closed = new CountDownLatch(1);
  private byte @Nullable [] head;
  private volatile @Nullable Runnable whenClosed;

  /**
   * Makes a stream.
   *
   * @param head the start of the answer, which goes out before all else, with {@link #begin()}
   */
  OpenStream(Socket socket, InputStream in, OutputStream out, byte[] head) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.head = head;
  }

  /** Sends a text: a chunk of the body, or a message. */
  abstract void send(String text) throws IOException;

  /** Sends the beginning of a text that will never be finished. */
  abstract void sendPart(String text) throws IOException;

  /** Ends the stream in order. */
  abstract void end() throws IOException, InterruptedException;

  /**
   * Shows the client that the server is alive.
   *
   * @param text what is sent over HTTP; a WebSocket sends a ping
   */
  abstract void keepAlive(String text) throws IOException;

  /**
   * Reads what the client sends until it hangs up.
   *
   * @throws IOException if the connection is gone
   */
  abstract void listen() throws IOException;

  /** Tells the client that the stream is open. What is sent to it from then on, it gets. */
  final void begin() throws IOException {
    write();
  }

  /** Sends bytes as they are, all of them before those of another thread. */
  final synchronized void write(byte[]... parts) throws IOException {
    if (!isOpen()) {
      throw new IOException("The stream was cut"); // its socket may not be closed yet
    }
    if (head != null) {
      out.write(head);
      head = null;
    }
    for (byte[] part : parts) {
      out.write(part);
    }
    out.flush();
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  final boolean isOpen() {
    return closed.getCount() > 0;
  }

  /** Waits until the connection is gone, at most so long. */
  final void awaitClosed(Duration longest) throws InterruptedException {
    closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Sets what is told that the connection is gone; told at once if it is. */
  final void whenClosed(Runnable task) {
    whenClosed = task;
    if (!isOpen()) {
      task.run();
    }
  }

  /** Cuts the connection. */
  @Override
  public final void close() {
    synchronized (closed) {
      if (!isOpen()) {
        return;
      }
      closed.countDown();
    }
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("Closing a socket of the sandbox failed: {}", e.toString());
    }
    Runnable task = whenClosed;
    if (task != null) {
      task.run();
    }
  }
}
