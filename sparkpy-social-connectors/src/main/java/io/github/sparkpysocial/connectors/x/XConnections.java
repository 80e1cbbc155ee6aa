package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The app's connections to live streams, as X sees them: {@code /2/connections}. Closing one helps
 * when X refuses a stream with TooManyConnections although the program that held it is gone.
 * Thread-safe.
 */
public final class XConnections {
  private static final String PATH = "/2/connections";

  /** What X is asked to tell; the address of the client is left out. */
  private static final String FIELDS =
      "connected_at,disconnect_reason,disconnected_at,endpoint_name,id";

  private static final int PAGE = 100;

  private final XApi api;

  XConnections(XApi api) {
    this.api = api;
  }

  /**
   * A connection.
   *
   * @param id what X calls it
   * @param stream the stream, such as {@code filtered_stream}, or {@code null} if not told
   * @param connectedAt since when, or {@code null} if not told
   * @param disconnectedAt until when, or {@code null} if it is open
   * @param reason why it ended, or {@code null}
   */
  public record Connection(
      String id,
      @Nullable String stream,
      @Nullable Instant connectedAt,
      @Nullable Instant disconnectedAt,
      @Nullable String reason) {
    public Connection {
      Objects.requireNonNull(id, "id");
    }
  }

  /**
   * What came of closing.
   *
   * @param closed how many connections were closed
   * @param failed how many were not
   */
  public record Closed(long closed, long failed) {}

  /** Returns the connections that are open now. */
  public List<Connection> open() throws InterruptedException {
    return list("active");
  }

  /** Returns the connections that are open or ended not long ago. */
  public List<Connection> all() throws InterruptedException {
    return list("all");
  }

  private List<Connection> list(String status) throws InterruptedException {
    List<Connection> connections = new ArrayList<>();
    String token = null;
    do {
      String at = token;
      JsonNode root =
          api.free(
                  PATH,
                  parameters ->
                      parameters
                          .with("status", status)
                          .with("max_results", PAGE)
                          .with("connection.fields", FIELDS)
                          .with("pagination_token", at))
              .root();
      for (JsonNode connection : root.path("data")) {
        connections.add(
            new Connection(
                Json.required(connection, "id"),
                Json.nonEmpty(connection, "endpoint_name"),
                Json.time(connection, "connected_at"),
                Json.time(connection, "disconnected_at"),
                Json.nonEmpty(connection, "disconnect_reason")));
      }
      token = Json.nonEmpty(root.path("meta"), "next_token");
      if (at != null && at.equals(token)) {
        throw new TransportException("X names a page of connections as its own successor");
      }
    } while (token != null);
    return List.copyOf(connections);
  }

  /** Closes connections by their ids. */
  public Closed close(Collection<String> ids) throws InterruptedException {
    long closed = 0;
    long failed = 0;
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += PAGE) {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      ArrayNode uuids = body.putArray("uuids");
      all.subList(from, Math.min(all.size(), from + PAGE)).forEach(uuids::add);
      Closed part = delete(PATH, body);
      closed += part.closed();
      failed += part.failed();
    }
    return new Closed(closed, failed);
  }

  /** Closes all connections of the app, also those of its other programs. */
  public Closed closeAll() throws InterruptedException {
    return delete(PATH + "/all", null);
  }

  private Closed delete(String path, @Nullable JsonNode body) throws InterruptedException {
    XApi.Changed changed = api.change("DELETE", path, parameters -> parameters, body);
    if (!changed.response().isSuccess()) {
      throw XErrors.of(changed.request(), changed.response());
    }
    JsonNode data = JsonDocument.of(changed.response()).root().path("data");
    return new Closed(data.path("successful_kills").asLong(), data.path("failed_kills").asLong());
  }
}
