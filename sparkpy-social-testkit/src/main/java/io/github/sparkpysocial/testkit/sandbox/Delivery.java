package io.github.sparkpysocial.testkit.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;

/**
 * How the body of an answer goes out.
 *
 * @param bytesToSend how many bytes are sent, or -1 for all
 * @param lengthOff by how much the length that is told is more than the true one
 * @param pieces how many pieces the body is sent in
 * @param pause between two pieces
 * @param waits whether the connection then stays open, silent, until the client hangs up
 */
record Delivery(int bytesToSend, int lengthOff, int pieces, Duration pause, boolean waits) {
  static final Delivery WHOLE = new Delivery(-1, 0, 1, Duration.ZERO, false);

  static Delivery cutAfter(int bytes) {
    return new Delivery(bytes, 0, 1, Duration.ZERO, false);
  }

  static Delivery stalledAfter(int bytes) {
    return new Delivery(bytes, 0, 1, Duration.ZERO, true);
  }

  static Delivery lengthOff(int bytes) {
    return new Delivery(-1, bytes, 1, Duration.ZERO, false);
  }

  static Delivery inPieces(int pieces, Duration pause) {
    return new Delivery(-1, 0, pieces, pause, false);
  }

  /** Returns whether another request can follow on the connection. */
  boolean keepsConnection() {
    return bytesToSend < 0 && lengthOff == 0;
  }

  /** Returns the length that is told of a body. */
  int told(int length) {
    return Math.max(0, length + lengthOff);
  }

  /** Sends a body; with {@code waits}, returns when the client hangs up. */
  void send(byte[] body, OutputStream out, InputStream in) throws IOException {
    int length = bytesToSend < 0 ? body.length : Math.min(bytesToSend, body.length);
    int sent = 0;
    for (int piece = 1; piece <= pieces; piece++) {
      int end = (int) ((long) length * piece / pieces);
      out.write(body, sent, end - sent);
      sent = end;
      if (piece < pieces) {
        out.flush();
        rest();
      }
    }
    out.flush();
    if (waits && in.read() >= 0) {
      throw new IOException("The client asks again on a connection that is not done");
    }
  }

  private void rest() throws IOException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("The sandbox is closing");
    }
  }
}
