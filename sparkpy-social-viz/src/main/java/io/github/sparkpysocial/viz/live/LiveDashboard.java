package io.github.sparkpysocial.viz.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves a dashboard to browsers and keeps it up to date: numbers change in place, alerts appear
 * with the posts behind them, a new dashboard replaces the old one.
 *
 * <p>It listens on this machine alone unless told otherwise, and answers only to the names it was
 * given, so that a page from elsewhere cannot read it by rebinding its own name. Browsers are fed
 * by server-sent events: each has a queue of bounded length, a browser that is too slow is let go
 * and catches up when it returns, which browsers do by themselves.
 *
 * <p>Thread-safe. Nothing blocks the one who publishes.
 */
public final class LiveDashboard implements AutoCloseable {
  private static final int EVIDENCE = 10;

  private final HttpServer server;
  private final ExecutorService threads;
  private final EventHub hub;
  private final Set<String> hosts;
  private final URI uri;
  private volatile Dashboard dashboard;

  private LiveDashboard(Builder builder) throws IOException {
    dashboard = builder.dashboard;
    hub = new EventHub(builder.queue, builder.clients, builder.heartbeat);
    InetSocketAddress address = new InetSocketAddress(builder.address, builder.port);
    try {
      server = HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException(
          "Port " + builder.port + " is taken; name another one, or 0 for any that is free", e);
    }
    int port = server.getAddress().getPort();
    String host = builder.address.getHostAddress();
    String shown = host.contains(":") ? "[" + host.replaceAll("%.*", "") + "]" : host;
    hosts = new HashSet<>(builder.hosts);
    hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]", shown));
    uri =
        URI.create(
            "http://"
                + (builder.address.isAnyLocalAddress() ? "localhost" : shown)
                + ":"
                + port
                + "/");
    threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sparkpy-live");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Returns a builder; the dashboard is what browsers see first. */
  public static Builder builder(Dashboard dashboard) {
    return new Builder(dashboard);
  }

  /** Returns where to look at it. */
  public URI uri() {
    return uri;
  }

  /** Returns how many browsers are looking. */
  public int clients() {
    return hub.clients();
  }

  /** Replaces the dashboard; open pages load it. */
  public void publish(Dashboard dashboard) {
    this.dashboard = Objects.requireNonNull(dashboard, "dashboard");
    hub.publish(EventHub.Kind.DASHBOARD, "", "{}");
  }

  /** Changes numbers at the top, found by their fact, or adds them. */
  public void publish(Tile... tiles) {
    for (Tile tile : tiles) {
      ObjectNode json = Json.object();
      json.put("fact", tile.fact()).put("value", Texts.shorten(tile.value(), Texts.LABEL));
      json.put("label", Texts.shorten(tile.label(), Texts.LABEL));
      json.put("shown", Texts.shorten(tile.shown(), Texts.LABEL));
      json.put("note", tile.note() == null ? "" : Texts.shorten(tile.note(), Texts.TITLE));
      hub.publish(EventHub.Kind.TILE, tile.fact(), Json.script(json));
    }
  }

  /** Shows an alert above all others. Browsers that come later see the latest hundred. */
  public void publish(Alert alert) {
    ObjectNode json = Json.object();
    json.put("title", Texts.shorten(alert.title(), Texts.TITLE));
    json.put("text", Texts.shorten(alert.text(), Texts.QUOTE));
    json.put("time", alert.time().toString()).put("shown", Times.minute(alert.time()));
    json.put("posts", alert.evidence().size());
    ArrayNode evidence = json.putArray("evidence");
    for (Quote quote : alert.evidence().stream().limit(EVIDENCE).toList()) {
      ObjectNode one = evidence.addObject();
      one.put("text", Texts.shorten(quote.text(), Texts.QUOTE));
      one.put("author", Texts.shorten(quote.author(), Texts.LABEL));
      one.put("time", quote.time() == null ? "" : Times.minute(quote.time()));
      one.put("link", Objects.requireNonNullElse(Links.safe(quote.link()), ""));
    }
    hub.publish(EventHub.Kind.ALERT, "", Json.script(json));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
      exchange.getResponseHeaders().set("X-Frame-Options", "DENY");
      String path = exchange.getRequestURI().getPath();
      if (!knows(exchange.getRequestHeaders().getFirst("Host"))) {
        say(exchange, 421, "This dashboard does not answer to that name.");
      } else if ("cross-site".equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Site"))
          && !path.equals("/")) {
        say(exchange, 403, "This dashboard does not talk to other sites.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        say(exchange, 405, "Only GET is answered here.");
      } else if (path.equals("/")) {
        send(exchange, 200, "text/html", dashboard.toLiveHtml());
      } else if (path.equals("/events")) {
        hub.serve(exchange);
      } else {
        say(exchange, 404, "There is nothing here; the dashboard is at /.");
      }
    } finally {
      exchange.close();
    }
  }

  private boolean knows(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT).replaceAll(":\\d+$", "");
    return hosts.contains(name);
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    send(exchange, status, "text/plain", text + "\n");
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Lets all browsers go and stops listening. */
  @Override
  public void close() {
    hub.close();
    server.stop(0);
    threads.shutdownNow();
  }

  /** Collects how it is served. Not thread-safe. */
  public static final class Builder {
    private final Dashboard dashboard;
    private final Set<String> hosts = new HashSet<>();
    private InetAddress address = InetAddress.getLoopbackAddress();
    private int port;
    private int queue = 64;
    private int clients = 100;
    private Duration heartbeat = Duration.ofSeconds(15);

    private Builder(Dashboard dashboard) {
      this.dashboard = Objects.requireNonNull(dashboard, "dashboard");
    }

    /** Sets the port. Default: 0, any that is free. */
    public Builder port(int port) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("A port lies between 0 and 65535, was " + port);
      }
      this.port = port;
      return this;
    }

    /**
     * Sets where it listens. Default: the loopback address, which only this machine reaches. There
     * is no login: on any other address, everybody who reaches it sees the dashboard.
     */
    public Builder address(InetAddress address) {
      this.address = Objects.requireNonNull(address, "address");
      return this;
    }

    /** Adds a name that browsers may call it by, such as {@code dashboard.example}. */
    public Builder host(String host) {
      hosts.add(host.toLowerCase(Locale.ROOT));
      return this;
    }

    /** Sets how many events may wait for one browser before it is let go. Default: 64. */
    public Builder queue(int events) {
      if (events < 1) {
        throw new IllegalArgumentException("A queue holds at least one event, was " + events);
      }
      this.queue = events;
      return this;
    }

    /** Sets how many browsers are served at once, each by a thread. Default: 100. */
    public Builder clients(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("At least one browser is served, was " + most);
      }
      this.clients = most;
      return this;
    }

    /** Sets after how much silence a sign of life is sent. Default: 15 seconds. */
    public Builder heartbeat(Duration heartbeat) {
      if (heartbeat.isNegative() || heartbeat.isZero()) {
        throw new IllegalArgumentException("heartbeat must be positive, was " + heartbeat);
      }
      this.heartbeat = heartbeat;
      return this;
    }

    /**
     * Begins to serve.
     *
     * @throws IOException if the address or port cannot be had
     */
    public LiveDashboard start() throws IOException {
      return new LiveDashboard(this);
    }
  }
}
