package io.github.sparkpysocial.connectors.mastodon;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;

/** Turns an instance's refusals into exceptions that say what to do. */
final class MastodonErrors {
  private MastodonErrors() {}

  static SocialException of(HttpRequest request, HttpResponse response, boolean loggedIn) {
    String host = request.uri().getHost();
    String said = Redaction.quote(message(response), request);
    int status = response.status();
    // 422 "This method requires an authenticated user" is how a closed timeline is refused.
    if (status == 401
        || status == 403
        || (status == 422 && said.contains("requires an authenticated user"))) {
      return new AuthenticationException(
          host
              + " refused "
              + request.uri().getPath()
              + " ("
              + status
              + "): "
              + said
              + ". Set "
              + MastodonApi.TOKEN
              + " to a token of your account on "
              + host
              + (loggedIn
                  ? ", from Preferences, Development, with the scope read"
                  : ", since this instance does not show that to everybody"));
    }
    if (status == 400 || status == 404 || status == 410 || status == 422) {
      return new InvalidQueryException(
          host
              + " has nothing at "
              + request.uri().getPath()
              + " ("
              + status
              + "): "
              + said
              + ". Check the names in the URI, and that "
              + host
              + " is an instance of Mastodon");
    }
    return new TransportException(
        request + " was answered with the unexpected status " + status + ": " + said);
  }

  /** Returns what an instance said in words: {@code {"error": …}}, or a page of a proxy. */
  static String message(HttpResponse response) {
    try {
      var body = JsonDocument.of(response).root();
      String description = body.path("error_description").asText("");
      String error = body.path("error").asText("no reason given");
      return description.isEmpty() ? error : error + ": " + description;
    } catch (TransportException e) {
      return "no reason given";
    }
  }
}
