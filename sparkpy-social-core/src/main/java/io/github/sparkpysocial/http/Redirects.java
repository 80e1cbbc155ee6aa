package io.github.sparkpysocial.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where requests may go, and how they follow redirects: never with credentials elsewhere. */
final class Redirects {
  /** How many redirects one request follows. */
  static final int MOST = 5;

  private Redirects() {}

  /**
   * Returns the request that a redirect asks for, or {@code null} if the answer is final.
   *
   * @param status the status of the answer
   * @param location its Location header
   * @throws IOException if it leads to an address that is none or may not be used
   */
  static @Nullable HttpRequest next(HttpRequest request, int status, @Nullable String location)
      throws IOException {
    boolean sameMethod =
        switch (status) {
          case 301, 302, 303 -> request.isSafe();
          case 307, 308 -> true;
          default -> false;
        };
    if (!sameMethod || location == null) {
      return null;
    }
    URI target;
    try {
      target = request.uri().resolve(location);
    } catch (IllegalArgumentException e) {
      throw new IOException(request + " was redirected to an address that is none", e);
    }
    if (target.getHost() == null || !isAllowed(target)) {
      throw new IOException(request + " was redirected to an address that is not https");
    }
    if (isSameOrigin(request.uri(), target)) {
      return request.withUri(target);
    }
    if (!request.isSafe()) {
      return null; // what was posted is meant for the first server only
    }
    Headers headers = request.headers();
    for (String name : request.headers().asMap().keySet()) {
      if (Redaction.isSecret(name)) {
        headers = headers.without(name);
      }
    }
    return request.withUri(target).withHeaders(headers);
  }

  /** Returns the failure of a request that was redirected too often. */
  static IOException tooMany(HttpRequest request, HttpRequest last) {
    return new IOException(
        request + " was redirected more than " + MOST + " times, last to " + last);
  }

  /** Returns whether both addresses have the same scheme, host and port (RFC 6454). */
  static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /**
   * Makes sure that a request goes over https, or stays on this machine.
   *
   * @throws IllegalArgumentException if not
   */
  static void checkScheme(HttpRequest request) {
    if (!isAllowed(request.uri())) {
      throw new IllegalArgumentException(
          request + ": only https is used, and http for this machine alone (127.0.0.1, localhost)");
    }
  }

  private static boolean isAllowed(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("https") || (scheme.equals("http") && JdkHttpTransport.isLoopback(uri));
  }
}
