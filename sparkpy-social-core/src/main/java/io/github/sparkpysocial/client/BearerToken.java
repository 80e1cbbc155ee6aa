package io.github.sparkpysocial.client;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.limit.Credential;
import java.net.URI;

/**
 * A token in the {@code Authorization} header of requests to one server (RFC 6750 section 2.1).
 *
 * @param base the server
 * @param token the token
 */
record BearerToken(URI base, Secret token) implements Credential {
  @Override
  public String fingerprint() {
    return token.fingerprint();
  }

  @Override
  public HttpRequest sign(HttpRequest request) {
    return isSameOrigin(base, request.uri())
        ? request.withHeader("Authorization", "Bearer " + token.reveal())
        : request;
  }

  private static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
