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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
   * Makes an API for queries of one cost.
   *
   * @param points what each query is taken to cost
   */
  static MeetupApi open(PlaceUri uri, SourceOptions options, int points) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, TOKEN);
    if (endpoint.tokens().isEmpty()) {
      throw new AuthenticationException(
          "Meetup needs a token for "
              + uri
              + ": set the environment variable "
              + TOKEN
              + " to an OAuth access token, or SPARKPY_SANDBOX to try without one");
    }
    return new MeetupApi(endpoint, options.transport(endpoint, new MeetupLimits(points)));
  }

  RateLimitedTransport http() {
    return http;
  }

  /** Returns empty variables for a query. */
  static ObjectNode variables() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Returns the text of a query in a resource of this package. */
  static String query(String name) {
    try (InputStream in = MeetupApi.class.getResourceAsStream(name + ".graphql")) {
      if (in == null) {
        throw new IllegalStateException("The query " + name + ".graphql is missing in the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a query.
   *
   * @param variables an object, as the present API wants it; the one before took a text
   * @throws io.github.sparkpysocial.SocialException if Meetup refuses and gives no data
   */
  JsonDocument ask(String query, ObjectNode variables) throws InterruptedException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("query", query);
    body.set("variables", variables);
    HttpRequest request =
        HttpRequest.postJson(URI.create(endpoint.base() + "/gql-ext"), body.toString())
            .withHeader("Accept", "application/json");
    HttpResponse response = http.send(request);
    List<MeetupErrors> errors = MeetupErrors.of(response, Instant.EPOCH);
    String said =
        errors.isEmpty() ? "no reason given" : Redaction.quote(errors.get(0).message(), request);
    if (response.status() == 401
        || response.status() == 403
        || errors.stream().anyMatch(MeetupErrors::isAuthentication)) {
      throw new AuthenticationException(
          "Meetup refused the token ("
              + response.status()
              + "): "
              + said
              + ". Set MEETUP_TOKEN to a fresh OAuth access token of a Pro account");
    }
    if (response.status() == 404) {
      throw new TransportException(request + " was answered 404: is this Meetup's API?");
    }
    if (!response.isSuccess()) {
      throw new InvalidQueryException(
          "Meetup refused the query (" + response.status() + "): " + said);
    }
    JsonDocument answer = JsonDocument.of(response);
    if (!errors.isEmpty()) {
      if (!hasData(answer.root().path("data"))) {
        throw new InvalidQueryException("Meetup refused the query: " + said);
      }
      log.warn("Meetup left out a part of its answer: {}", said);
    }
    return answer;
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
