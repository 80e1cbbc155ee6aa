package io.github.sparkpysocial.testkit.sandbox;

import java.io.IOException;

/** Writes a body that takes as long as its stream is open: over chunked HTTP or a WebSocket. */
@FunctionalInterface
interface StreamBody {

  /**
   * Writes on a thread of its own, after {@link OpenStream#begin()}. When it returns, the stream
   * ends in order; when it fails, the connection is cut.
   *
   * @throws IOException if the connection is gone; let it pass
   * @throws InterruptedException if the sandbox closes
   */
  void run(OpenStream stream) throws IOException, InterruptedException;
}
