package io.github.sparkpysocial.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a server. Immutable; {@link #toString()} shows method and address without
 * credentials.
 */
public final class HttpRequest {
  private final String method;
  private final URI uri;
  private final Headers headers;
  private final byte @Nullable [] body;

  private HttpRequest(String method, URI uri, Headers headers, byte @Nullable [] body) {
    this.method = method;
    this.uri = uri;
    this.headers = headers;
    this.body = body;
  }

  /** Returns a GET request without headers. */
  public static HttpRequest get(URI uri) {
    return new HttpRequest("GET", checked(uri), Headers.NONE, null);
  }

  /** Returns a POST request that sends JSON. */
  public static HttpRequest postJson(URI uri, String json) {
    return new HttpRequest(
        "POST",
        checked(uri),
        Headers.NONE.with("Content-Type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a request with any method.
   *
   * @param body what to send, copied, or {@code null}
   */
  public static HttpRequest of(String method, URI uri, Headers headers, byte @Nullable [] body) {
    return new HttpRequest(
        method.toUpperCase(Locale.ROOT),
        checked(uri),
        Objects.requireNonNull(headers, "headers"),
        body == null ? null : body.clone());
  }

  private static URI checked(URI uri) {
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "A request needs a whole address such as https://host/path, was " + Redaction.uri(uri));
    }
    return uri;
  }

  /** Returns a copy in which this header has this one value. */
  public HttpRequest withHeader(String name, String value) {
    return new HttpRequest(method, uri, headers.with(name, value), body);
  }

  /** Returns a copy with other headers. */
  public HttpRequest withHeaders(Headers newHeaders) {
    return new HttpRequest(method, uri, newHeaders, body);
  }

  /** Returns a copy that goes to another address. */
  public HttpRequest withUri(URI newUri) {
    return new HttpRequest(method, checked(newUri), headers, body);
  }

  /** Returns the method in capitals. */
  public String method() {
    return method;
  }

  /** Returns the address, which may hold credentials: print {@link #toString()} instead. */
  public URI uri() {
    return uri;
  }

  /** Returns the headers. */
  public Headers headers() {
    return headers;
  }

  /** Returns a copy of what is sent, or {@code null} if nothing is. */
  public byte @Nullable [] body() {
    return body == null ? null : body.clone();
  }

  /**
   * Returns whether sending it twice does no more than sending it once (RFC 9110 section 9.2.2).
   */
  public boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  /** Returns method and address, without credentials. */
  @Override
  public String toString() {
    return method + ' ' + Redaction.uri(uri);
  }
}
