package io.github.sparkpysocial.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What a server answered, the body decoded and whole. Immutable. */
public final class HttpResponse {
  private final URI uri;
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private final boolean unchanged;

  private HttpResponse(URI uri, int status, Headers headers, byte[] body, boolean unchanged) {
    this.uri = Objects.requireNonNull(uri, "uri");
    this.status = status;
    this.headers = Objects.requireNonNull(headers, "headers");
    this.body = body;
    this.unchanged = unchanged;
  }

  /**
   * Returns an answer.
   *
   * @param uri the address that answered, after redirects
   * @param status the status code
   * @param body the bytes, already decompressed, copied
   */
  public static HttpResponse of(URI uri, int status, Headers headers, byte[] body) {
    return new HttpResponse(uri, status, headers, body.clone(), false);
  }

  /** Returns an answer that takes over its body, which nobody changes any more. */
  static HttpResponse owning(URI uri, int status, Headers headers, byte[] body) {
    return new HttpResponse(uri, status, headers, body, false);
  }

  /** Returns an answer 200 that was kept from before and that the server says is still right. */
  static HttpResponse unchanged(URI uri, Headers headers, byte[] body) {
    return new HttpResponse(uri, 200, headers, body, true);
  }

  /** Returns the address that answered, after redirects. */
  public URI uri() {
    return uri;
  }

  /** Returns the status code, such as 200. */
  public int status() {
    return status;
  }

  /** Returns whether the status is one of 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * Returns whether the server said that nothing has changed (304), and the body is the one that a
   * {@link ConditionalCache} kept.
   */
  public boolean isUnchanged() {
    return unchanged;
  }

  /** Returns the headers. */
  public Headers headers() {
    return headers;
  }

  /** Returns a copy of the body. */
  public byte[] bytes() {
    return body.clone();
  }

  /** Returns the body as a stream over memory; closing it does nothing. */
  public InputStream stream() {
    return new ByteArrayInputStream(body);
  }

  /** Returns the body read as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Returns the length of the body. */
  public int sizeBytes() {
    return body.length;
  }

  /** Returns status, address without credentials and size, never the body. */
  @Override
  public String toString() {
    return status + " from " + Redaction.uri(uri) + ", " + body.length + " bytes";
  }
}
