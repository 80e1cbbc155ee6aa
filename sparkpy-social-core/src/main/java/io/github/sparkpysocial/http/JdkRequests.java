package io.github.sparkpysocial.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Turns requests and failures into those of {@code java.net.http} and back. */
final class JdkRequests {
  private JdkRequests() {}

  /**
   * Returns the request as the JDK's client takes it.
   *
   * @param timeout how long the headers of the answer may take
   * @param encoding which encoding of the body to ask for if the request does not say
   */
  static java.net.http.HttpRequest of(HttpRequest request, Duration timeout, String encoding) {
    byte[] body = request.body();
    var jdk =
        java.net.http.HttpRequest.newBuilder(request.uri())
            .timeout(timeout)
            .method(
                request.method(),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    request.headers().asMap().forEach((name, values) -> values.forEach(v -> jdk.header(name, v)));
    if (request.headers().first("User-Agent") == null) {
      jdk.header("User-Agent", UserAgent.value());
    }
    if (request.headers().first("Accept-Encoding") == null) {
      jdk.header("Accept-Encoding", encoding);
    }
    return jdk.build();
  }

  /** Returns what is thrown when a request failed, without credentials. */
  static IOException failure(HttpRequest request, Throwable cause, Duration timeout) {
    if (cause instanceof HttpTimeoutException) {
      return timeout(request, cause, timeout);
    }
    String said = cause.getMessage();
    String what =
        cause instanceof java.net.ConnectException
            ? "cannot connect"
            : said == null ? cause.getClass().getSimpleName() : Redaction.text(said);
    return new IOException(request + " failed: " + what, cause);
  }

  /** Returns what is thrown when a request took too long. */
  static IOException timeout(HttpRequest request, Throwable cause, Duration timeout) {
    return new IOException(
        request + " was not answered within " + timeout.toSeconds() + " s", cause);
  }
}
