package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of Meetup says went wrong. Failures come with status 200, as {@code errors} of
 * GraphQL; with other statuses, as {@code {"error","error_description"}} of OAuth, {@code
 * {"code","details"}} or {@code {"errors":[{"code","message"}]}}.
 *
 * @param code what kind of error it is, or empty if none was named
 * @param message what Meetup said
 * @param pause how long to wait, or {@code null} if it does not say
 */
record MeetupErrors(String code, String message, @Nullable Duration pause) {

  /** Returns all errors of an answer, empty if it has none. */
  static List<MeetupErrors> of(HttpResponse response, Instant serverTime) {
    JsonNode body;
    try {
      body = JsonDocument.of(response).root();
    } catch (TransportException e) {
      return List.of();
    }
    List<MeetupErrors> errors = new ArrayList<>();
    for (JsonNode error : body.path("errors")) {
      JsonNode extensions = error.path("extensions");
      errors.add(
          new MeetupErrors(
              first(
                  extensions.path("code"),
                  error.path("code"),
                  extensions.path("classification"),
                  extensions.path("errorType")),
              error.path("message").asText("no reason given"),
              pause(extensions, serverTime)));
    }
    if (errors.isEmpty() && body.path("error").isTextual()) {
      errors.add(
          new MeetupErrors(
              body.path("error").asText(), body.path("error_description").asText(""), null));
    }
    if (errors.isEmpty() && body.path("code").isTextual()) {
      errors.add(
          new MeetupErrors(
              body.path("code").asText(),
              first(body.path("details"), body.path("message")),
              pause(body, serverTime)));
    }
    return errors;
  }

  private static String first(JsonNode... candidates) {
    for (JsonNode candidate : candidates) {
      if (candidate.isTextual()) {
        return candidate.asText();
      }
    }
    return "";
  }

  /**
   * Reads when the budget is full again: an ISO-8601 time, seconds or milliseconds since 1970. Its
   * name could not be confirmed; {@code resetAt} is the one that others have seen.
   */
  private static @Nullable Duration pause(JsonNode extensions, Instant serverTime) {
    JsonNode resetAt = extensions.path("resetAt");
    Instant reset;
    try {
      if (resetAt.isNumber() || resetAt.asText("").matches("\\d{9,13}")) {
        long value = resetAt.asLong();
        reset =
            value > 99_999_999_999L ? Instant.ofEpochMilli(value) : Instant.ofEpochSecond(value);
      } else if (resetAt.isTextual()) {
        reset = MeetupTimes.parse(resetAt.asText());
      } else {
        return null;
      }
    } catch (DateTimeException e) {
      return null;
    }
    Duration pause = Duration.between(serverTime, reset);
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  /** Returns whether the budget of points is used up. */
  boolean isRateLimit() {
    String text = (code + ' ' + message).toLowerCase(Locale.ROOT);
    return text.contains("rate_limit")
        || text.contains("rate limit")
        || text.contains("ratelimit")
        || text.contains("too many requests")
        || text.contains("throttl");
  }

  /** Returns whether the token is missing, wrong or may not see this. */
  boolean isAuthentication() {
    return isExpiredToken() || code.toLowerCase(Locale.ROOT).contains("forbidden");
  }

  /** Returns whether another token may help. */
  boolean isExpiredToken() {
    String text = code.toLowerCase(Locale.ROOT);
    return text.contains("auth_fail")
        || text.contains("unauth")
        || text.contains("invalid_token")
        || text.contains("invalid_grant");
  }

  /** Returns whether the query itself is wrong, so that asking again does not help. */
  boolean isInvalidQuery() {
    String text = code.toLowerCase(Locale.ROOT);
    return text.contains("validation") || text.contains("invalidsyntax") || text.contains("parse");
  }

  /** Returns whether the address is no longer served, as {@code /gql} since the summer of 2025. */
  boolean isDeprecation() {
    String text = message.toLowerCase(Locale.ROOT);
    return text.contains("deprecated") || text.contains("migrate");
  }
}
