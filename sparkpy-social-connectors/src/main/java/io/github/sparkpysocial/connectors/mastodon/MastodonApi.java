package io.github.sparkpysocial.connectors.mastodon;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.RateLimitedTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks one instance of Mastodon. A token belongs to one instance: {@code MASTODON_TOKEN} goes to
 * the instance that a URI names, or, if {@code MASTODON_HOST} is set, to that one alone.
 * Thread-safe.
 */
final class MastodonApi {
  static final String TOKEN = "MASTODON_TOKEN";
  static final String HOST = "MASTODON_HOST";

  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9-]{2,}(?::\\d{1,5})?");
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?", Pattern.CASE_INSENSITIVE);
  private static final Pattern MAX_ID = Pattern.compile("[?&]max_id=([^&]+)");
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  private final String host;
  private final Endpoint endpoint;
  private final RateLimitedTransport http;

  private MastodonApi(String host, Endpoint endpoint, RateLimitedTransport http) {
    this.host = host;
    this.endpoint = endpoint;
    this.http = http;
  }

  /**
   * Opens an instance.
   *
   * @param host its name, such as {@code mastodon.social}
   * @throws IllegalArgumentException if that is no host's name
   */
  static MastodonApi open(String host, PlaceUri uri, SourceOptions options) {
    String name = host.toLowerCase(Locale.ROOT);
    if (!HOST_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          uri + " names no instance; write it as mastodon:mastodon.social/tags/apachespark");
    }
    Endpoint found = Endpoint.of(uri, options, URI.create("https://" + name), TOKEN);
    String owner = options.environment().get(HOST);
    boolean foreign =
        !found.sandbox()
            && owner != null
            && !owner.isBlank()
            && !owner.strip().equalsIgnoreCase(name);
    Endpoint endpoint = foreign ? new Endpoint(found.base(), List.of(), false) : found;
    return new MastodonApi(name, endpoint, options.transport(endpoint, MastodonLimits.INSTANCE));
  }

  String host() {
    return host;
  }

  URI base() {
    return endpoint.base();
  }

  boolean sandbox() {
    return endpoint.sandbox();
  }

  boolean isLoggedIn() {
    return !endpoint.tokens().isEmpty();
  }

  /**
   * Returns a request to a host of this instance as it is sent by its token.
   *
   * @param request to an address that {@link StreamHost} found
   */
  HttpRequest signed(HttpRequest request) {
    Secret token = endpoint.token();
    return token == null
        ? request
        : request.withHeader("Authorization", "Bearer " + token.reveal());
  }

  RateLimitedTransport http() {
    return http;
  }

  /**
   * Gets an address of the instance.
   *
   * @throws io.github.sparkpysocial.SocialException if it refuses
   */
  HttpResponse get(URI address) throws InterruptedException {
    HttpRequest request = HttpRequest.get(address).withHeader("Accept", "application/json");
    HttpResponse response = http.send(request);
    if (!response.isSuccess()) {
      throw MastodonErrors.of(request, response, isLoggedIn());
    }
    return response;
  }

  /**
   * Returns what leads to the next page: the {@code max_id} in the {@code Link} header, which is
   * not always the id of the last item. The rest of that address is not used, since the server
   * leaves parameters such as {@code any[]} and {@code since_id} out of it and would go on with
   * another listing.
   *
   * @return {@code null} if there is no next page
   * @throws InvalidQueryException if the next page lies on another server or is named otherwise
   */
  @Nullable String next(HttpResponse response) {
    for (String link : response.headers().all("Link")) {
      Matcher next = NEXT.matcher(link);
      if (next.find()) {
        URI address = response.uri().resolve(next.group(1));
        if (!sameHost(address)) {
          throw new InvalidQueryException(
              host
                  + " names a next page on another server, "
                  + address.getHost()
                  + "; not followed");
        }
        Matcher maxId = MAX_ID.matcher(next.group(1));
        if (!maxId.find()) {
          throw new InvalidQueryException(
              host
                  + " names its next page in a way that is not known: no max_id in the Link header");
        }
        return checkedId(URLDecoder.decode(maxId.group(1), StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  private boolean sameHost(URI address) {
    URI base = endpoint.base();
    return address.getHost() != null
        && address.getHost().equalsIgnoreCase(base.getHost())
        && address.getPort() == base.getPort();
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * Checks a cursor that comes from outside.
   *
   * @throws StaleCursorException if it is no id
   */
  static String checkedId(String cursor) {
    if (!isId(cursor)) {
      throw new StaleCursorException("The cursor is no id of Mastodon");
    }
    return cursor;
  }
}
