package io.github.sparkpysocial.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An open WebSocket. Pings of the server are answered by themselves. One thread receives; any may
 * send or close.
 */
public interface WebSocketConnection extends Closeable {

  /**
   * Waits for the next whole text message.
   *
   * @param longest how long to wait at most
   * @return the message; an empty one for a ping, which shows that the server is alive; {@code
   *     null} if the server closed the connection in order
   * @throws java.net.SocketTimeoutException if nothing came in that time
   * @throws IOException if the connection broke, was closed here, or a message was too large
   * @throws InterruptedException if the thread is interrupted; no message is lost by that
   */
  @Nullable String receive(Duration longest) throws IOException, InterruptedException;

  /**
   * Sends a text message.
   *
   * @throws IOException if the connection is broken or closed
   * @throws InterruptedException if the thread is interrupted while it waits for the network
   */
  void send(String text) throws IOException, InterruptedException;

  /** Ends the connection at once. Closing twice does nothing. */
  @Override
  void close();
}
