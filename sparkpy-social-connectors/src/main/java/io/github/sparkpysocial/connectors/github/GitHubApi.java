package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks GitHub's REST API, page by page. Pages are followed by the {@code Link} header alone; the
 * cursor is path and query of the next address, so that a listing goes on in another process.
 * Thread-safe.
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
   * @throws io.github.sparkpysocial.SocialException if GitHub refuses; an empty repository (409)
   *     and an empty listing (204) are no refusals and are returned
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
    return response;
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
