package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;

/** Turns refusals of API v1.1, whose codes say more than its statuses, into exceptions. */
final class XV1Errors {
  private XV1Errors() {}

  static SocialException of(String path, HttpRequest request, HttpResponse response) {
    int code = XV1Limits.code(response);
    String said = Redaction.quote(XErrors.detail(response), request);
    return switch (code) {
      case 32, 89, 215 ->
          new AuthenticationException(
              "X refused the credentials for "
                  + path
                  + " (code "
                  + code
                  + "): "
                  + said
                  + " Set X_CONSUMER_KEY, X_CONSUMER_SECRET, X_ACCESS_TOKEN and"
                  + " X_ACCESS_TOKEN_SECRET, or X_BEARER_TOKEN, anew");
      case 135 ->
          new AuthenticationException(
              "X refused the time of the signature (code 135): "
                  + said
                  + " Set this machine's clock");
      case 63, 64, 326 ->
          new AuthenticationException(
              "The account is suspended or locked (code " + code + "): " + said + " Log in to X");
      case 179 -> new AuthenticationException("X does not show this (code 179): " + said);
      default -> XErrors.of(request, response);
    };
  }
}
