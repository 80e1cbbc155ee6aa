package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;

/** Turns X's refusals into exceptions that say what to do. */
final class XErrors {
  private XErrors() {}

  static SocialException of(HttpRequest request, HttpResponse response) {
    String said = Redaction.quote(detail(response), request);
    return switch (response.status()) {
      case 401 ->
          new AuthenticationException(
              "X refused the token (401): "
                  + said
                  + ". Set X_BEARER_TOKEN to the bearer token of your app, from console.x.com");
      case 403 ->
          new AuthenticationException(
              "X does not let this app use "
                  + request.uri().getPath()
                  + " (403): "
                  + said
                  + ". Check the access of the app in console.x.com");
      case 400, 404, 409, 422 ->
          new InvalidQueryException(
              "X refused the query (" + response.status() + "): " + said + ". Change the query");
      default ->
          new TransportException(
              request
                  + " was answered with the unexpected status "
                  + response.status()
                  + ": "
                  + said);
    };
  }

  /**
   * Returns what X said in words. Bodies are problems ({@code title}, {@code detail}), lists of
   * errors ({@code errors[].message}) or plain text.
   */
  static String detail(HttpResponse response) {
    JsonNode body;
    try {
      body = JsonDocument.of(response).root();
    } catch (TransportException e) {
      return response.text();
    }
    StringBuilder said = new StringBuilder();
    for (JsonNode error : body.path("errors")) {
      append(said, error.path("message").asText(error.path("detail").asText("")));
    }
    if (said.isEmpty()) {
      append(said, body.path("detail").asText(""));
      append(said, body.path("message").asText(""));
      append(said, body.path("reason").asText(""));
    }
    if (said.isEmpty()) {
      append(said, body.path("title").asText("no reason given"));
    }
    return said.toString();
  }

  private static void append(StringBuilder all, String text) {
    if (!text.isBlank() && all.indexOf(text) < 0) {
      all.append(all.isEmpty() ? "" : "; ").append(text.strip());
    }
  }
}
