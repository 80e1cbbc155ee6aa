package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the answers that pass through a transport, and serves them again over HTTP on this
 * machine: the same bytes for the same request, at next to no cost, so that a benchmark measures
 * the client and not what makes the pages.
 */
final class PageTape implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PageTape.class);

  private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private volatile @Nullable String first;

  PageTape() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    start("page-tape", this::accept);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns where the pages are served, without a slash at the end. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Returns how many different answers are on the tape. */
  int size() {
    return pages.size();
  }

  /** Returns how many bytes are on the tape. */
  long bytes() {
    return pages.values().stream().mapToLong(page -> page.length).sum();
  }

  /** Returns a transport that records what passes through it. */
  HttpTransport recording(HttpTransport transport) {
    return request -> {
      HttpResponse response = transport.send(request);
      if (response.isSuccess()) {
        first = first == null ? target(request) : first;
        pages.put(target(request), response.text().getBytes(StandardCharsets.UTF_8));
      }
      return response;
    };
  }

  private static String target(HttpRequest request) {
    String query = request.uri().getRawQuery();
    return canonical(request.uri().getRawPath() + (query == null ? "" : "?" + query));
  }

  /** Returns path and query with the parameters in order, since clients put them anywhere. */
  private static String canonical(String target) {
    String[] parts = target.split("\\?", 2);
    if (parts.length == 1) {
      return target;
    }
    String[] parameters = parts[1].split("&");
    Arrays.sort(parameters);
    return parts[0] + '?' + String.join("&", parameters);
  }

  /** Returns path and query of the answer that was recorded first. */
  String first() {
    String target = first;
    if (target == null) {
      throw new IllegalStateException("Nothing was recorded");
    }
    return target;
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = server.accept();
        connections.add(connection);
        start("page-tape-connection", () -> serve(connection));
      }
    } catch (IOException closed) {
      log.debug("No more connections: {}", closed.toString());
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 64 * 1024);
      String start = line(in);
      while (!start.isEmpty()) {
        while (!line(in).isEmpty()) {
          // headers do not matter
        }
        byte[] page = pages.get(canonical(start.split(" ", 3)[1]));
        byte[] body = page == null ? new byte[0] : page;
        out.write(
            ("HTTP/1.1 "
                    + (page == null ? "404 Not Found" : "200 OK")
                    + "\r\ncontent-type: application/json\r\ncontent-length: "
                    + body.length
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        start = line(in);
      }
    } catch (IOException ended) {
      log.debug("A connection ended: {}", ended.toString());
    } finally {
      connections.remove(connection);
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(200);
    int next;
    while ((next = in.read()) >= 0 && next != '\n') {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
