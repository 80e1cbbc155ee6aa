package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.client.Endpoint;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.limit.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access token of an OAuth client, renewed with its refresh token when Meetup no longer takes
 * it. Meetup may give another refresh token each time and forget the one before (<a
 * href="https://www.meetup.com/graphql/authentication/">authentication</a>), so there is one of
 * these for each client in a process, and one file for all processes that share a client.
 * Thread-safe: who needs a token while another thread fetches one waits for that.
 */
final class MeetupTokens {
  private static final Logger log = LoggerFactory.getLogger(MeetupTokens.class);
  private static final URI TOKEN_ADDRESS = URI.create("https://secure.meetup.com/oauth2/access");
  private static final String CLIENT_ID = "MEETUP_CLIENT_ID";
  private static final String CLIENT_SECRET = "MEETUP_CLIENT_SECRET";
  private static final String REFRESH_TOKEN = "MEETUP_REFRESH_TOKEN";
  private static final String TOKEN_FILE = "MEETUP_TOKEN_FILE";

  /** An answer longer than this is no error about a token, and not looked through for one. */
  private static final int LONGEST_ERROR_BYTES = 8 << 10;

  /** The errors of RFC 6749 section 5.2; only these are repeated in messages. */
  private static final Set<String> KNOWN_ERRORS =
      Set.of(
          "invalid_request",
          "invalid_client",
          "invalid_grant",
          "unauthorized_client",
          "unsupported_grant_type",
          "invalid_scope");

  private static final Map<String, MeetupTokens> SHARED = new ConcurrentHashMap<>();

  private final URI address;
  private final Secret clientId;
  private final Secret clientSecret;
  private final @Nullable TokenFile file;
  private final ReentrantLock lock = new ReentrantLock();
  private Secret refreshToken;
  private @Nullable Secret accessToken;

  private MeetupTokens(
      URI address,
      Secret clientId,
      Secret clientSecret,
      Secret refreshToken,
      @Nullable Secret accessToken,
      @Nullable TokenFile file) {
    this.address = address;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.refreshToken = refreshToken;
    this.accessToken = accessToken;
    this.file = file;
  }

  /**
   * Returns the tokens of the client in the environment, or {@code null} if there is none. A
   * sandbox gets credentials of a sandbox only.
   *
   * @throws AuthenticationException if a part of the credentials is missing
   */
  static @Nullable MeetupTokens of(Endpoint endpoint, SourceOptions options) {
    Map<String, String> environment = options.environment();
    String refresh = environment.get(REFRESH_TOKEN);
    if (refresh == null || (endpoint.sandbox() && !refresh.startsWith("sandbox"))) {
      return null;
    }
    Secret refreshToken = Secret.fromEnvironment(environment, REFRESH_TOKEN);
    Secret clientId = Secret.fromEnvironment(environment, CLIENT_ID);
    Secret clientSecret = Secret.fromEnvironment(environment, CLIENT_SECRET);
    String path = environment.get(TOKEN_FILE);
    Path file = path == null || path.isBlank() ? null : Path.of(path).toAbsolutePath().normalize();
    URI address =
        endpoint.sandbox() ? URI.create(endpoint.base() + TOKEN_ADDRESS.getPath()) : TOKEN_ADDRESS;
    Secret accessToken = endpoint.sandbox() ? null : endpoint.token();
    String key =
        String.join(
            " ",
            address.toString(),
            clientId.fingerprint(),
            refreshToken.fingerprint(),
            String.valueOf(file));
    return SHARED.computeIfAbsent(
        key,
        k ->
            new MeetupTokens(
                address,
                clientId,
                clientSecret,
                refreshToken,
                accessToken,
                file == null ? null : new TokenFile(file, refreshToken.fingerprint())));
  }

  /**
   * Returns as whom requests count: the client, whichever access token it has at the time. That is
   * put on further down, by {@link #over}.
   */
  Credential client() {
    return new Client(clientId.fingerprint());
  }

  private record Client(String fingerprint) implements Credential {
    @Override
    public HttpRequest sign(HttpRequest request) {
      return request;
    }
  }

  /** Returns a transport that puts the present access token on, and fetches another if need be. */
  HttpTransport over(HttpTransport transport) {
    return request -> {
      Secret token = token(null, transport);
      HttpResponse response = transport.send(with(token, request));
      return refuses(response) ? transport.send(with(token(token, transport), request)) : response;
    };
  }

