package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.ForbiddenException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;

/** Turns GitHub's refusals into exceptions that say what to do. */
final class GitHubErrors {
  private GitHubErrors() {}

  /** GitHub shows no more pages of a listing, though there is more. */
  static final class PageWallException extends InvalidQueryException {
    private static final long serialVersionUID = 1L;

    PageWallException(String message) {
      super(message);
    }
  }

  static SocialException of(HttpRequest request, HttpResponse response) {
    String said = Redaction.quote(message(response), request);
    return switch (response.status()) {
      case 401 ->
          new AuthenticationException(
              "GitHub refused the token (401): "
                  + said
                  + ". Set GITHUB_TOKEN to a valid token, or unset it to ask without one");
      case 403 ->
          said.contains("too large")
              ? new InvalidQueryException(
                  "GitHub does not count "
                      + request.uri().getPath()
                      + " because there is too much of it (403): "
                      + said
                      + ". Read github:OWNER/REPO/stats/contributors for the 100 busiest, or"
                      + " github:OWNER/REPO/commits and count")
              : new ForbiddenException("GitHub does not allow " + request + " (403): " + said);
      case 404 ->
          new InvalidQueryException(
              "GitHub has no " + request.uri().getPath() + ", or the token may not see it (404)");
      case 422 ->
          said.contains("pagination is limited")
              ? new PageWallException(
                  "GitHub's REST API ends "
                      + request.uri().getPath()
                      + " here, after 400 pages (422): "
                      + said
                      + ". What it showed is stored, the rest is not")
              : new InvalidQueryException("GitHub does not understand " + request + ": " + said);
      case 451 ->
          new InvalidQueryException(
              "GitHub has blocked "
                  + request.uri().getPath()
                  + " for legal reasons (451): "
                  + said
                  + ". Nobody can read it");
      case 400, 409, 410 ->
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

  /**
   * Throws what the {@code errors} of an answer mean. Data beside them is not the whole and is not
   * taken, so that nothing ends too early without a word.
   */
  static void checkGraphQl(HttpRequest request, JsonNode answer) {
    JsonNode errors = answer.path("errors");
    if (errors.isEmpty() && answer.path("data").isObject()) {
      return;
    }
    JsonNode error = errors.path(0);
    String said = Redaction.quote(error.path("message").asText("no reason given"), request);
    String type = error.path("type").asText(error.path("extensions").path("code").asText(""));
    String whole = "GitHub's GraphQL API refused (" + (type.isEmpty() ? "no type" : type) + "): ";
    throw switch (type) {
      case "NOT_FOUND" ->
          new InvalidQueryException(whole + said + " It may be private, or the name is wrong");
      case "FORBIDDEN", "INSUFFICIENT_SCOPES" -> new AuthenticationException(whole + said);
      case "INVALID_CURSOR_ARGUMENTS" -> new StaleCursorException(whole + said);
      case "RESOURCE_LIMITS_EXCEEDED", "" -> new TransportException(whole + said);
      default -> new InvalidQueryException(whole + said);
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
