package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads stargazers by GraphQL, a hundred a question, which costs one of 5,000 points an hour. Its
 * cursors stand for a star and not for a number, so that nothing moves when others come or go.
 */
final class StargazersGraph {
  private static final String CURSOR = "graphql:";

  /** The direction is no variable: it is written in. */
  private static final String QUERY =
      """
      query($owner: String!, $name: String!, $after: String) {
        repository(owner: $owner, name: $name) {
          stargazers(first: 100, after: $after, orderBy: {field: STARRED_AT, direction: %s}) {
            totalCount
            edges { starredAt node { login databaseId url avatarUrl } }
            pageInfo { endCursor hasNextPage }
          }
        }
      }
      """;

  private final GitHubApi api;
  private final PlaceUri uri;
  private final Order order;

  StargazersGraph(GitHubApi api, PlaceUri uri, Order order) {
    this.api = api;
    this.uri = uri;
    this.order = order;
  }

  /** Returns whether a cursor is one of a listing by GraphQL. */
  static boolean isCursor(String cursor) {
    return cursor.startsWith(CURSOR);
  }

  /**
   * Fetches a page; of a listing newest first, it is the last one when it gets to what is known.
   */
  Page fetch(PageRequest request, GitHubRecords.Target repository, GitHubRecords records)
      throws InterruptedException {
    String cursor = request.cursor();
    int slash = repository.fullName().indexOf('/');
    Map<String, @Nullable String> variables = new HashMap<>();
    variables.put("owner", repository.fullName().substring(0, slash));
    variables.put("name", repository.fullName().substring(slash + 1));
    variables.put("after", cursor == null ? null : cursor.substring(CURSOR.length()));
    String direction = order == Order.NEWEST_FIRST ? "DESC" : "ASC";
    JsonDocument answer = api.graphQl(QUERY.formatted(direction), variables);
    JsonNode stargazers = answer.root().path("data").path("repository").path("stargazers");
    if (!stargazers.path("edges").isArray()) {
      throw new TransportException(
          "GitHub's GraphQL API answered without the stargazers of " + uri);
    }
    PageBuilder page = new PageBuilder(uri, answer);
    GitHubSource.Positions positions = new GitHubSource.Positions();
    page.each(
        stargazers.path("edges"),
        (edge, raw) -> {
          Interaction star = records.starEdge(edge, raw, repository);
          page.add(star);
          positions.add(new Position(star.id(), star.createdAt()));
          page.countUnknown("star", edge, GitHubFields.STAR_EDGE);
          JsonNode node = edge.path("node");
          page.add(records.accountOfNode(node, answer.raw(node)));
        });
    boolean reached =
        order == Order.NEWEST_FIRST && GitHubSource.isOlder(positions.last(), request.since());
    return positions.page(page, order, reached ? null : next(stargazers.path("pageInfo")));
  }

  private @Nullable String next(JsonNode pageInfo) {
    String end = Json.nonEmpty(pageInfo, "endCursor");
    if (!pageInfo.path("hasNextPage").asBoolean()) {
      return null;
    }
    if (end == null) {
      throw new TransportException(
          "GitHub's GraphQL API says that " + uri + " goes on, and not where");
    }
    return CURSOR + end;
  }
}
