package io.github.sparkpysocial.testkit.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A body in chunks (RFC 9112 section 7.1), each sent at once. */
final class ChunkedStream extends OpenStream {
  private static final byte[] LINE_END = ascii("\r\n");

  ChunkedStream(Socket socket, InputStream in, OutputStream out, byte[] head) {
    super(socket, in, out, head);
  }

  @Override
  void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) { // an empty chunk would end the body
      write(ascii(Integer.toHexString(bytes.length) + "\r\n"), bytes, LINE_END);
    }
  }

  @Override
  void sendPart(String text) throws IOException {
    send(text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 2)));
  }

  @Override
  void end() throws IOException {
    write(ascii("0\r\n\r\n"));
  }

  @Override
  void keepAlive(String text) throws IOException {
    send(text);
  }

  @Override
  void listen() throws IOException {
    while (in.read() >= 0) {
      // A client of HTTP/1.1 has nothing more to say; its end of the connection tells when it goes.
    }
  }
}
