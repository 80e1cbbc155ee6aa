package io.github.sparkpysocial.connectors;

import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Serves recorded answers over a real socket of this machine, one request a connection. Addresses
 * of the recorded server become its own. The JDK's server will not do: it sends a {@code Date} of
 * its own, which limits are measured against.
 */
final class RecordedServer implements AutoCloseable {
  private static final Set<String> NOT_COPIED =
      Set.of("content-length", "transfer-encoding", "connection", "content-encoding", "set-cookie");

  private final String recorded;
  private final HttpTransport answers;
  private final ServerSocket socket;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /**
   * Starts it.
   *
   * @param recorded the address of the server that was recorded, such as {@code
   *     https://api.github.com}
   */
  RecordedServer(String recorded, HttpTransport answers) throws IOException {
    this.recorded = recorded;
    this.answers = answers;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "recorded-" + socket.getLocalPort());
    thread.setDaemon(true);
    thread.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Returns method and target of each request so far. */
  List<String> asked() {
    synchronized (asked) {
      return List.copyOf(asked);
    }
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        answer(connection);
      } catch (IOException | InterruptedException e) {
        if (!socket.isClosed()) {
          asked.add("failed: " + e);
        }
      }
    }
  }

  private void answer(Socket connection) throws IOException, InterruptedException {
    InputStream in = new BufferedInputStream(connection.getInputStream());
    String[] request = line(in).split(" ", -1);
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(header.substring(header.indexOf(':') + 1).strip());
      }
    }
    byte[] sent = in.readNBytes(length);
    asked.add(request[0] + ' ' + request[1]);
    HttpResponse answer =
        answers.send(
            HttpRequest.of(request[0], URI.create(recorded + request[1]), Headers.NONE, sent));
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Recorded\r\n");
    answer
        .headers()
        .asMap()
        .forEach(
            (name, values) -> {
              if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(
                    value ->
                        head.append(name)
                            .append(": ")
                            .append(value.replace(recorded, uri().toString()))
                            .append("\r\n"));
              }
            });
    byte[] body = answer.status() == 204 ? new byte[0] : answer.bytes();
    if (answer.status() != 204 && answer.status() != 304) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    OutputStream out = connection.getOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    out.write(body);
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
