package io.github.sparkpysocial.testkit.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP request as it arrived; the path is decoded and without the query. */
final class Request {
  private final String method;
  private final String path;
  private final String encodedPath;
  private final String target;
  private final Map<String, String> query;
  private final Map<String, List<String>> all;
  private final Map<String, String> headers;
  private final byte[] body;

  private Request(
      String method,
      String path,
      String encodedPath,
      String target,
      Map<String, String> query,
      Map<String, List<String>> all,
      Map<String, String> headers,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.encodedPath = encodedPath;
    this.target = target;
    this.query = query;
    this.all = all;
    this.headers = headers;
    this.body = body;
  }

  /**
   * Takes a request's target apart.
   *
   * @param headers by lower-case name
   * @throws IllegalArgumentException if a percent sign is broken
   */
  static Request of(String method, String target, Map<String, String> headers, byte[] body) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, String> query = new LinkedHashMap<>();
    Map<String, List<String>> all = new LinkedHashMap<>();
    if (mark >= 0) {
      for (String pair : target.substring(mark + 1).split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
          query.put(decode(name), value);
          all.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(value);
        }
      }
    }
    // In a path, unlike in a query, a plus is a plus.
    return new Request(
        method.toUpperCase(Locale.ROOT),
        decode(path.replace("+", "%2B")),
        path,
        target,
        query,
        all,
        headers,
        body);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  /** Returns the path as it was sent, with its percent signs. */
  String encodedPath() {
    return encodedPath;
  }

  /** Returns path and query as they were sent. */
  String target() {
    return target;
  }

  /** Returns the decoded parameters, the last of each name. */
  Map<String, String> query() {
    return query;
  }

  byte[] body() {
    return body;
  }

  @Nullable String parameter(String name) {
    return query.get(name);
  }

  /** Returns all values of a parameter that may be repeated. */
  List<String> parameters(String name) {
    return all.getOrDefault(name, List.of());
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns the token of the Authorization header, or {@code null} if there is none. */
  @Nullable String token() {
    String authorization = header("authorization");
    if (authorization == null) {
      return null;
    }
    int blank = authorization.indexOf(' ');
    String scheme = blank < 0 ? "" : authorization.substring(0, blank).toLowerCase(Locale.ROOT);
    return scheme.equals("bearer") || scheme.equals("token")
        ? authorization.substring(blank + 1).trim()
        : "";
  }
}
