package io.github.sparkpysocial.connectors.bluesky;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Asks Bluesky by XRPC: its public servers, or as a user the one of their login. Thread-safe. */
final class BlueskyApi {
  private static final URI PUBLIC = URI.create("https://public.api.bsky.app");
  private static final URI LOGIN = URI.create("https://bsky.social");

  private final URI base;
  private final @Nullable BlueskySession session;
  private final RateLimitedTransport http;

  private BlueskyApi(URI base, @Nullable BlueskySession session, RateLimitedTransport http) {
    this.base = base;
    this.session = session;
    this.http = http;
  }

  /**
   * Opens Bluesky, as a user if the environment names one.
   *
   * @throws AuthenticationException if it names one without a password
   */
  static BlueskyApi open(PlaceUri uri, SourceOptions options) {
    String identifier = options.environment().get(BlueskySession.IDENTIFIER);
    boolean anonymous = identifier == null || identifier.isBlank();
    // The password of a sandbox is its token; a real one never goes there.
    Endpoint found = Endpoint.of(uri, options, anonymous ? PUBLIC : LOGIN, BlueskySession.PASSWORD);
    Endpoint unsigned = new Endpoint(found.base(), List.of(), found.sandbox());
    RateLimitedTransport plain = options.transport(unsigned, BlueskyLimits.INSTANCE);
    if (identifier == null || anonymous) {
      return new BlueskyApi(found.base(), null, plain);
    }
    Secret password = found.token();
    if (password == null) {
      throw new AuthenticationException(
          BlueskySession.IDENTIFIER
              + " is set, but "
              + BlueskySession.PASSWORD
              + " is not; set it to an app password, or neither to read without a login");
    }
    BlueskySession session = new BlueskySession(found.base(), identifier.strip(), password, plain);
    return new BlueskyApi(
        found.base(),
        session,
        options.transport(unsigned, BlueskyLimits.INSTANCE, List.of(session)));
  }

  RateLimitedTransport http() {
    return http;
  }

  boolean isLoggedIn() {
    return session != null;
  }

  /**
   * Asks a method.
   *
   * @param method such as {@code app.bsky.feed.searchPosts}
   * @param parameters adds what is asked for
   * @throws io.github.sparkpysocial.SocialException if Bluesky refuses
   */
  HttpResponse get(String method, UnaryOperator<Query> parameters) throws InterruptedException {
    HttpRequest request = request(method, parameters);
    HttpResponse response = answer(request);
    if (!response.isSuccess()) {
      throw BlueskyErrors.of(request, response, isLoggedIn());
    }
    return response;
  }

  /** Asks a method and returns the answer, whatever it is. */
  HttpResponse ask(String method, UnaryOperator<Query> parameters) throws InterruptedException {
    return answer(request(method, parameters));
  }

  private HttpRequest request(String method, UnaryOperator<Query> parameters) {
    return HttpRequest.get(parameters.apply(new Query(base, "/xrpc/" + method)).uri())
        .withHeader("Accept", "application/json");
  }

  private HttpResponse answer(HttpRequest request) throws InterruptedException {
    BlueskySession login = session;
    if (login == null) {
      return http.send(request);
    }
    login.open();
    HttpResponse response = http.send(request);
    // An old token is refused by 400, while the transport renews on 401.
    if (response.status() == 400 && BlueskyErrors.name(response).equals("ExpiredToken")) {
      login.renew();
      response = http.send(request);
    }
    return response;
  }
}
