package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in to Bluesky: access tokens live two hours, refresh tokens 60 days and one use, as
 * on the network's own servers. The password is the sandbox's token. Thread-safe.
 */
final class BlueskySessions {
  private static final Duration ACCESS = Duration.ofHours(2);
  private static final Duration REFRESH = Duration.ofDays(60);

  private record Token(String did, Instant until) {}

  private final Clock clock;
  private final BlueskyJson json;
  private final Map<String, Token> accessTokens = new HashMap<>();
  private final Map<String, Token> refreshTokens = new HashMap<>();
  private int count;

  BlueskySessions(Clock clock, BlueskyJson json) {
    this.clock = clock;
    this.json = json;
  }

  /** What a token is worth. */
  enum Standing {
    NONE,
    GOOD,
    EXPIRED,
    INVALID
  }

  synchronized Standing standing(@Nullable String token) {
    if (token == null) {
      return Standing.NONE;
    }
    Token known = accessTokens.get(token);
    if (known == null) {
      return Standing.INVALID;
    }
    return clock.instant().isBefore(known.until()) ? Standing.GOOD : Standing.EXPIRED;
  }

  /** Lets all access tokens expire now. */
  synchronized void expireAll() {
    accessTokens.replaceAll((token, known) -> new Token(known.did(), clock.instant()));
  }

  synchronized Answer create(byte[] body) {
    JsonNode login = Json.parse(body);
    String identifier = login == null ? "" : login.path("identifier").asText("");
    Account account = json.account(identifier);
    if (login == null || account == null || !Sandbox.accepts(login.path("password").asText(""))) {
      return error(401, "AuthenticationRequired", "Invalid identifier or password");
    }
    return issue(account.id());
  }

  synchronized Answer refresh(@Nullable String token) {
    Token known = token == null ? null : refreshTokens.remove(token);
    if (known == null || !clock.instant().isBefore(known.until())) {
      return error(400, "ExpiredToken", "Token has been revoked");
    }
    return issue(known.did());
  }

  private Answer issue(String did) {
    count++;
    String access = "sandbox.access." + count;
    String refresh = "sandbox.refresh." + count;
    accessTokens.put(access, new Token(did, clock.instant().plus(ACCESS)));
    refreshTokens.put(refresh, new Token(did, clock.instant().plus(REFRESH)));
    Account account = json.account(did);
    ObjectNode body = Json.object();
    body.put("did", did);
    body.put("handle", account == null ? "handle.invalid" : account.handle());
    body.put("accessJwt", access);
    body.put("refreshJwt", refresh);
    body.put("active", true);
    return Answer.json(200, body);
  }

  static Answer error(int status, String name, String message) {
    return Answer.json(status, Json.object().put("error", name).put("message", message));
  }
}
