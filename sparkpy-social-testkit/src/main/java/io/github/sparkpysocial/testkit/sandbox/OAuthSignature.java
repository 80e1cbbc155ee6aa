package io.github.sparkpysocial.testkit.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Checks signatures of OAuth 1.0a with HMAC-SHA1 (RFC 5849, section 3.4). */
final class OAuthSignature {
  private OAuthSignature() {}

  /**
   * Returns the {@code oauth_} parameters of an Authorization header; {@code null} if it is none.
   */
  static @Nullable Map<String, String> parameters(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("oauth ")) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String part : authorization.substring(6).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        String value = part.substring(equals + 1).strip();
        value = value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
        parameters.put(
            decode(part.substring(0, equals).strip()), decode(value.replace("+", "%2B")));
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /**
   * Returns whether a signature is right.
   *
   * @param address the address of the request without its query
   * @param query the decoded parameters of the query
   * @param oauth what the Authorization header holds
   */
  static boolean isRight(
      String method,
      String address,
      Map<String, String> query,
      Map<String, String> oauth,
      String consumerSecret,
      String tokenSecret) {
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(encode(name) + '=' + encode(value)));
    oauth.forEach(
        (name, value) -> {
          if (!name.equals("oauth_signature") && !name.equals("realm")) {
            pairs.add(encode(name) + '=' + encode(value));
          }
        });
    Collections.sort(pairs);
    String base = method + '&' + encode(address) + '&' + encode(String.join("&", pairs));
    byte[] expected = hmac(encode(consumerSecret) + '&' + encode(tokenSecret), base);
    byte[] given;
    try {
      given = Base64.getDecoder().decode(oauth.getOrDefault("oauth_signature", ""));
    } catch (IllegalArgumentException e) {
      return false;
    }
    return MessageDigest.isEqual(expected, given);
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA1"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA1", e);
    }
  }

  /** Encodes as RFC 3986 does: all but letters, digits and {@code -._~}. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
