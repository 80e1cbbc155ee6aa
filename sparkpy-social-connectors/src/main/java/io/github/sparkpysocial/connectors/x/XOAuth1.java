package io.github.sparkpysocial.connectors.x;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.limit.Credential;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests to one server with OAuth 1.0a and HMAC-SHA1 (RFC 5849), as X's API v1.1 wants it.
 * Signatures bear the time; it is the server's own, learned from its answers, so that a wrong clock
 * here costs one refused request and no more. Thread-safe.
 */
final class XOAuth1 implements Credential {
  /** X takes a time that is wrong by less. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final Pattern TIMESTAMP = Pattern.compile("oauth_timestamp=\"(\\d+)\"");
  private static final int NONCE_BYTES = 16;

  private final URI base;
  private final Keys keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private volatile Duration serverAhead = Duration.ZERO;

  XOAuth1(URI base, Keys keys, Clock clock) {
    this.base = base;
    this.keys = keys;
    this.clock = clock;
  }

  /** The two pairs that a user's app signs with. */
  record Keys(Secret consumerKey, Secret consumerSecret, Secret token, Secret tokenSecret) {}

  /**
   * Returns a transport that learns the server's clock from its answers, and sends a request once
   * more that was refused because the time of its signature was wrong.
   */
  HttpTransport learning(HttpTransport transport) {
    return request -> {
      HttpResponse response = transport.send(request);
      learn(response.headers().first("Date"));
      if (response.status() == 401 && isOutOfTime(request)) {
        response = transport.send(sign(request));
      }
      return response;
    };
  }

  private void learn(@Nullable String date) {
    if (date != null) {
      try {
        Instant server =
            ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        serverAhead = Duration.between(clock.instant(), server);
      } catch (DateTimeException e) {
        return; // a server that does not know its own clock teaches nothing
      }
    }
  }

  @Override
  public String fingerprint() {
    return keys.token.fingerprint();
  }

  @Override
  public HttpRequest sign(HttpRequest request) {
    if (!request.uri().getScheme().equalsIgnoreCase(base.getScheme())
        || !request.uri().getAuthority().equalsIgnoreCase(base.getAuthority())) {
      return request;
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    long seconds = clock.instant().plus(serverAhead).getEpochSecond();
    return request.withHeader(
        "Authorization",
        header(request.method(), request.uri(), keys, seconds, HexFormat.of().formatHex(nonce)));
  }

  /** Returns whether a request bears another time than the server's, as far as that is known. */
  private boolean isOutOfTime(HttpRequest refused) {
    String header = refused.headers().first("Authorization");
    Matcher signed = TIMESTAMP.matcher(header == null ? "" : header);
    return signed.find()
        && Duration.between(
                    Instant.ofEpochSecond(Long.parseLong(signed.group(1))),
                    clock.instant().plus(serverAhead))
                .abs()
                .compareTo(TOLERANCE)
            > 0;
  }

  /** Returns the value of the Authorization header (RFC 5849 section 3.5.1). */
  static String header(String method, URI uri, Keys keys, long seconds, String nonce) {
    Map<String, String> oauth = new TreeMap<>();
    oauth.put("oauth_consumer_key", keys.consumerKey.reveal());
    oauth.put("oauth_nonce", nonce);
    oauth.put("oauth_signature_method", "HMAC-SHA1");
    oauth.put("oauth_timestamp", Long.toString(seconds));
    oauth.put("oauth_token", keys.token.reveal());
    oauth.put("oauth_version", "1.0");
    String key = encode(keys.consumerSecret.reveal()) + '&' + encode(keys.tokenSecret.reveal());
    oauth.put("oauth_signature", hmac(key, baseString(method, uri, oauth)));
    List<String> parts = new ArrayList<>();
    oauth.forEach((name, value) -> parts.add(name + "=\"" + encode(value) + '"'));
    return "OAuth " + String.join(", ", parts);
  }

  /** Returns what is signed (RFC 5849 section 3.4.1). */
  private static String baseString(String method, URI uri, Map<String, String> oauth) {
    List<String> pairs = new ArrayList<>();
    oauth.forEach((name, value) -> pairs.add(encode(name) + '=' + encode(value)));
    String query = uri.getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        pairs.add(encode(decode(name)) + '=' + encode(decode(value)));
      }
    }
    Collections.sort(pairs);
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean usualPort = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
    String address =
        scheme
            + "://"
            + uri.getHost().toLowerCase(Locale.ROOT)
            + (usualPort ? "" : ":" + uri.getPort())
            + uri.getRawPath();
    return method + '&' + encode(address) + '&' + encode(String.join("&", pairs));
  }

  private static String hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA1", e);
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Encodes all but letters, digits and {@code -._~} (RFC 5849 section 3.6). */
  private static String encode(String text) {
    return Query.encode(text).replace("*", "%2A").replace("%7E", "~");
  }

  @Override
  public String toString() {
    return "OAuth 1.0a " + fingerprint();
  }
}
