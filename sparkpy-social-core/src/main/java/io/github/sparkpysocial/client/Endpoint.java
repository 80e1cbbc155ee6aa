package io.github.sparkpysocial.client;

import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a network is reached and as whom: the real one with the user's token, or a sandbox on this
 * machine with the token {@code sandbox}. A real token never goes to a sandbox.
 *
 * @param base the address that paths are appended to, without a slash at its end
 * @param token the credential, or {@code null} to ask anonymously
 * @param sandbox whether it is a sandbox
 */
public record Endpoint(URI base, @Nullable Secret token, boolean sandbox) {
  /** The variable that turns every network to a sandbox. */
  public static final String SANDBOX_VARIABLE = "SPARKPY_SANDBOX";

  private static final String PARAMETER = "endpoint";

  public Endpoint {
    Objects.requireNonNull(base, "base");
  }

  /**
   * Finds out where a place is: the {@code endpoint} parameter of its URI, else the environment's
   * {@code SPARKPY_SANDBOX}, else the network itself.
   *
   * @param network the address of the network itself
   * @param tokenVariable the environment variable of its token
   * @return the endpoint; its token is {@code null} if the variable is not set
   * @throws IllegalArgumentException if the sandbox is not an http address of this machine
   */
  public static Endpoint of(
      PlaceUri uri, SourceOptions options, URI network, String tokenVariable) {
    String parameter = uri.parameter(PARAMETER);
    String address = parameter != null ? parameter : options.environment().get(SANDBOX_VARIABLE);
    if (address != null && !address.isBlank()) {
      return new Endpoint(sandboxAddress(address.strip(), parameter != null), sandboxToken(), true);
    }
    String token = options.environment().get(tokenVariable);
    return new Endpoint(
        network,
        token == null || token.isBlank()
            ? null
            : Secret.fromEnvironment(options.environment(), tokenVariable),
        false);
  }

  private static Secret sandboxToken() {
    return Secret.of("sandbox");
  }

  private static URI sandboxAddress(String address, boolean fromUri) {
    String where = fromUri ? "the parameter endpoint" : SANDBOX_VARIABLE;
    URI uri;
    try {
      uri =
          URI.create(address.endsWith("/") ? address.substring(0, address.length() - 1) : address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          where + " is no address; write it as http://127.0.0.1:8080", e);
    }
    if (uri.getScheme() == null || !JdkHttpTransport.isLoopback(uri) || uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          where
              + " must be an address of this machine such as http://127.0.0.1:8080, so that nothing"
              + " is sent elsewhere");
    }
    return uri;
  }

  /** Returns what tells this endpoint and credential apart from others, without secrets. */
  public String scope() {
    return base + " " + (token == null ? "anonymous" : token.fingerprint());
  }
}
