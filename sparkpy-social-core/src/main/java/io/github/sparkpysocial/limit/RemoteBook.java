package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.TransportException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A book that a {@link BudgetServer} keeps. Thread-safe; connections are kept for the next call.
 */
final class RemoteBook implements LimitBook {
  private static final Logger log = LoggerFactory.getLogger(RemoteBook.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** The server hangs up after two minutes without a request. */
  private static final Duration KEPT = Duration.ofSeconds(60);

  private static final int MOST_KEPT = 8;

  private final String host;
  private final int port;
  private final String secret;
  private final ConcurrentLinkedDeque<Line> kept = new ConcurrentLinkedDeque<>();

  RemoteBook(String host, int port, String secret) {
    this.host = host;
    this.port = port;
    this.secret = secret;
  }

  /** A connection to the server. */
  private static final class Line {
    private final Socket socket;
    private final LineReader in;
    private long lastUsed = System.nanoTime();

    Line(String host, int port) throws IOException {
      socket = new Socket();
      socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      socket.setTcpNoDelay(true);
      in = new LineReader(socket.getInputStream(), BudgetServer.LONGEST_LINE_BYTES);
    }

    boolean isFresh() {
      return System.nanoTime() - lastUsed < KEPT.toNanos();
    }

    String call(String request) throws IOException {
      socket.getOutputStream().write((request + '\n').getBytes(StandardCharsets.UTF_8));
      String reply = in.next();
      lastUsed = System.nanoTime();
      if (reply == null) {
        throw new IOException("the connection was closed");
      }
      return reply;
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        log.debug("A connection to the budget was closed badly", e);
      }
    }
  }

  @Override
  public Ask.Turn acquire(Ask ask, String holder) {
    return LimitJson.turn(call("acquire", ask, null, LimitJson.object()).path("turn"));
  }

  @Override
  public void answered(
      Ask ask,
      Ask.Turn turn,
      Instant received,
      Instant serverTime,
      LimitSignal signal,
      LimitReach reach) {
    ObjectNode request = LimitJson.object();
    request.put("serverTime", serverTime.toString()).put("reach", reach.name());
    request.set("signal", LimitJson.of(signal));
    call("answered", ask, turn, request);
  }

  @Override
  public void unanswered(Ask ask, Ask.Turn turn) {
    call("unanswered", ask, turn, LimitJson.object());
  }

  @Override
  public void refused(Ask ask, Ask.Turn turn) {
    call("refused", ask, turn, LimitJson.object());
  }

  @Override
  public RateLimit snapshot(Ask ask, int credential) {
    Ask.Turn turn = new Ask.Turn(credential, 0, null);
    return LimitJson.rateLimit(call("snapshot", ask, turn, LimitJson.object()).path("known"));
  }

  @Override
  public List<RateLimit> known() {
    List<RateLimit> all = new ArrayList<>();
    call("known", null, null, LimitJson.object())
        .path("known")
        .forEach(known -> all.add(LimitJson.rateLimit(known)));
    return all;
  }

  private JsonNode call(
      String what, @Nullable Ask ask, Ask.@Nullable Turn turn, ObjectNode request) {
    request.put("secret", secret).put("do", what);
    if (ask != null) {
      request.set("ask", LimitJson.of(ask));
    }
    if (turn != null) {
      request.set("turn", LimitJson.of(turn));
    }
    try {
      return LimitJson.parse(call(request.toString()));
    } catch (IOException | IllegalArgumentException e) {
      throw new TransportException(
          "The budget of this job, leased by "
              + host
              + ':'
              + port
              + ", cannot be asked ("
              + e.getMessage()
              + "), so nothing is asked of the network. Has the job's driver ended, or is its"
              + " address not reachable from here?",
          e);
    }
  }

  private String call(String request) throws IOException {
    Line line = kept.pollFirst();
    while (line != null && !line.isFresh()) {
      line.close();
      line = kept.pollFirst();
    }
    if (line == null) {
      line = new Line(host, port);
    }
    String reply;
    try {
      reply = line.call(request);
    } catch (IOException e) {
      line.close();
      throw e;
    }
    if (kept.size() < MOST_KEPT) {
      kept.addFirst(line);
    } else {
      line.close();
    }
    return reply;
  }
}
