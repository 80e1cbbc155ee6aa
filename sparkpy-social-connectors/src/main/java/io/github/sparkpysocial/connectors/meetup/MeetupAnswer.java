package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An answer with data. Meetup may leave parts of it out, which are {@code null} then, and say why
 * in an error beside the data.
 *
 * @param document the answer
 * @param said what the first error beside the data says, or {@code null} if there is none
 */
record MeetupAnswer(JsonDocument document, @Nullable String said) {

  /** Returns what was asked for. */
  JsonNode data() {
    return document.root().path("data");
  }

  /**
   * Returns a connection of an object. One that is missing is not one without items.
   *
   * @throws TransportException if it was left out
   */
  JsonNode connection(JsonNode parent, String name) {
    JsonNode connection = parent.path(name);
    if (!connection.path("edges").isArray()) {
      throw new TransportException(
          "Meetup left '" + name + "' out of its answer" + because() + "; try again later");
    }
    return connection;
  }

  /** Reads the nodes of a connection; those that cannot be read or were left out are set aside. */
  void eachNode(JsonNode connection, PageBuilder page, PageBuilder.ItemReader reader) {
    eachEdge(connection, page, (edge, raw) -> page.one(edge.path("node"), reader));
  }

  /** Reads the edges of a connection; those without a node were left out and are set aside. */
  void eachEdge(JsonNode connection, PageBuilder page, PageBuilder.ItemReader reader) {
    for (JsonNode edge : connection.path("edges")) {
      if (edge.isObject() && edge.path("node").isNull()) {
        page.reject(document.raw(edge), "Meetup left the item out" + because());
      } else {
        page.one(edge, reader);
      }
    }
  }

  /**
   * Returns the cursor that follows a page, or {@code null} if it was the last. Meetup has said
   * that there is a next page when there was none: an empty page, or a cursor that is the same as
   * before, is the end. If only the cursor of the page is missing, that of its last item is taken.
   */
  static @Nullable String next(JsonNode connection, @Nullable String before) {
    JsonNode info = connection.path("pageInfo");
    if (!info.path("hasNextPage").asBoolean(false)) {
      return null;
    }
    String end = Json.nonEmpty(info, "endCursor");
    JsonNode edges = connection.path("edges");
    if (end == null && !edges.isEmpty()) {
      end = Json.nonEmpty(edges.get(edges.size() - 1), "cursor");
    }
    return end == null || end.equals(before) ? null : end;
  }

  private String because() {
    return said == null ? "" : ": " + said;
  }
}
