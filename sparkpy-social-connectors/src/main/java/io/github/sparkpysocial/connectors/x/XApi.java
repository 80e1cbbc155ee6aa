package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Credential;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks X API v2, with all fields that are of use, within the user's caps. X renames its fields from
 * {@code tweet} to {@code post}, and which names its servers take is not certain; when they refuse
 * one vocabulary, the other is used from then on. Thread-safe.
 */
final class XApi {
  private static final Logger log = LoggerFactory.getLogger(XApi.class);
  private static final URI NETWORK = URI.create("https://api.x.com");
  private static final String TOKEN = "X_BEARER_TOKEN";

  /** What posts cost, for those who plan. */
  static final String PRICES =
      "Each post read costs $0.005, posts that it refers to included, and each account that comes"
          + " with it $0.010; the same one is charged once a day (UTC).";

  private final Endpoint endpoint;
  private final RateLimitedTransport http;

  /** Asks as the first app alone: rules, streams, connections and usage belong to an app. */
  private final RateLimitedTransport ownHttp;

  private final Credential own;
  private final XBudget budget;
  private final Clock clock;
  private volatile XVocabulary vocabulary = XVocabulary.TWEET;

  private XApi(Endpoint endpoint, Credential own, SourceOptions options) {
    this.endpoint = endpoint;
    this.http = options.transport(endpoint, XLimits.INSTANCE);
    this.ownHttp = options.transport(endpoint, XLimits.INSTANCE, List.of(own));
    this.own = own;
    this.budget = new XBudget(options.spending());
    this.clock = options.clock();
  }

  static XApi open(PlaceUri uri, SourceOptions options) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, TOKEN);
    Secret token = endpoint.token();
    if (token == null) {
      throw new AuthenticationException(
          "X needs a token for "
              + uri
              + ": set the environment variable "
              + TOKEN
              + " to the bearer token of your app, or SPARKPY_SANDBOX to try without one");
    }
    return new XApi(endpoint, endpoint.bearer(token), options);
  }

  RateLimitedTransport http() {
    return http;
  }

  XBudget budget() {
    return budget;
  }

  /**
   * Asks for a page of posts.
   *
   * @param path such as {@code /2/tweets/search/recent}
   * @param wanted how many posts are wanted
   * @param smallest the smallest page that X gives
   * @param parameters makes the parameters, given how many posts may be asked for
   */
  JsonDocument posts(
      String path, int wanted, int smallest, IntFunction<UnaryOperator<Query>> parameters)
      throws InterruptedException {
    XBudget.Grant grant = budget.posts(wanted, smallest);
    HttpResponse response;
    try {
      response = spoken(path, parameters.apply(grant.items()));
    } catch (XRefusedException e) {
      XBudget.cancel(grant); // a refusal is not billed
      throw e.reason();
    }
    JsonDocument answer = JsonDocument.of(response);
    budget.settle(grant, answer.root(), today(response));
    return answer;
  }

  /** Asks in one vocabulary, and in the other if X does not take it. */
  private HttpResponse spoken(String path, UnaryOperator<Query> parameters)
      throws InterruptedException, XRefusedException {
    XVocabulary words = vocabulary;
    HttpRequest request = get(path, query -> withPostFields(parameters.apply(query), words));
    HttpResponse response = http.send(request);
    if (response.status() == 400 && words.isRefused(XErrors.detail(response))) {
      XVocabulary others = words.other();
      log.info("X does not take '{}'; asking with '{}'", words.parameter(), others.parameter());
      request = get(path, query -> withPostFields(parameters.apply(query), others));
      response = http.send(request);
      if (response.isSuccess()) {
        vocabulary = others;
      }
    }
    if (!response.isSuccess()) {
      throw new XRefusedException(refusal(path, request, response));
    }
    return response;
  }

  /** A refusal on its way to whoever has to give something back first. */
  private static final class XRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final SocialException reason;

    XRefusedException(SocialException reason) {
      super(reason);
      this.reason = reason;
    }

    SocialException reason() {
      return reason;
    }
  }

  private static SocialException refusal(String path, HttpRequest request, HttpResponse response) {
    return response.status() == 400 && XErrors.detail(response).contains("_token")
        ? new StaleCursorException("X no longer takes the cursor of " + path)
        : XErrors.of(request, response);
  }

  static Query withPostFields(Query query, XVocabulary words) {
    return query
        .with(words.parameter(), words.fields())
        .with("expansions", words.expansions())
        .with("user.fields", XVocabulary.USER_FIELDS)
        .with("place.fields", XVocabulary.PLACE_FIELDS)
        .with("media.fields", XVocabulary.MEDIA_FIELDS);
  }

  /**
   * Asks for users with all their fields.
   *
   * @param wanted how many are asked for at most
   * @param parameters makes the parameters, given how many may be asked for
   */
  JsonDocument users(String path, int wanted, IntFunction<UnaryOperator<Query>> parameters)
      throws InterruptedException {
    var reserved = budget.users(wanted);
    UnaryOperator<Query> asked = parameters.apply((int) reserved.granted());
    HttpRequest request =
        get(path, query -> asked.apply(query).with("user.fields", XVocabulary.USER_FIELDS));
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      reserved.settle(0);
      throw refusal(path, request, response);
    }
    JsonDocument answer = JsonDocument.of(response);
    budget.settleUsers(reserved, answer.root(), today(response));
    return answer;
  }

  /** Asks how many posts a search would find. */
  JsonDocument counts(String path, boolean archive, UnaryOperator<Query> parameters)
      throws InterruptedException {
    var reserved = budget.counts(archive);
    HttpRequest request = get(path, parameters);
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      reserved.settle(0);
      throw refusal(path, request, response);
    }
    reserved.settle(1);
    return JsonDocument.of(response);
  }

  /** Asks for something of the app itself, which costs nothing. */
  JsonDocument free(String path, UnaryOperator<Query> parameters) throws InterruptedException {
    HttpRequest request = get(path, parameters);
    HttpResponse response = ownHttp.send(request);
    if (!response.isSuccess()) {
      throw refusal(path, request, response);
    }
    return JsonDocument.of(response);
  }

  /**
   * Asks X to change something.
   *
   * @param body what to send, or {@code null}
   * @return the request with its answer, whatever its status
   */
  Changed change(
      String method, String path, UnaryOperator<Query> parameters, @Nullable JsonNode body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.of(
                method,
                parameters.apply(new Query(endpoint.base(), path)).uri(),
                body == null ? Headers.NONE : Headers.NONE.with("Content-Type", "application/json"),
                body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8))
            .withHeader("Accept", "application/json");
    return new Changed(request, ownHttp.send(request));
  }

  /** A request that was to change something, and its answer. */
  record Changed(HttpRequest request, HttpResponse response) {}

  private HttpRequest get(String path, UnaryOperator<Query> parameters) {
    return HttpRequest.get(parameters.apply(new Query(endpoint.base(), path)).uri())
        .withHeader("Accept", "application/json");
  }

  /** Returns the signed request for a stream in a vocabulary. */
  HttpRequest stream(String path, XVocabulary words) {
    return own.sign(get(path, query -> withPostFields(query, words)));
  }

  /** Returns X's day, by its own clock if it tells. */
  private LocalDate today(HttpResponse response) {
    String date = response.headers().first("Date");
    if (date != null) {
      try {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
            .withZoneSameInstant(ZoneOffset.UTC)
            .toLocalDate();
      } catch (DateTimeException e) {
        log.debug("X sent a Date that is none");
      }
    }
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
