package io.github.sparkpysocial.client;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.Credential;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a network is reached and as whom: the real one with the user's token, or a sandbox on this
 * machine with the token {@code sandbox}. A real token never goes to a sandbox.
 *
 * @param base the address that paths are appended to, without a slash at its end
 * @param tokens the credentials, each with a quota of its own; empty to ask anonymously
 * @param sandbox whether it is a sandbox
 */
public record Endpoint(URI base, List<Secret> tokens, boolean sandbox) {
  /** The variable that turns every network to a sandbox. */
  public static final String SANDBOX_VARIABLE = "SPARKPY_SANDBOX";

  private static final String PARAMETER = "endpoint";

  /** Tokens of the sandbox: whoever set one of these as the token meant no real network. */
  private static final Pattern SANDBOX_TOKEN = Pattern.compile("sandbox(?:-[0-9]{1,3})?");

  public Endpoint {
    Objects.requireNonNull(base, "base");
    tokens = tokens.stream().distinct().toList();
  }

  /**
   * Names an endpoint with one credential.
   *
   * @param token the credential, or {@code null} to ask anonymously
   */
  public Endpoint(URI base, @Nullable Secret token, boolean sandbox) {
    this(base, token == null ? List.of() : List.of(token), sandbox);
  }

  /**
   * Finds out where a place is: the {@code endpoint} parameter of its URI, else the environment's
   * {@code SPARKPY_SANDBOX}, else the network itself.
   *
   * @param network the address of the network itself
   * @param tokenVariable the environment variable of its token, or of several with commas between
   *     them, whose quotas are all used then. On a sandbox only values such as {@code sandbox-2}
   *     are taken from it
   * @return the endpoint; it has no token if the variable is not set
   * @throws IllegalArgumentException if the sandbox is not an http address of this machine
   * @throws AuthenticationException if a token is none; the message names the variable
   */
  public static Endpoint of(
      PlaceUri uri, SourceOptions options, URI network, String tokenVariable) {
    String parameter = uri.parameter(PARAMETER);
    String address = parameter != null ? parameter : options.environment().get(SANDBOX_VARIABLE);
    String value = options.environment().get(tokenVariable);
    List<String> given = new ArrayList<>();
    for (String part : value == null ? new String[0] : value.split(",", -1)) {
      if (!part.isBlank()) {
        given.add(part.strip());
      }
    }
    if (address != null && !address.isBlank()) {
      given.removeIf(token -> !SANDBOX_TOKEN.matcher(token).matches());
      return new Endpoint(
          sandboxAddress(address.strip(), parameter != null),
          (given.isEmpty() ? List.of("sandbox") : given).stream().map(Secret::of).toList(),
          true);
    }
    return new Endpoint(
        network,
        given.stream().map(token -> Secret.inVariable(token, tokenVariable)).toList(),
        false);
  }

  /** Returns the first credential, or {@code null} if there is none. */
  public @Nullable Secret token() {
    return tokens.isEmpty() ? null : tokens.get(0);
  }

  /** Returns what signs requests to this endpoint, and no others, by its tokens. */
  public List<Credential> credentials() {
    return tokens.stream().map(this::bearer).toList();
  }

  /**
   * Returns what signs requests to this endpoint, and no others, by a token: {@code Authorization:
   * Bearer}.
   */
  public Credential bearer(Secret token) {
    return new BearerToken(base, token);
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

  /** Returns what tells this endpoint and its first credential apart from others. */
  public String scope() {
    Secret token = token();
    return base + " " + (token == null ? "anonymous" : token.fingerprint());
  }
}
