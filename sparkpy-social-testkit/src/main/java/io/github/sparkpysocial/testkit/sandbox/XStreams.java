package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Post;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The live streams of X API v2, filtered and sampled, and the app's connections to them. Their
 * parameters have the names of {@link XDialect#TWEET} in both dialects, as in OpenAPI 2.167.
 * Sources: the guides on consuming streams and on handling disconnections. Thread-safe.
 */
final class XStreams {
  static final String FILTERED = "/2/tweets/search/stream";
  static final String SAMPLED = "/2/tweets/sample/stream";

  /** Of all posts the sample has one in a hundred. */
  private static final int SAMPLE = 100;

  private static final int MOST_REMEMBERED = 1_000;

  private final XCommunity community;
  private final XObjects objects;
  private final XRuleBook rules;
  private final XBilling billing;
  private final LiveFeed feed;
  private final Map<String, Connection> connections = new LinkedHashMap<>();

  XStreams(
      XCommunity community, XObjects objects, XRuleBook rules, XBilling billing, LiveFeed feed) {
    this.community = community;
    this.objects = objects;
    this.rules = rules;
    this.billing = billing;
    this.feed = feed;
  }

  /** A connection of an app. */
  private static final class Connection {
    private final String id;
    private final String token;
    private final String endpoint;
    private final Instant since;
    private final OpenStream stream;
    private @Nullable Instant until;
    private @Nullable String reason;

    Connection(String id, String token, String endpoint, Instant since, OpenStream stream) {
      this.id = id;
      this.token = token;
      this.endpoint = endpoint;
      this.since = since;
      this.stream = stream;
    }
  }

  /** Returns whose stream it is. */
  static String key(String path, String token) {
    return "x:" + path + " of " + token;
  }

  Answer filtered(Request request, String token) throws XRefused {
    XSelection selection = selection(request, Set.of("backfill_minutes", "start_time", "end_time"));
    if (rules.of(token).isEmpty()) {
      throw XRefused.problem(
          409,
          "ConnectionException",
          "Connection rejected: there are no rules configured for this stream. Please add rules.",
          XRefused.type("streaming-connection"));
    }
    checkFree(FILTERED, token);
    return open(
        FILTERED,
        "filtered_stream",
        token,
        post -> {
          List<XRuleBook.Rule> matching =
              rules.of(token).stream().filter(rule -> rule.matches().test(post)).toList();
          if (matching.isEmpty()) {
            return null;
          }
          ObjectNode message = message(post, selection);
          ArrayNode array = message.putArray("matching_rules");
          for (XRuleBook.Rule rule : matching) {
            array.addObject().put("id", rule.id()).put("tag", rule.tag() == null ? "" : rule.tag());
          }
          return message;
        });
  }

  Answer sampled(Request request, String token) throws XRefused {
    XSelection selection = selection(request, Set.of("backfill_minutes"));
    checkFree(SAMPLED, token);
    return open(
        SAMPLED,
        "sample_stream",
        token,
        post ->
            Math.floorMod(post.id().hashCode() * 31, SAMPLE) == 0
                ? message(post, selection)
                : null);
  }

  private static XSelection selection(Request request, Set<String> own) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(XSelection.parametersOfPosts(XDialect.TWEET, own));
    if (parameters.number("backfill_minutes", 0, 0, 5) > 0
        || parameters.text("start_time") != null) {
      throw XRefused.problem(
          403,
          "Forbidden",
          "Backfill and recovery are open to Enterprise accounts",
          XRefused.type("client-forbidden"));
    }
    return XSelection.ofPosts(parameters, XDialect.TWEET);
  }

  private void checkFree(String path, String token) throws XRefused {
    if (feed.isOpen(key(path, token))) { // a client that hangs up was given its moment before
      ObjectNode problem =
          XRefused.body(
              429,
              "ConnectionException",
              "This stream is currently at the maximum allowed connection limit.",
              XRefused.type("streaming-connection"));
      problem.put("connection_issue", "TooManyConnections");
      throw XRefused.body(429, problem);
    }
  }

  private ObjectNode message(Post post, XSelection selection) {
    ObjectNode message = Json.object();
    objects.page(message, List.of(post), selection);
    message.set("data", message.path("data").path(0));
    return message;
  }

  private Answer open(
      String path, String endpoint, String token, Function<Post, @Nullable ObjectNode> wanted) {
    StreamBody body =
        feed.stream(
            key(path, token),
            feed.published(),
            "\r\n",
            index -> {
              Post post = community.postAt(index);
              ObjectNode message = community.isVisible(post) ? wanted.apply(post) : null;
              if (message == null) {
                return List.of();
              }
              billing.count(token, message);
              return List.of(message + "\r\n");
            });
    return Answer.stream(
        Map.of("content-type", "application/json; charset=utf-8"),
        stream -> {
          Connection connection =
              new Connection(
                  UUID.randomUUID().toString(), token, endpoint, community.now(), stream);
          remember(connection);
          try {
            body.run(stream);
          } finally {
            synchronized (connections) {
              connection.until = community.now();
              if (connection.reason == null) {
                connection.reason = "ClientDisconnect";
              }
            }
          }
        });
  }

  private void remember(Connection connection) {
    synchronized (connections) {
      if (connections.size() == MOST_REMEMBERED) {
        connections.remove(connections.keySet().iterator().next());
      }
      connections.put(connection.id, connection);
    }
  }

  Answer connections(Request request, String token) throws XRefused {
    XParameters parameters = new XParameters(request);
    parameters.check(
        Set.of("status", "endpoints", "max_results", "pagination_token", "connection.fields"));
    String status = parameters.text("status");
    Set<String> fields =
        parameters.text("connection.fields") == null
            ? Set.of("id")
            : parameters.listed(
                "connection.fields",
                6,
                "client_ip|connected_at|disconnect_reason|disconnected_at|endpoint_name|id");
    int size = parameters.number("max_results", 10, 1, 100);
    XPageToken page = XPageToken.read(parameters, "connections");
    List<Connection> found = new ArrayList<>();
    synchronized (connections) {
      connections.values().stream()
          .filter(c -> c.token.equals(token))
          .filter(
              c ->
                  "all".equals(status)
                      || ("inactive".equals(status) ? c.until != null : c.until == null))
          .forEach(found::add);
    }
    found.sort(Comparator.comparing((Connection c) -> c.since).reversed());
    int from = page.before() == Integer.MAX_VALUE ? 0 : page.before();
    int to = Math.min(found.size(), from + size);
    ObjectNode body = Json.object();
    if (from < to) {
      ArrayNode data = body.putArray("data");
      found.subList(from, to).forEach(connection -> data.add(json(connection, fields)));
    }
    ObjectNode meta = body.putObject("meta").put("result_count", Math.max(0, to - from));
    if (to < found.size()) {
      meta.put("next_token", page.next(to, "connections"));
    }
    return Answer.json(200, body);
  }

  private static ObjectNode json(Connection connection, Set<String> fields) {
    ObjectNode json = Json.object().put("id", connection.id);
    if (fields.contains("endpoint_name")) {
      json.put("endpoint_name", connection.endpoint);
    }
    if (fields.contains("connected_at")) {
      json.put("connected_at", XObjects.time(connection.since));
    }
    if (fields.contains("disconnected_at") && connection.until != null) {
      json.put("disconnected_at", XObjects.time(connection.until));
    }
    if (fields.contains("disconnect_reason") && connection.reason != null) {
      json.put("disconnect_reason", connection.reason);
    }
    return json;
  }

  /** Closes connections: those that the body names, or all. */
  Answer close(Request request, String token, boolean all) throws XRefused {
    new XParameters(request).check(Set.of());
    List<String> ids = new ArrayList<>();
    if (!all) {
      JsonNode body = Json.parse(request.body());
      JsonNode uuids = body == null ? Json.array() : body.path("uuids");
      if (uuids.isEmpty() || uuids.size() > 100) {
        throw XRefused.problem(
            400,
            "Invalid Request",
            "The body names from 1 to 100 `uuids`",
            XRefused.type("invalid-request"));
      }
      uuids.forEach(id -> ids.add(id.asText()));
    }
    List<Connection> closed = new ArrayList<>();
    synchronized (connections) {
      for (Connection connection : connections.values()) {
        if (connection.token.equals(token)
            && connection.until == null
            && (all || ids.contains(connection.id))) {
          connection.reason = "KilledByClient";
          closed.add(connection);
        }
      }
    }
    closed.forEach(connection -> connection.stream.close());
    ObjectNode body = Json.object();
    body.putObject("data")
        .put("successful_kills", closed.size())
        .put("failed_kills", all ? 0 : ids.size() - closed.size());
    return Answer.json(200, body);
  }
}
