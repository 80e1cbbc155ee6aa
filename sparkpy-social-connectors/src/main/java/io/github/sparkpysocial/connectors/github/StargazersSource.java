package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who starred a repository and when. By REST, {@code GET /repos/OWNER/REPO/stargazers} with the
 * media type that tells the time, oldest first, GitHub shows 400 pages, 40,000 stars. By GraphQL it
 * shows all, in either order, to those who have a token.
 */
final class StargazersSource extends RepositorySource {
  private static final Logger log = LoggerFactory.getLogger(StargazersSource.class);

  /** What REST shows: 400 pages. */
  private static final long WALL = 400L * PAGE;

  private static final String SET_A_TOKEN =
      "Set GITHUB_TOKEN, and the rest is read by GraphQL, which has no such limit";

  /** By which API to ask. */
  enum Way {
    /** By REST, and by GraphQL for what REST does not show; oldest first. The default. */
    AUTO,
    /** By REST alone, oldest first. */
    REST,
    /** By GraphQL alone, newest first, so that going on from a known star takes one question. */
    GRAPHQL;

    static Way of(PlaceUri uri) {
      String name = uri.parameter("api");
      if (name == null) {
        return AUTO;
      }
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "rest" -> REST;
        case "graphql" -> GRAPHQL;
        default ->
            throw new IllegalArgumentException(
                "The parameter 'api' in "
                    + uri
                    + " is rest or graphql; leave it out to take what fits");
      };
    }
  }

  private final Way way;
  private final StargazersGraph graph;

  StargazersSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
    this.way = Way.of(uri);
    this.graph = new StargazersGraph(api, uri, order());
    if (way == Way.GRAPHQL && api.isAnonymous()) {
      throw new AuthenticationException(
          "GitHub answers GraphQL to those with a token only; set GITHUB_TOKEN, or leave api=graphql"
              + " out of "
              + uri);
    }
  }

  @Override
  public Order order() {
    return way == Way.GRAPHQL ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
  }

  @Override
  String accept() {
    return GitHubApi.STARS;
  }

  @Override
  @Nullable Long mostItems() {
    return isCut() ? WALL : null;
  }

  @Override
  boolean hasWall() {
    return true;
  }

  private boolean isCut() {
    return way == Way.REST || api.isAnonymous();
  }

  @Override
  List<String> notes() {
    return isCut()
        ? List.of(
            "GitHub shows the first 40,000 stargazers by REST, and fails with a message beyond"
                + " them; with GITHUB_TOKEN all are read.")
        : List.of();
  }

  @Override
  String listing(PageRequest request) {
    return "/stargazers?per_page=" + PAGE;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    String cursor = request.cursor();
    boolean byGraph =
        cursor == null
            ? way == Way.GRAPHQL || (!isCut() && known().stars() > WALL)
            : StargazersGraph.isCursor(cursor);
    if (byGraph) {
      return byGraph(request);
    }
    try {
      return super.fetch(request);
    } catch (GitHubErrors.PageWallException e) {
      if (isCut()) {
        throw new InvalidQueryException(
            e.getMessage() + (way == Way.REST ? "" : ". " + SET_A_TOKEN), e);
      }
      log.info("{} goes on by GraphQL, since REST shows no more: {}", uri(), e.getMessage());
      return byGraph(new PageRequest(request.since(), request.until(), null));
    }
  }

  private Page byGraph(PageRequest request) throws InterruptedException {
    return graph.fetch(request, repository(), new GitHubRecords(provenance()));
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    Interaction star = into.records().star(item, raw, into.repository());
    into.page().add(star);
    into.positions().add(new Position(star.id(), star.createdAt()));
    into.page().countUnknown("star", item, GitHubFields.STAR);
    into.account(Json.field(item, "user"));
  }
}
