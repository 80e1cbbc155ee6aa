package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks GitHub's REST API, page by page, and its GraphQL API. Pages are followed by the {@code Link}
 * header alone; the cursor is path and query of the next address, so that a listing goes on in
 * another process. Thread-safe.
 */
final class GitHubApi {
  /** The usual media type. */
  static final String JSON = "application/vnd.github+json";

  /** The media type that adds to each stargazer when the star was given. */
  static final String STARS = "application/vnd.github.star+json";

  static final String TOKEN = "GITHUB_TOKEN";
  private static final URI NETWORK = URI.create("https://api.github.com");
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?", Pattern.CASE_INSENSITIVE);

  private final Endpoint endpoint;
  private final RateLimitedTransport http;

  private GitHubApi(Endpoint endpoint, RateLimitedTransport http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  static GitHubApi open(PlaceUri uri, SourceOptions options) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, TOKEN);
    return new GitHubApi(endpoint, options.transport(endpoint, GitHubLimits.INSTANCE));
  }

  RateLimitedTransport http() {
    return http;
  }

  URI base() {
    return endpoint.base();
  }

  boolean isAnonymous() {
    return endpoint.tokens().isEmpty();
  }

  /** Sends a request as GitHub wants it, whatever the answer. */
  HttpResponse send(HttpRequest request) throws InterruptedException {
    return http.send(versioned(request));
  }

  /**
   * Gets a path.
   *
   * @param pathAndQuery begins with a slash
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses; an empty repository (409),
   *     an empty listing (204) and one that is not ready (202) are no refusals and are returned
   */
  HttpResponse get(String pathAndQuery, String accept) throws InterruptedException {
    HttpRequest request =
        versioned(
            HttpRequest.get(URI.create(endpoint.base() + pathAndQuery))
                .withHeader("Accept", accept));
    HttpResponse response = http.send(request);
    if (!response.isSuccess() && !isEmptyRepository(response)) {
      throw GitHubErrors.of(request, response);
    }
    if (!sameOrigin(response.uri())) {
      throw new InvalidQueryException(
          "GitHub has moved "
              + pathAndQuery
              + " to another server, "
              + response.uri().getHost()
              + "; its answer is not taken");
    }
    return response;
  }

  /**
   * Asks a question of the GraphQL API.
   *
   * @return the {@code data} of the answer
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses, or answers in part only
   */
  JsonDocument graphQl(String query, Map<String, ?> variables) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("query", query);
    ObjectNode values = body.putObject("variables");
    variables.forEach((name, value) -> values.put(name, value == null ? null : value.toString()));
    HttpRequest request =
        versioned(HttpRequest.postJson(URI.create(endpoint.base() + "/graphql"), body.toString()));
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      throw GitHubErrors.of(request, response);
    }
    JsonDocument answer = JsonDocument.of(response);
    GitHubErrors.checkGraphQl(request, answer.root());
    return answer;
  }

  private HttpRequest versioned(HttpRequest request) {
    return request.withHeader("X-GitHub-Api-Version", "2022-11-28");
  }

  /** Returns whether a repository answers that nothing was ever committed to it. */
  static boolean isEmptyRepository(HttpResponse response) {
    return response.status() == 409 && GitHubErrors.message(response).contains("is empty");
  }

  /**
   * Returns the cursor of the next page, or {@code null} if there is none.
   *
   * @throws InvalidQueryException if the next page lies on another server
   */
  @Nullable String next(HttpResponse response) {
    for (String link : response.headers().all("Link")) {
      Matcher next = NEXT.matcher(link);
      if (next.find()) {
        URI address = response.uri().resolve(next.group(1));
        if (!sameOrigin(address)) {
          throw new InvalidQueryException(
              "GitHub names a next page on another server, "
                  + address.getHost()
                  + "; not followed");
        }
        String query = address.getRawQuery();
        return address.getRawPath() + (query == null ? "" : '?' + query);
      }
    }
    return null;
  }

  private boolean sameOrigin(URI address) {
    URI base = endpoint.base();
    return base.getScheme().equalsIgnoreCase(address.getScheme())
        && base.getHost().equalsIgnoreCase(address.getHost())
        && base.getPort() == address.getPort();
  }

  /**
   * Checks a cursor that comes from outside.
   *
   * @throws StaleCursorException if it is no path with a query
   */
  static String checkedCursor(String cursor) {
    if (!cursor.startsWith("/") || cursor.startsWith("//") || cursor.contains("\\")) {
      throw new StaleCursorException("The cursor is not a path of GitHub's API");
    }
    return cursor;
  }
}
