package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimit;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * X API v1.1, for old apps and for servers that speak it: search, and what is left of its limits. X
 * calls it legacy; new apps use {@link XClient}.
 *
 * <p>It signs with OAuth 1.0a if {@code X_CONSUMER_KEY}, {@code X_CONSUMER_SECRET}, {@code
 * X_ACCESS_TOKEN} and {@code X_ACCESS_TOKEN_SECRET} are set, else with the bearer token in {@code
 * X_BEARER_TOKEN}. A sandbox gets none of these but its own word, {@code sandbox}. Thread-safe.
 */
public final class XV1Client {
  private static final URI NETWORK = URI.create("https://api.x.com");
  private static final String BEARER = "X_BEARER_TOKEN";
  private static final List<String> VARIABLES =
      List.of("X_CONSUMER_KEY", "X_CONSUMER_SECRET", "X_ACCESS_TOKEN", "X_ACCESS_TOKEN_SECRET");
  private static final String SANDBOX = "sandbox";
  private static final String STATUS = "/1.1/application/rate_limit_status.json";

  private final SourceOptions options;
  private final Endpoint endpoint;
  private final RateLimitedTransport http;
  private final boolean asUser;

  private XV1Client(
      SourceOptions options, Endpoint endpoint, RateLimitedTransport http, boolean asUser) {
    this.options = options;
    this.endpoint = endpoint;
    this.http = http;
    this.asUser = asUser;
  }

  /**
   * Returns a client; makes no request yet.
   *
   * @throws AuthenticationException if no credentials are set, or of the four only some
   */
  public static XV1Client open(SourceOptions options) {
    return open(PlaceUri.parse("x:v1"), options);
  }

  static XV1Client open(PlaceUri uri, SourceOptions options) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, BEARER);
    XOAuth1.Keys keys = keys(endpoint, options.environment());
    if (keys != null) {
      XOAuth1 oauth = new XOAuth1(endpoint.base(), keys, options.clock());
      SourceOptions learning = options.withTransport(oauth.learning(options.transport()));
      return new XV1Client(
          options,
          endpoint,
          learning.transport(endpoint, XV1Limits.INSTANCE, List.of(oauth)),
          true);
    }
    if (endpoint.tokens().isEmpty()) {
      throw new AuthenticationException(
          "X API v1.1 needs credentials for "
              + uri
              + ": set "
              + String.join(", ", VARIABLES)
              + " to those of your app and user, or "
              + BEARER
              + " to its bearer token, or SPARKPY_SANDBOX to try without");
    }
    return new XV1Client(options, endpoint, options.transport(endpoint, XV1Limits.INSTANCE), false);
  }

  /** Returns the four credentials, or {@code null} if none is set. */
  private static XOAuth1.@Nullable Keys keys(Endpoint endpoint, Map<String, String> environment) {
    List<Secret> found = new ArrayList<>();
    for (String variable : VARIABLES) {
      String value = environment.get(variable);
      if (value != null && !value.isBlank() && (!endpoint.sandbox() || value.equals(SANDBOX))) {
        found.add(Secret.fromEnvironment(environment, variable));
      } else if (!found.isEmpty() && !endpoint.sandbox()) {
        throw new AuthenticationException(
            "OAuth 1.0a needs all of "
                + String.join(", ", VARIABLES)
                + "; "
                + variable
                + " is not set");
      }
    }
    return found.size() < VARIABLES.size()
        ? null
        : new XOAuth1.Keys(found.get(0), found.get(1), found.get(2), found.get(3));
  }

  /** Returns the posts of the last seven days that match a query, newest first, with reposts. */
  public RecordSource search(String query) {
    if (query.isBlank()) {
      throw new IllegalArgumentException("The query is empty");
    }
    return new XV1SearchSource(
        PlaceUri.parse("x:v1/search?q=" + Query.encode(query)), options, this, query, null);
  }

  /**
   * Returns how much is left of the limits: {@code GET application/rate_limit_status}, which has a
   * limit of its own. Times are X's.
   */
  public List<RateLimit> limits() throws InterruptedException {
    JsonNode resources = get(STATUS, new Query(endpoint.base(), STATUS)).root().path("resources");
    List<RateLimit> limits = new ArrayList<>();
    for (JsonNode family : resources) {
      for (Map.Entry<String, JsonNode> path : family.properties()) {
        JsonNode window = path.getValue();
        limits.add(
            new RateLimit(
                path.getKey(),
                window.path("limit").isNumber() ? window.path("limit").asLong() : null,
                window.path("remaining").isNumber() ? window.path("remaining").asLong() : null,
                window.path("reset").isNumber()
                    ? Instant.ofEpochSecond(window.path("reset").asLong())
                    : null,
                null));
      }
    }
    return List.copyOf(limits);
  }

  JsonDocument get(String path, Query query) throws InterruptedException {
    HttpRequest request = HttpRequest.get(query.uri()).withHeader("Accept", "application/json");
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      throw XV1Errors.of(path, request, response);
    }
    return JsonDocument.of(response);
  }

  Query query(String path) {
    return new Query(endpoint.base(), path);
  }

  RateLimitedTransport http() {
    return http;
  }

  /** Returns whether requests are made as a user, by OAuth 1.0a, and not as an app. */
  boolean asUser() {
    return asUser;
  }
}
