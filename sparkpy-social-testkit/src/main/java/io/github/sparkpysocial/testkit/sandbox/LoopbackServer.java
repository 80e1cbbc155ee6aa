package io.github.sparkpysocial.testkit.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server on the loopback interface. The JDK's own cannot be used here: it
 * overwrites the {@code Date} header, which rate limits are measured against, cannot break an
 * answer off, and takes 40 ms for each answer on a kept connection.
 */
final class LoopbackServer implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);
  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;
  private static final int MAX_BODY = 4 * 1024 * 1024;

  /** Answers requests, by several threads at once. */
  interface Handler {
    /** Returns what is sent back. */
    Reply handle(Request request);
  }

  /**
   * What is sent back.
   *
   * @param answer the answer, or {@code null} to close the connection without one
   * @param date the value of the Date header
   * @param delivery how the body goes out
   */
  record Reply(@Nullable Answer answer, String date, Delivery delivery) {}

  private final ServerSocket socket;
  private final Handler handler;
  private final ExecutorService threads;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private LoopbackServer(ServerSocket socket, Handler handler) {
    this.socket = socket;
    this.handler = handler;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread =
                  new Thread(
                      task, "sandbox-" + socket.getLocalPort() + '-' + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a server; port 0 takes a free one. */
  static LoopbackServer start(int port, Handler handler) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 200);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    LoopbackServer server = new LoopbackServer(socket, handler);
    server.threads.execute(server::accept);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept() {
    while (!closed) {
      Socket connection;
      try {
        connection = socket.accept();
      } catch (IOException e) {
        if (!closed) {
          log.warn("The sandbox stops: it cannot accept connections", e);
        }
        return;
      }
      connections.add(connection);
      try {
        threads.execute(() -> serve(connection));
      } catch (RejectedExecutionException e) {
        // It came while the sandbox was closing; left open, its client would wait for ever.
        connections.remove(connection);
        closeQuietly(connection);
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 16 * 1024);
      boolean more = true;
      while (more && !closed) {
        more = exchange(connection, in, out);
      }
    } catch (IOException e) {
      log.debug("A connection to the sandbox ended: {}", e.toString());
    } finally {
      connections.remove(connection);
    }
  }

  /** Serves one request; returns whether the connection stays open. */
  private boolean exchange(Socket connection, InputStream in, OutputStream out) throws IOException {
    String requestLine = readLine(in);
    if (requestLine == null) {
      return false;
    }
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
      throw new IOException("Not a request of HTTP/1.1");
    }
    Map<String, String> headers = readHeaders(in);
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    byte[] body = readBody(in, headers);
    Request request;
    try {
      request = Request.of(parts[0], parts[1], headers, body);
    } catch (IllegalArgumentException e) {
      write(in, out, new Reply(Answer.empty(400), "", Delivery.WHOLE), false, false);
      return false;
    }
    Reply reply;
    try {
      reply = handler.handle(request);
    } catch (RuntimeException e) {
      log.warn("The sandbox failed to answer {} {}", request.method(), request.path(), e);
      write(in, out, new Reply(Answer.empty(500), "", Delivery.WHOLE), false, false);
      return false;
    }
    if (reply.answer() == null) {
      return false;
    }
    StreamBody streamed = reply.answer().stream();
    if (streamed != null) {
      stream(connection, in, out, request, reply, streamed);
      return false;
    }
    boolean keep =
        reply.delivery().keepsConnection()
            && !"close".equalsIgnoreCase(headers.get("connection"))
            && !parts[2].equals("HTTP/1.0");
    write(in, out, reply, keep, request.method().equals("HEAD"));
    return keep;
  }

  /** Serves a stream until one side ends it. */
  private void stream(
      Socket connection,
      InputStream in,
      OutputStream out,
      Request request,
      Reply reply,
      StreamBody body)
      throws IOException {
    Answer answer = Objects.requireNonNull(reply.answer(), "answer");
    boolean webSocket = answer.status() == 101;
    String key = request.header("sec-websocket-key");
    if (webSocket && (key == null || !"websocket".equalsIgnoreCase(request.header("upgrade")))) {
      write(in, out, new Reply(Answer.empty(426), reply.date(), Delivery.WHOLE), false, false);
      return;
    }
    StringBuilder head = head(answer, reply.date());
    if (key != null && webSocket) {
      head.append("upgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ")
          .append(WebSocketStream.accept(key))
          .append("\r\n\r\n");
    } else {
      head.append("transfer-encoding: chunked\r\nconnection: close\r\n\r\n");
    }
    byte[] start = OpenStream.ascii(head.toString());
    try (OpenStream stream =
        webSocket
            ? new WebSocketStream(connection, in, out, start)
            : new ChunkedStream(connection, in, out, start)) {
      threads.execute(() -> listen(stream));
      body.run(stream);
      stream.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      log.debug("A stream came while the sandbox was closing");
    }
  }

  private static void listen(OpenStream stream) {
    try (stream) {
      stream.listen();
    } catch (IOException e) {
      log.debug("A stream of the sandbox ended: {}", e.toString());
    }
  }

  private static StringBuilder head(Answer answer, String date) {
    StringBuilder start = new StringBuilder(512);
    start.append("HTTP/1.1 ").append(answer.status()).append(' ');
    start.append(reason(answer.status())).append("\r\n");
    if (!date.isEmpty()) {
      start.append("date: ").append(date).append("\r\n");
    }
    answer
        .headers()
        .forEach((name, value) -> start.append(name).append(": ").append(value).append("\r\n"));
    return start;
  }

  private static void write(
      InputStream in, OutputStream out, Reply reply, boolean keep, boolean head)
      throws IOException {
    Answer answer = reply.answer();
    if (answer == null) {
      return;
    }
    byte[] body = answer.body();
    StringBuilder start = head(answer, reply.date());
    if (answer.status() != 304 && answer.status() != 204) {
      start.append("content-length: ").append(reply.delivery().told(body.length)).append("\r\n");
    }
    if (!keep) {
      start.append("connection: close\r\n");
    }
    start.append("\r\n");
    out.write(start.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (!head && answer.status() != 304 && answer.status() != 204) {
      reply.delivery().send(body, out, in);
    }
    out.flush();
  }

  private static String reason(int status) {
    return switch (status) {
      case 101 -> "Switching Protocols";
      case 200 -> "OK";
      case 301 -> "Moved Permanently";
      case 304 -> "Not Modified";
      case 307 -> "Temporary Redirect";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 422 -> "Unprocessable Entity";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "Status";
    };
  }

  private static Map<String, String> readHeaders(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int count = 0; count < MAX_HEADERS; count++) {
      String line = readLine(in);
      if (line == null) {
        throw new EOFException("The request ends within its headers");
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    throw new IOException("Too many headers");
  }

  private static byte[] readBody(InputStream in, Map<String, String> headers) throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        String size = readLine(in);
        if (size == null) {
          throw new EOFException("The request ends within its body");
        }
        int semicolon = size.indexOf(';');
        int length = number((semicolon < 0 ? size : size.substring(0, semicolon)).trim(), 16);
        if (length == 0) {
          readHeaders(in); // trailers
          return body.toByteArray();
        }
        if (body.size() + length > MAX_BODY) {
          throw new IOException("The body is too long");
        }
        body.write(exactly(in, length));
        readLine(in);
      }
    }
    String length = headers.get("content-length");
    return length == null ? new byte[0] : exactly(in, number(length, 10));
  }

  private static int number(String text, int radix) throws IOException {
    try {
      int number = Integer.parseInt(text, radix);
      if (number < 0 || number > MAX_BODY) {
        throw new IOException("A length of " + number + " bytes is not accepted");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IOException("Not a length", e);
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The request ends within its body");
    }
    return bytes;
  }

  private static @Nullable String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(80);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      if (line.length() >= MAX_LINE) {
        throw new IOException("A line is too long");
      }
      line.append((char) next);
      next = in.read();
    }
    int length = line.length();
    if (length > 0 && line.charAt(length - 1) == '\r') {
      line.setLength(length - 1);
    }
    return line.toString();
  }

  /** Stops listening and closes all connections. */
  @Override
  public void close() {
    closed = true;
    closeQuietly(socket);
    connections.forEach(LoopbackServer::closeQuietly);
    threads.shutdownNow();
  }

  private static void closeQuietly(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      log.debug("Closing a socket of the sandbox failed: {}", e.toString());
    }
  }
}
