package io.github.sparkpysocial.viz.live;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to browsers as server-sent events (HTML Living Standard, section 9.2). One who
 * returns and names the last event it saw gets what it missed, or all there is to know if that is
 * too long ago. Thread-safe.
 */
final class EventHub {
  private static final int REMEMBERED = 500;
  private static final int ALERTS = 100;

  /** What an event tells. */
  enum Kind {
    /** There is a new dashboard. */
    DASHBOARD,
    /** A number has changed. */
    TILE,
    /** Something happened. */
    ALERT,
    /** The server is there. */
    BEAT
  }

  private record Event(long id, Kind kind, String key, String data) {
    byte[] bytes(String run) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      String head = id < 0 ? "" : "id: " + run + '-' + id + '\n';
      return (head + "event: " + name + "\ndata: " + data + "\n\n")
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static final Event BEAT = new Event(-1, Kind.BEAT, "", "{}");

  /** One browser: what waits for it, and how to let it go. */
  private static final class Client {
    private final BlockingQueue<Event> waiting;
    private final HttpExchange exchange;
    private volatile boolean gone;

    Client(int queue, HttpExchange exchange) {
      this.waiting = new ArrayBlockingQueue<>(queue);
      this.exchange = exchange;
    }

    void leave() {
      gone = true;
      exchange.close();
    }
  }

  private final String run = Long.toString(System.nanoTime(), 36); // tells this server from another
  private final int queue;
  private final int most;
  private final Duration heartbeat;
  private final Set<Client> clients = new HashSet<>();
  private final Deque<Event> recent = new ArrayDeque<>();
  private final Deque<Event> alerts = new ArrayDeque<>();
  private final Map<String, Event> tiles = new LinkedHashMap<>();
  private long last;
  private boolean closed;

  EventHub(int queue, int most, Duration heartbeat) {
    this.queue = queue;
    this.most = most;
    this.heartbeat = heartbeat;
  }

  synchronized int clients() {
    return clients.size();
  }

  synchronized void publish(Kind kind, String key, String data) {
    Event event = new Event(++last, kind, key, data);
    remember(recent, event, REMEMBERED);
    if (kind == Kind.TILE) {
      tiles.put(key, event);
    } else if (kind == Kind.ALERT) {
      remember(alerts, event, ALERTS);
    }
    List<Client> slow = new ArrayList<>();
    for (Client client : clients) {
      if (!client.waiting.offer(event)) {
        slow.add(client);
      }
    }
    for (Client client : slow) {
      clients.remove(client);
      client.leave();
    }
  }

  private static void remember(Deque<Event> events, Event event, int most) {
    events.addLast(event);
    if (events.size() > most) {
      events.removeFirst();
    }
  }

  /** Feeds one browser until it leaves, on the calling thread. */
  void serve(HttpExchange exchange) throws IOException {
    Client client = new Client(queue, exchange);
    List<Event> missed = join(client, exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    if (missed == null) {
      exchange.getResponseHeaders().set("Retry-After", "30");
      exchange.sendResponseHeaders(503, -1);
      return;
    }
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      out.write("retry: 2000\n\n".getBytes(StandardCharsets.UTF_8));
      for (Event event : missed) {
        out.write(event.bytes(run));
      }
      out.flush();
      while (!client.gone) {
        Event event = client.waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
        out.write((event == null ? BEAT : event).bytes(run));
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The browser went away, which is how it always ends.
    } finally {
      part(client);
    }
  }

  /** Returns what a browser has to be told first, or {@code null} if there are too many. */
  private synchronized @Nullable List<Event> join(Client client, @Nullable String lastSeen) {
    if (closed || clients.size() >= most) {
      return null;
    }
    clients.add(client);
    List<Event> missed = new ArrayList<>();
    long seen = number(lastSeen);
    Event oldest = recent.peekFirst();
    if (seen >= 0 && (seen >= last || (oldest != null && oldest.id() <= seen + 1))) {
      recent.stream().filter(event -> event.id() > seen).forEach(missed::add);
      return missed;
    }
    if (lastSeen != null) {
      missed.add(new Event(last, Kind.DASHBOARD, "", "{}")); // it has an old page
      return missed;
    }
    missed.addAll(alerts);
    missed.addAll(tiles.values());
    missed.sort((a, b) -> Long.compare(a.id(), b.id()));
    return missed;
  }

  private long number(@Nullable String lastSeen) {
    if (lastSeen == null || !lastSeen.startsWith(run + '-')) {
      return -1;
    }
    try {
      return Long.parseLong(lastSeen.substring(run.length() + 1));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private synchronized void part(Client client) {
    clients.remove(client);
  }

  synchronized void close() {
    closed = true;
    clients.forEach(Client::leave);
    clients.clear();
  }
}
