package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;

/** Turns GitHub's refusals into exceptions that say what to do. */
final class GitHubErrors {
  private GitHubErrors() {}

  static SocialException of(HttpRequest request, HttpResponse response) {
    String said = Redaction.quote(message(response), request);
    return switch (response.status()) {
      case 401 ->
          new AuthenticationException(
              "GitHub refused the token (401): "
                  + said
                  + ". Set GITHUB_TOKEN to a valid token, or unset it to ask without one");
      case 403 ->
          new AuthenticationException("GitHub does not allow " + request + " (403): " + said);
      case 404 ->
          new InvalidQueryException(
              "GitHub has no " + request.uri().getPath() + ", or the token may not see it (404)");
      case 422 ->
          new InvalidQueryException(
              "GitHub ends this listing here (422): "
                  + said
                  + ". The REST API shows the first 400 pages, 40,000 stargazers; what it showed is"
                  + " stored, the rest is not");
      case 400, 409, 410, 451 ->
          new InvalidQueryException(
              "GitHub refused " + request + " (" + response.status() + "): " + said);
      default ->
          new TransportException(
              request
                  + " was answered with the unexpected status "
                  + response.status()
                  + ": "
                  + said);
    };
  }

  /** Returns the {@code message} of an answer, or its text if it is no JSON. */
  static String message(HttpResponse response) {
    try {
      JsonNode message = JsonDocument.of(response).root().path("message");
      return message.isTextual() ? message.asText() : "no reason given";
    } catch (TransportException e) {
      return response.text();
    }
  }
}
