package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases one budget to workers on other machines, such as the tasks of a Spark job: the driver
 * starts it, and its {@link #handle()} travels with the tasks.
 *
 * <pre>{@code
 * try (BudgetServer budget = BudgetServer.start(RateLimits.shared())) {
 *   RemoteLimits handle = budget.handle(); // serializable
 *   job.foreach(part -> harvest(part, SourceOptions.fromEnvironment().withLimits(handle.limits())));
 * }
 * }</pre>
 *
 * <p>Each request of a worker takes one permit and settles it with what the answer said. What a
 * worker holds that is not heard of for five minutes counts as used. No credential travels, only
 * its fingerprint; who has no handle is refused. The wire is not encrypted: it tells how much of
 * which quota is left, and belongs on a network that the workers share.
 *
 * <p>Thread-safe.
 */
public final class BudgetServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BudgetServer.class);

  /** More than this at once have to wait to be let in. */
  private static final int MOST_CONNECTIONS = 256;

  /** A request with a hundred credentials is far smaller. */
  static final int LONGEST_LINE_BYTES = 256 << 10;

  private static final Duration IDLE = Duration.ofMinutes(2);

  private final RateLimits limits;
  private final ServerSocket socket;
  private final String secret;
  private final ExecutorService workers;
  private final Semaphore free = new Semaphore(MOST_CONNECTIONS);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private BudgetServer(RateLimits limits, ServerSocket socket) {
    this.limits = limits;
    this.socket = socket;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    this.secret = HexFormat.of().formatHex(random);
    this.workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sparkpy-budget");
              thread.setDaemon(true);
              return thread;
            });
    workers.execute(this::accept);
  }

  /**
   * Starts a server for workers on this machine.
   *
   * @throws UncheckedIOException if there is no free port
   */
  public static BudgetServer start(RateLimits limits) {
    return start(limits, InetAddress.getLoopbackAddress());
  }

  /**
   * Starts a server on a free port of one address of this machine, which workers must be able to
   * reach; on Spark that is the value of {@code spark.driver.host}.
   *
   * @throws UncheckedIOException if the address is not one of this machine or has no free port
   */
  public static BudgetServer start(RateLimits limits, InetAddress address) {
    if (limits.book() instanceof RemoteBook) {
      throw new IllegalArgumentException("These limits are leased already; hand their handle on");
    }
    try {
      ServerSocket socket = new ServerSocket();
      socket.bind(new InetSocketAddress(address, 0));
      return new BudgetServer(limits, socket);
    } catch (IOException e) {
      throw new UncheckedIOException("A budget cannot be leased from " + address, e);
    }
  }

  /** Returns what workers reach it by. It is a secret of the job: do not log or keep it. */
  public RemoteLimits handle() {
    return new RemoteLimits(
        socket.getInetAddress().getHostAddress(), socket.getLocalPort(), secret);
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        free.acquire();
        Socket worker = socket.accept();
        open.add(worker);
        workers.execute(() -> serve(worker));
      } catch (InterruptedException e) {
        return;
      } catch (IOException | RejectedExecutionException e) {
        if (!socket.isClosed()) {
          free.release();
          log.warn("A worker could not be let in to the budget", e);
        }
      }
    }
  }

  private void serve(Socket worker) {
    try (worker) {
      worker.setSoTimeout((int) IDLE.toMillis());
      worker.setTcpNoDelay(true);
      LineReader lines = new LineReader(worker.getInputStream(), LONGEST_LINE_BYTES);
      for (String line = lines.next(); line != null; line = lines.next()) {
        JsonNode request = LimitJson.parse(line);
        if (!isSecret(request.path("secret").asText())) {
          log.warn("Somebody without this job's handle asked for its budget; hung up");
          return;
        }
        String reply = answer(request).toString() + '\n';
        worker.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      log.debug("A worker has gone", e);
    } catch (RuntimeException e) {
      log.warn("A worker asked for the budget in a way that is not understood; hung up", e);
    } finally {
      open.remove(worker);
      free.release();
    }
  }

  private boolean isSecret(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode answer(JsonNode request) {
    LimitBook book = limits.book();
    String what = request.path("do").asText();
    ObjectNode reply = LimitJson.object();
    if (what.equals("known")) {
      ArrayNode all = reply.putArray("known");
      book.known().forEach(known -> all.add(LimitJson.of(known)));
      return reply;
    }
    Ask ask = LimitJson.ask(request.path("ask"));
    Ask.Turn turn = LimitJson.turn(request.path("turn"));
    if (turn.credential() < 0 || turn.credential() >= ask.credentials().size()) {
      throw new IllegalArgumentException("There is no credential " + turn.credential());
    }
    switch (what) {
      case "acquire" -> reply.set("turn", LimitJson.of(book.acquire(ask, KeyState.REMOTE)));
      case "answered" ->
          book.answered(
              ask,
              turn,
              limits.timing().now(),
              Instant.parse(request.path("serverTime").asText()),
              LimitJson.signal(request.path("signal")),
              LimitReach.valueOf(request.path("reach").asText()));
      case "unanswered" -> book.unanswered(ask, turn);
      case "refused" -> book.refused(ask, turn);
      case "snapshot" -> reply.set("known", LimitJson.of(book.snapshot(ask, turn.credential())));
      default -> throw new IllegalArgumentException("There is no request '" + what + "'");
    }
    return reply;
  }

  /** Stops leasing. Workers that ask from now on get an error. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("The budget's port was closed badly", e);
    }
    for (Socket worker : open) {
      try {
        worker.close();
      } catch (IOException e) {
        log.debug("A worker's connection was closed badly", e);
      }
    }
    workers.shutdownNow();
  }

  /** Shows where it listens, not its secret. */
  @Override
  public String toString() {
    return "BudgetServer[" + socket.getLocalSocketAddress() + ']';
  }
}
