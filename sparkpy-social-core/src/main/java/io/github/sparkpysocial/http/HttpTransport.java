package io.github.sparkpysocial.http;

import java.io.IOException;

/**
 * Sends requests to servers: the one seam between sparkpy-social and the network. Implementations
 * are safe for use by several threads.
 */
@FunctionalInterface
public interface HttpTransport {

  /**
   * Sends a request and returns the whole answer, whatever its status.
   *
   * @throws IOException if no usable answer came: unreachable, too slow, cut off or too large. The
   *     message holds no credentials
   * @throws InterruptedException if the thread is interrupted; the request is given up then
   */
  HttpResponse send(HttpRequest request) throws IOException, InterruptedException;
}
