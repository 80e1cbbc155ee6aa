package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Credential;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A login: an app password is exchanged for an access token that lives some minutes and a refresh
 * token that brings new ones ({@code com.atproto.server.createSession}, {@code refreshSession}).
 * Both are sent to the server of the login alone, and never printed. Thread-safe.
 */
final class BlueskySession implements Credential {
  static final String IDENTIFIER = "BLUESKY_IDENTIFIER";
  static final String PASSWORD = "BLUESKY_APP_PASSWORD";
  private static final Logger log = LoggerFactory.getLogger(BlueskySession.class);
  private static final String SERVER = "/xrpc/com.atproto.server.";

  private final URI base;
  private final String identifier;
  private final Secret password;
  private final RateLimitedTransport http;
  private @Nullable Secret access;
  private @Nullable Secret refresh;

  /**
   * Makes a login that takes place when it is needed.
   *
   * @param http sends requests as they are, unsigned
   */
  BlueskySession(URI base, String identifier, Secret password, RateLimitedTransport http) {
    this.base = base;
    this.identifier = identifier;
    this.password = password;
    this.http = http;
  }

  @Override
  public String fingerprint() {
    return password.fingerprint();
  }

  @Override
  public synchronized HttpRequest sign(HttpRequest request) {
    return access == null || !request.uri().toString().startsWith(base + "/xrpc/")
        ? request
        : request.withHeader("Authorization", bearer(access));
  }

  private static String bearer(Secret token) {
    return "Bearer " + token.reveal();
  }

  /** Logs in unless that is done. */
  synchronized void open() throws InterruptedException {
    if (access == null) {
      create();
    }
  }

  @Override
  public synchronized boolean renew(HttpRequest refused) throws InterruptedException {
    String sent = refused.headers().first("Authorization");
    if (sent != null && access != null && !sent.equals(bearer(access))) {
      return true; // somebody else has renewed it already
    }
    return renew();
  }

  /** Gets a fresh token, by logging in again if the refresh token is too old as well. */
  synchronized boolean renew() throws InterruptedException {
    Secret token = refresh;
    if (token != null) {
      HttpRequest request =
          HttpRequest.postJson(URI.create(base + SERVER + "refreshSession"), "")
              .withHeader("Authorization", bearer(token));
      HttpResponse response = http.send(request);
      if (response.isSuccess()) {
        take(request, response);
        return true;
      }
      log.debug("Bluesky no longer takes the refresh token; logging in again");
    }
    create();
    return true;
  }

  private void create() throws InterruptedException {
    access = null;
    refresh = null;
    var login = JsonNodeFactory.instance.objectNode();
    login.put("identifier", identifier).put("password", password.reveal());
    HttpRequest request =
        HttpRequest.postJson(URI.create(base + SERVER + "createSession"), login.toString());
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      String name = BlueskyErrors.name(response);
      throw new AuthenticationException(
          "Bluesky refused the login ("
              + response.status()
              + (name.isEmpty() ? "" : ", " + name)
              + "). Check "
              + IDENTIFIER
              + ", your handle, and "
              + PASSWORD
              + ", an app password from Settings, Privacy and security; not the account's own");
    }
    take(request, response);
  }

  private void take(HttpRequest request, HttpResponse response) {
    JsonNode session = JsonDocument.of(response).root();
    try {
      access = Secret.of(Json.required(session, "accessJwt"));
      refresh = Secret.of(Json.required(session, "refreshJwt"));
    } catch (IllegalArgumentException e) {
      throw new TransportException(request + " was answered without tokens", e);
    }
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return "BlueskySession";
  }
}
