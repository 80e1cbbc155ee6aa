package io.github.sparkpysocial.testkit.sandbox;

import static io.github.sparkpysocial.testkit.sandbox.GitHubData.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.sandbox.GraphQl.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The part of GitHub's GraphQL API that lists stargazers. A page begins after a cursor, which is
 * the time and account of a star, so that stars that come or go move nothing. What the schema does
 * not have is refused in the words of the sandbox's GraphQL, which are not GitHub's. Sources:
 * GitHub's public schema; "Rate limits and query limits for the GraphQL API".
 */
final class GitHubGraph {
  private static final GraphQlSchema SCHEMA = GraphQlSchema.load("github.graphqls");

  private final GitHubData data;

  GitHubGraph(GitHubData data) {
    this.data = data;
  }

  /** GitHub finds something wrong with a value while it answers. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;

    Refused(String type, String message) {
      super(message);
      this.type = type;
    }

    ObjectNode toJson(String field) {
      ObjectNode body = Json.object();
      body.putObject("data").putNull(field);
      ObjectNode error = body.putArray("errors").addObject();
      error.put("type", type);
      error.putArray("path").add(field);
      error.put("message", getMessage());
      return body;
    }
  }

  /** Returns the query, ready to run. */
  GraphQl.Execution prepare(@Nullable JsonNode body, Gate.Ticket ticket) throws GraphQl.Invalid {
    return new GraphQl(SCHEMA)
        .prepare(
            body,
            entity(
                "Query",
                (name, arguments) ->
                    name.equals("rateLimit") ? rateLimit(ticket) : repository(arguments)));
  }

  static ObjectNode run(GraphQl.Execution execution) {
    try {
      return execution.run();
    } catch (Refused e) {
      return e.toJson("repository");
    }
  }

  private Entity repository(Map<String, @Nullable Object> arguments) {
    String fullName = arguments.get("owner") + "/" + arguments.get("name");
    Repository named = data.byName(fullName);
    Repository found = named == null ? data.formerly(fullName) : named;
    if (found == null) {
      throw new Refused(
          "NOT_FOUND", "Could not resolve to a Repository with the name '" + fullName + "'.");
    }
    return entity(
        "Repository",
        (name, inner) ->
            switch (name) {
              case "id" -> "R_" + found.id();
              case "databaseId" -> Long.parseLong(found.id());
              case "name" -> found.fullName().substring(found.fullName().indexOf('/') + 1);
              case "nameWithOwner" -> found.fullName();
              case "stargazerCount" -> data.starCount(found);
              default -> stargazers(found, inner);
            });
  }

  private Entity stargazers(Repository repository, Map<String, @Nullable Object> arguments) {
    if (!(arguments.get("first") instanceof Long first)) {
      throw new Refused(
          "MISSING_PAGINATION_BOUNDARIES",
          "You must provide a `first` or `last` value to properly paginate the `stargazers`"
              + " connection.");
    }
    if (first < 1 || first > 100) {
      throw new Refused(
          "EXCESSIVE_PAGINATION",
          "Requesting "
              + first
              + " records on the `stargazers` connection exceeds the `first`"
              + " limit of 100 records.");
    }
    List<Interaction> stars = data.stars(repository);
    boolean newestFirst =
        arguments.get("orderBy") instanceof Map<?, ?> order
            && "DESC".equals(order.get("direction"));
    int from = start(stars, arguments.get("after"), newestFirst);
    int to = (int) Math.min(stars.size(), from + first);
    List<Interaction> page = new ArrayList<>();
    for (int i = from; i < to; i++) {
      page.add(stars.get(newestFirst ? stars.size() - 1 - i : i));
    }
    return entity(
        "StargazerConnection",
        (name, none) ->
            switch (name) {
              case "totalCount" -> stars.size();
              case "edges" -> page.stream().map(GitHubGraph::edge).toList();
              case "nodes" -> page.stream().map(star -> user(star.actor())).toList();
              default ->
                  entity(
                      "PageInfo",
                      (field, nothing) ->
                          switch (field) {
                            case "endCursor" -> page.isEmpty() ? null : cursor(last(page));
                            case "startCursor" -> page.isEmpty() ? null : cursor(page.get(0));
                            case "hasNextPage" -> to < stars.size();
                            default -> from > 0;
                          });
            });
  }

  private static Interaction last(List<Interaction> page) {
    return page.get(page.size() - 1);
  }

  private static int start(List<Interaction> stars, @Nullable Object after, boolean newestFirst) {
    if (after == null) {
      return 0;
    }
    String cursor = after.toString();
    int low = 0;
    int high = stars.size();
    long at = seconds(cursor);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (time(stars.get(middle)).getEpochSecond() < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < stars.size() && time(stars.get(i)).getEpochSecond() == at; i++) {
      if (cursor(stars.get(i)).equals(cursor)) {
        return newestFirst ? stars.size() - i : i + 1;
      }
    }
    throw invalid(cursor);
  }

  private static long seconds(String cursor) {
    try {
      String place = new String(Base64.getDecoder().decode(cursor), StandardCharsets.US_ASCII);
      return Long.parseLong(place.split(":", -1)[2]);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw invalid(cursor);
    }
  }

  private static Refused invalid(String cursor) {
    return new Refused(
        "INVALID_CURSOR_ARGUMENTS", "`" + cursor + "` does not appear to be a valid cursor.");
  }

  private static String cursor(Interaction star) {
    String place = "cursor:v2:" + time(star).getEpochSecond() + ':' + star.actor().id();
    return Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
  }

  private static Entity edge(Interaction star) {
    return entity(
        "StargazerEdge",
        (name, none) ->
            switch (name) {
              case "starredAt" -> GitHubJson.seconds(star.createdAt());
              case "cursor" -> cursor(star);
              default -> user(star.actor());
            });
  }

  private static Entity user(AccountRef account) {
    return entity(
        "User",
        (name, none) ->
            switch (name) {
              case "id" -> "U_" + account.id();
              case "databaseId" -> Long.parseLong(String.valueOf(account.id()));
              case "login" -> account.handle();
              case "url" -> "https://github.com/" + account.handle();
              case "avatarUrl" -> "https://avatars.githubusercontent.com/u/" + account.id();
              default -> null;
            });
  }

  private static Entity rateLimit(Gate.Ticket ticket) {
    Map<String, Object> values =
        Map.of(
            "cost", 1,
            "limit", ticket.limit(),
            "remaining", ticket.remaining(),
            "used", ticket.used(),
            "resetAt", ticket.resetsAt().toString());
    return entity("RateLimit", (name, none) -> values.get(name));
  }

  /** Gives a field its value. */
  private interface Fields {
    @Nullable Object get(String name, Map<String, @Nullable Object> arguments);
  }

  private static Entity entity(String type, Fields fields) {
    return new Entity() {
      @Override
      public String type() {
        return type;
      }

      @Override
      public @Nullable Object field(String name, Map<String, @Nullable Object> arguments) {
        return fields.get(name, arguments);
      }
    };
  }
}
