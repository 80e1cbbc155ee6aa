package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import java.util.regex.Pattern;

/** Turns Bluesky's refusals, {@code {"error": …, "message": …}}, into exceptions. */
final class BlueskyErrors {
  private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,64}");

  private BlueskyErrors() {}

  static SocialException of(HttpRequest request, HttpResponse response, boolean loggedIn) {
    String said = Redaction.quote(said(response), request);
    String what = request.uri().getPath().replaceFirst("^/xrpc/", "");
    int status = response.status();
    if (status == 401 || status == 403) {
      return new AuthenticationException(
          "Bluesky refused "
              + what
              + " ("
              + status
              + "): "
              + said
              + (loggedIn
                  ? ". Check " + BlueskySession.IDENTIFIER + " and " + BlueskySession.PASSWORD
                  : ". Set "
                      + BlueskySession.IDENTIFIER
                      + " to your handle and "
                      + BlueskySession.PASSWORD
                      + " to an app password, from Settings, Privacy and security"));
    }
    if (status == 400 || status == 404) {
      return new InvalidQueryException(
          "Bluesky refused " + what + " (" + status + "): " + said + ". Change the query");
    }
    return new TransportException(
        request + " was answered with the unexpected status " + status + ": " + said);
  }

  /** Returns the name of an error, or an empty text if there is none that may be shown. */
  static String name(HttpResponse response) {
    String name = body(response).path("error").asText("");
    return NAME.matcher(name).matches() ? Redaction.text(name) : "";
  }

  /** Returns what Bluesky said. */
  static String said(HttpResponse response) {
    JsonNode body = body(response);
    String name = name(response);
    String message = body.path("message").asText("");
    if (name.isEmpty() && message.isEmpty()) {
      return "no reason given";
    }
    return name.isEmpty() || message.isEmpty() ? name + message : name + ": " + message;
  }

  private static JsonNode body(HttpResponse response) {
    try {
      return JsonDocument.of(response).root();
    } catch (TransportException e) {
      return JsonDocument.of("{}").root();
    }
  }
}
