package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Meetup's GraphQL API, {@code POST /gql-ext}. Thread-safe. */
final class MeetupApi {
  private static final Logger log = LoggerFactory.getLogger(MeetupApi.class);
  private static final URI NETWORK = URI.create("https://api.meetup.com");
  private static final String TOKEN = "MEETUP_TOKEN";

  private final Endpoint endpoint;
  private final RateLimitedTransport http;

  private MeetupApi(Endpoint endpoint, RateLimitedTransport http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  /**
   * Makes an API with the credentials of the environment: an access token, or what it takes to get
   * one.
   */
  static MeetupApi open(PlaceUri uri, SourceOptions options) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, TOKEN);
    MeetupTokens tokens = MeetupTokens.of(endpoint, options);
    if (tokens != null) {
      SourceOptions renewing = options.withTransport(tokens.over(options.transport()));
      return new MeetupApi(
          endpoint, renewing.transport(endpoint, new MeetupLimits(), List.of(tokens.client())));
    }
    if (endpoint.tokens().isEmpty()) {
      throw new AuthenticationException(
          "Meetup needs a token for "
              + uri
              + ": set the environment variable "
              + TOKEN
              + " to an OAuth access token, or MEETUP_CLIENT_ID, MEETUP_CLIENT_SECRET and"
              + " MEETUP_REFRESH_TOKEN to those of an OAuth client, or SPARKPY_SANDBOX to try"
              + " without one");
    }
    return new MeetupApi(endpoint, options.transport(endpoint, new MeetupLimits()));
  }

  RateLimitedTransport http() {
    return http;
  }

  /** Returns empty variables for a query. */
  static ObjectNode variables() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Sends a query.
   *
   * @param variables an object, as the present API wants it; the one before took a text
   * @throws io.github.sparkpysocial.SocialException if Meetup refuses and gives no data
   */
  MeetupAnswer ask(MeetupQuery query, ObjectNode variables) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("query", query.text());
    body.set("variables", variables);
    HttpRequest request =
        HttpRequest.postJson(URI.create(endpoint.base() + "/gql-ext"), body.toString())
            .withHeader("Accept", "application/json");
    HttpResponse response = http.send(request);
    List<MeetupErrors> errors = MeetupErrors.of(response, Instant.EPOCH);
    String said =
        errors.isEmpty() ? "no reason given" : Redaction.quote(errors.get(0).message(), request);
    refuse(request, response, errors, said);
    JsonDocument answer = JsonDocument.of(response);
    if (!answer.root().path("data").isObject()
        || (!errors.isEmpty() && !hasData(answer.root().path("data")))) {
      throw new InvalidQueryException("Meetup refused the query: " + said);
    }
    if (!errors.isEmpty()) {
      log.warn("Meetup left out a part of its answer: {}", said);
    }
    return new MeetupAnswer(answer, errors.isEmpty() ? null : said);
  }

  private static void refuse(
      HttpRequest request, HttpResponse response, List<MeetupErrors> errors, String said) {
    int status = response.status();
    if (status == 401
        || status == 403
        || errors.stream().anyMatch(MeetupErrors::isAuthentication)) {
      throw new AuthenticationException(
          "Meetup refused the token ("
              + status
              + "): "
              + said
              + ". Set MEETUP_TOKEN to a fresh OAuth access token of a Pro account, or"
              + " MEETUP_CLIENT_ID, MEETUP_CLIENT_SECRET and MEETUP_REFRESH_TOKEN to have it"
              + " renewed");
    }
    if (errors.stream().anyMatch(MeetupErrors::isDeprecation)) {
      throw new TransportException(
          request
              + " was answered "
              + status
              + ": Meetup has given this address up ("
              + said
              + "); use a newer version of sparkpy-social");
    }
    if (status == 404 || (status >= 300 && status < 400)) {
      throw new TransportException(
          request + " was answered " + status + ": is this Meetup's API, or a proxy before it?");
    }
    if (!response.isSuccess()) {
      throw new InvalidQueryException("Meetup refused the query (" + status + "): " + said);
    }
  }

  private static boolean hasData(@Nullable JsonNode data) {
    if (data != null) {
      for (JsonNode field : data) {
        if (!field.isNull()) {
          return true;
        }
      }
    }
    return false;
  }
}
