package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks X API v2 for posts with all fields that are of use. X renames its fields from {@code tweet}
 * to {@code post}, and which names its servers take is not certain; when they refuse the old ones,
 * the new ones are used from then on. Thread-safe.
 */
final class XApi {
  private static final Logger log = LoggerFactory.getLogger(XApi.class);
  private static final URI NETWORK = URI.create("https://api.x.com");
  private static final String TOKEN = "X_BEARER_TOKEN";
  private static final String USER_FIELDS =
      "created_at,username,name,location,verified,public_metrics,description";
  private static final String PLACE_FIELDS = "full_name,country,country_code,geo,place_type";
  private static final String MEDIA_FIELDS = "url,preview_image_url,type";

  /** The two vocabularies of the API. */
  private enum Vocabulary {
    TWEET(
        "tweet.fields",
        "created_at,author_id,lang,entities,public_metrics,referenced_tweets,conversation_id,"
            + "in_reply_to_user_id,geo,source,possibly_sensitive,edit_history_tweet_ids,note_tweet,"
            + "context_annotations,attachments",
        "author_id,referenced_tweets.id,geo.place_id,attachments.media_keys,in_reply_to_user_id"),
    POST(
        "post.fields",
        "created_at,lang,entities,public_metrics,conversation_id,geo,source,possibly_sensitive,"
            + "note_post,context_annotations,attachments",
        "author_id,referenced_posts,geo.place_id,attachments.media_keys,in_reply_to_user_id,"
            + "edit_history_post_ids");

    private final String parameter;
    private final String fields;
    private final String expansions;

    Vocabulary(String parameter, String fields, String expansions) {
      this.parameter = parameter;
      this.fields = fields;
      this.expansions = expansions;
    }
  }

  private final Endpoint endpoint;
  private final RateLimitedTransport http;
  private volatile Vocabulary vocabulary = Vocabulary.TWEET;

  private XApi(Endpoint endpoint, RateLimitedTransport http) {
    this.endpoint = endpoint;
    this.http = http;
  }

  static XApi open(PlaceUri uri, SourceOptions options) {
    Endpoint endpoint = Endpoint.of(uri, options, NETWORK, TOKEN);
    if (endpoint.tokens().isEmpty()) {
      throw new AuthenticationException(
          "X needs a token for "
              + uri
              + ": set the environment variable "
              + TOKEN
              + " to the bearer token of your app, or SPARKPY_SANDBOX to try without one");
    }
    return new XApi(endpoint, options.transport(endpoint, XLimits.INSTANCE));
  }

  RateLimitedTransport http() {
    return http;
  }

  /**
   * Asks for posts.
   *
   * @param path such as {@code /2/tweets/search/recent}
   * @param parameters adds what is asked for
   */
  JsonDocument posts(String path, UnaryOperator<Query> parameters) throws InterruptedException {
    Vocabulary words = vocabulary;
    HttpRequest request = request(path, parameters, words);
    HttpResponse response = http.send(request);
    if (words == Vocabulary.TWEET && response.status() == 400 && refusesWords(response)) {
      log.info("X no longer takes '{}'; asking with its new names", words.parameter);
      request = request(path, parameters, Vocabulary.POST);
      response = http.send(request);
      if (response.isSuccess()) {
        vocabulary = Vocabulary.POST;
      }
    }
    if (!response.isSuccess()) {
      if (response.status() == 400 && XErrors.detail(response).contains("_token")) {
        throw new StaleCursorException("X no longer takes the cursor of " + path);
      }
      throw XErrors.of(request, response);
    }
    return JsonDocument.of(response);
  }

  private HttpRequest request(String path, UnaryOperator<Query> parameters, Vocabulary words) {
    Query query =
        parameters
            .apply(new Query(endpoint.base(), path))
            .with(words.parameter, words.fields)
            .with("expansions", words.expansions)
            .with("user.fields", USER_FIELDS)
            .with("place.fields", PLACE_FIELDS)
            .with("media.fields", MEDIA_FIELDS);
    return HttpRequest.get(query.uri()).withHeader("Accept", "application/json");
  }

  /** Returns whether a refusal is about the names of fields and not about the query. */
  private static boolean refusesWords(HttpResponse response) {
    String said = XErrors.detail(response);
    return said.contains("tweet.fields")
        || said.contains("referenced_tweets")
        || said.contains("note_tweet")
        || said.contains("edit_history_tweet_ids");
  }
}
