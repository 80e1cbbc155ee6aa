package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Meetup's tokens: those of the sandbox, and those that a client gets for its refresh token, which
 * is good for one use (<a
 * href="https://www.meetup.com/graphql/authentication/">authentication</a>). The client {@code
 * sandbox-client} stands for the token {@code sandbox}, {@code sandbox-client-2} for {@code
 * sandbox-2}. Thread-safe.
 */
final class MeetupOAuth {
  static final String PATH = "/oauth2/access";
  static final String CLIENT = "sandbox-client";
  static final String SECRET = "sandbox-secret";
  static final String REFRESH_TOKEN = "sandbox-refresh";
  private static final Duration LIFE = Duration.ofHours(1);

  private record Issued(String client, Instant expiresAt) {}

  private final Clock clock;
  private final Gate gate;
  private final Map<String, Issued> issued = new HashMap<>();
  private final Map<String, String> refreshTokens = new HashMap<>();
  private final Set<String> revoked = new HashSet<>();
  private int number;

  MeetupOAuth(Clock clock, Gate gate) {
    this.clock = clock;
    this.gate = gate;
  }

  /** Returns whose token this is, or {@code null} if it is none or no longer one. */
  synchronized @Nullable String client(@Nullable String token) {
    if (token == null || revoked.contains(token)) {
      return null;
    }
    Issued known = issued.get(token);
    if (known != null) {
      return clock.instant().isBefore(known.expiresAt()) ? known.client() : null;
    }
    return Sandbox.accepts(token) ? token : null;
  }

  /** Takes a token no longer. */
  synchronized void revoke(@Nullable String token) {
    if (token != null) {
      revoked.add(token);
    }
  }

  /** Answers a request for a new token. */
  synchronized Answer exchange(Request request) {
    if (!request.query().isEmpty()) {
      gate.note(Network.MEETUP, request.path(), "brought its credentials in the address");
    }
    if (!request.method().equals("POST")) {
      return error("invalid_request");
    }
    Map<String, String> form =
        Request.of(
                "GET",
                "/?" + new String(request.body(), StandardCharsets.UTF_8),
                Map.of(),
                new byte[0])
            .query();
    String id = form.getOrDefault("client_id", "");
    if (!id.matches(CLIENT + "(-[0-9]{1,3})?") || !SECRET.equals(form.get("client_secret"))) {
      return error("invalid_client");
    }
    if (!"refresh_token".equals(form.get("grant_type"))) {
      return error("unsupported_grant_type");
    }
    String client = Sandbox.TOKEN + id.substring(CLIENT.length());
    String given = form.get("refresh_token");
    if (!refreshTokens.getOrDefault(client, REFRESH_TOKEN).equals(given)) {
      return error("invalid_grant");
    }
    number++;
    String access = "sandbox-access-" + number;
    String refresh = REFRESH_TOKEN + '-' + number;
    issued.put(access, new Issued(client, clock.instant().plus(LIFE)));
    refreshTokens.put(client, refresh);
    ObjectNode body =
        Json.object()
            .put("access_token", access)
            .put("refresh_token", refresh)
            .put("token_type", "bearer")
            .put("expires_in", LIFE.toSeconds());
    return Answer.json(200, body);
  }

  private static Answer error(String error) {
    return Answer.json(400, Json.object().put("error", error));
  }
}
