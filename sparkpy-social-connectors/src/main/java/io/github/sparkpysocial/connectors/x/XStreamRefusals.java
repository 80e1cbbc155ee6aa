package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.ResetEncoding;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveRefusedException.Kind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Tells what to do when X refuses a stream. */
final class XStreamRefusals {
  private XStreamRefusals() {}

  /** Returns whether X says that the app has as many connections as it may have. */
  static boolean isTooManyConnections(HttpResponse response) {
    return response.status() == 429 && response.text().contains("TooManyConnections");
  }

  static LiveRefusedException of(HttpRequest request, HttpResponse response, Clock clock) {
    String said = Redaction.quote(XErrors.detail(response), request);
    int status = response.status();
    if (status >= 500) {
      return new LiveRefusedException(
          Kind.TEMPORARY, retryAfter(response, clock), "X answered " + status + ": " + said);
    }
    if (isTooManyConnections(response)) {
      return new LiveRefusedException(
          Kind.LIMITED,
          retryAfter(response, clock),
          "The app has as many connections to this stream as X allows ("
              + said
              + "); end the other program, or add takeover=true to close its connection");
    }
    if (status == 429 && !isUsageCapped(response)) {
      return new LiveRefusedException(
          Kind.LIMITED, pause(response, clock), "X answered 429, too many requests: " + said);
    }
    return new LiveRefusedException(
        Kind.FINAL,
        null,
        switch (status) {
          case 401 ->
              "X refused the token (401): "
                  + said
                  + ". Set X_BEARER_TOKEN to the bearer token of your app, from console.x.com";
          case 402 -> "No credits are left, or the spending limit is reached; see console.x.com";
          case 403 ->
              "X does not let this app use "
                  + request.uri().getPath()
                  + " (403): "
                  + said
                  + ". Check the access of the app in console.x.com";
          case 409 ->
              "The stream has no rules (409), so that nothing could come: give one as"
                  + " x:stream?rule=spark&manage=true, or add some with XClient.rules()";
          case 429 -> "The cap of posts for this billing month is used up: " + said;
          default -> "X refused the stream (" + status + "): " + said;
        });
  }

  private static boolean isUsageCapped(HttpResponse response) {
    try {
      JsonNode problem = JsonDocument.of(response).root();
      return problem.path("type").asText("").endsWith("/usage-capped");
    } catch (io.github.sparkpysocial.TransportException e) {
      return false; // some answers 429 are plain text
    }
  }

  /** How long to wait for the next window of connects. */
  private static @Nullable Duration pause(HttpResponse response, Clock clock) {
    Duration asked = retryAfter(response, clock);
    return asked != null
        ? asked
        : ResetEncoding.EPOCH_SECONDS.untilReset(
            response.headers().first("x-rate-limit-reset"), serverTime(response, clock));
  }

  private static @Nullable Duration retryAfter(HttpResponse response, Clock clock) {
    return ResetEncoding.retryAfter(
        response.headers().first("Retry-After"), serverTime(response, clock));
  }

  private static Instant serverTime(HttpResponse response, Clock clock) {
    String date = response.headers().first("Date");
    try {
      return date == null
          ? clock.instant()
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }
}