  private static HttpRequest with(Secret token, HttpRequest request) {
    return request.withHeader("Authorization", "Bearer " + token.reveal());
  }

  private static boolean refuses(HttpResponse response) {
    return response.status() == 401
        || (response.sizeBytes() <= LONGEST_ERROR_BYTES
            && MeetupErrors.of(response, Instant.EPOCH).stream()
                .anyMatch(MeetupErrors::isExpiredToken));
  }

  /** Returns an access token that is not the one that was refused. */
  private Secret token(@Nullable Secret refused, HttpTransport transport)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Secret present = accessToken;
      if (present != null && !same(present, refused)) {
        return present; // another thread was faster
      }
      return file == null ? fetch(transport) : fetch(transport, file, refused);
    } finally {
      lock.unlock();
    }
  }

  private Secret fetch(HttpTransport transport, TokenFile kept, @Nullable Secret refused)
      throws IOException, InterruptedException {
    FileChannel alone = kept.lock();
    try {
      TokenFile.Tokens tokens = kept.read();
      if (tokens != null) {
        refreshToken = tokens.refresh();
        if (tokens.access() != null && !same(tokens.access(), refused)) {
          accessToken = tokens.access(); // another process was faster
          return tokens.access();
        }
      }
      Secret token = fetch(transport);
      keep(kept, token);
      return token;
    } finally {
      alone.close();
    }
  }

  private void keep(TokenFile kept, Secret token) {
    try {
      kept.write(new TokenFile.Tokens(refreshToken, token));
    } catch (IOException e) {
      log.warn(
          "Meetup's tokens cannot be kept in {}; they end with this process, and {} may have to be"
              + " fetched anew",
          kept,
          REFRESH_TOKEN,
          e);
    }
  }

  private Secret fetch(HttpTransport transport) throws IOException, InterruptedException {
    String form =
        "client_id="
            + encoded(clientId)
            + "&client_secret="
            + encoded(clientSecret)
            + "&grant_type=refresh_token&refresh_token="
            + encoded(refreshToken);
    HttpRequest request =
        HttpRequest.of(
            "POST",
            address,
            Headers.of(
                Map.of(
                    "Content-Type", List.of("application/x-www-form-urlencoded"),
                    "Accept", List.of("application/json"))),
            form.getBytes(StandardCharsets.UTF_8));
    HttpResponse response = transport.send(request);
    if (response.status() >= 500 || response.status() == 429) {
      throw new IOException(request + " was answered " + response.status());
    }
    JsonNode answer;
    try {
      answer = JsonDocument.of(response.text()).root();
    } catch (IllegalArgumentException e) {
      throw new IOException(
          request + " was answered " + response.status() + " with something that is no JSON");
    }
    String token = response.isSuccess() ? Json.nonEmpty(answer, "access_token") : null;
    if (token == null) {
      throw refused(response.status(), answer.path("error").asText(""));
    }
    Secret access = Secret.of(token);
    accessToken = access;
    String next = Json.nonEmpty(answer, "refresh_token");
    if (next != null && !next.equals(refreshToken.reveal())) {
      refreshToken = Secret.of(next);
      if (file == null) {
        log.warn(
            "Meetup gave another refresh token, which ends with this process: set {} to a file"
                + " where it is kept for the next run",
            TOKEN_FILE);
      }
    }
    log.debug("Meetup gave another access token");
    return access;
  }

  /** What the server says is not repeated: it may hold what was sent. */
  private AuthenticationException refused(int status, String error) {
    String what = KNOWN_ERRORS.contains(error) ? error : "an error of its own";
    String remedy =
        error.equals("invalid_grant")
            ? "the refresh token is no longer good, most likely because it was used before:"
                + " authorise the client again at https://secure.meetup.com/oauth2/authorize and"
                + " set "
                + REFRESH_TOKEN
                + " to the token it gives"
                + (file == null
                    ? ", and " + TOKEN_FILE + " to a file that keeps those that follow"
                    : "")
            : "check " + CLIENT_ID + ", " + CLIENT_SECRET + " and " + REFRESH_TOKEN;
    return new AuthenticationException(
        "Meetup gave no access token (" + status + ", " + what + "); " + remedy);
  }

  private static boolean same(Secret one, @Nullable Secret other) {
    return other != null && one.reveal().equals(other.reveal());
  }

  private static String encoded(Secret secret) {
    return URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "MeetupTokens[" + address + ']';
  }
}
