package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.http.Redaction;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request and the answer that was given to it. Immutable. */
final class Exchange {
  private final String method;
  private final String uri;
  private final @Nullable String requestBody;
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;

  /**
   * Makes an exchange.
   *
   * @param uri an address, or a path with its query
   * @param headers of the answer
   * @param body of the answer, decoded
   */
  Exchange(
      String method,
      String uri,
      @Nullable String requestBody,
      int status,
      Map<String, List<String>> headers,
      byte[] body) {
    this.method = method.toUpperCase(Locale.ROOT);
    this.uri = uri;
    this.requestBody = requestBody == null || requestBody.isEmpty() ? null : requestBody;
    this.status = status;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body.clone();
  }

  String method() {
    return method;
  }

  /** Returns the address, or the path with its query. */
  String uri() {
    return uri;
  }

  @Nullable String requestBody() {
    return requestBody;
  }

  int status() {
    return status;
  }

  Map<String, List<String>> headers() {
    return headers;
  }

  byte[] body() {
    return body.clone();
  }

  /** Returns the path alone. */
  String path() {
    String target = target(uri);
    int mark = target.indexOf('?');
    return mark < 0 ? target : target.substring(0, mark);
  }

  /** Returns what requests are told apart by: the path and the parameters, in no order. */
  String key(boolean withQuery) {
    return method + ' ' + (withQuery ? canonical(target(uri)) : path());
  }

  /** Returns path and query of an address. */
  static String target(String uri) {
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int slash = uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  /** Returns path and query with the parameters in order, and without the values of secret ones. */
  static String canonical(String target) {
    int mark = target.indexOf('?');
    if (mark < 0) {
      return target;
    }
    String shown = Redaction.uri(URI.create("http://host" + escaped(target))).substring(11);
    List<String> parameters = new ArrayList<>(List.of(shown.substring(mark + 1).split("&", -1)));
    Collections.sort(parameters);
    return shown.substring(0, mark) + '?' + String.join("&", parameters);
  }

  /** Recordings have characters in addresses that belong escaped. */
  private static String escaped(String target) {
    StringBuilder escaped = new StringBuilder(target.length());
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c > 126 || "\"<>\\^`{|}[]".indexOf(c) >= 0) {
        escaped.append(
            URLEncoder.encode(String.valueOf(c), StandardCharsets.UTF_8).replace("+", "%20"));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
