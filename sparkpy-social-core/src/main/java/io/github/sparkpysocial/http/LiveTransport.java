package io.github.sparkpysocial.http;

import java.io.IOException;

/**
 * Opens connections that stay open: the seam between sparkpy-social and live streams.
 * Implementations are safe for use by several threads, refuse plain {@code http} for anything but
 * this machine, and never take credentials along to another origin.
 */
public interface LiveTransport {

  /**
   * Sends a request and returns when the headers of the answer have come; its body arrives as it is
   * sent, not compressed.
   *
   * @throws IOException if no answer came. The message holds no credentials
   * @throws InterruptedException if the thread is interrupted; the request is given up then
   */
  LiveResponse open(HttpRequest request) throws IOException, InterruptedException;

  /**
   * Opens a WebSocket (RFC 6455).
   *
   * @param handshake a GET request with an {@code http} or {@code https} address; its headers go
   *     along with the opening handshake
   * @throws WebSocketRefusedException if the server answers the handshake with another status than
   *     101
   * @throws IOException if no answer came. The message holds no credentials
   * @throws InterruptedException if the thread is interrupted; the connection is given up then
   */
  WebSocketConnection connect(HttpRequest handshake) throws IOException, InterruptedException;
}
