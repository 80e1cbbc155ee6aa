package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * X API v1.1 as far as it was for reading: search, and how much is left of its limits. It takes a
 * bearer token, or OAuth 1.0a with the consumer and the access token {@value Sandbox#TOKEN}, whose
 * secrets are the same word; signatures, nonces and times are checked.
 */
final class XV1Api implements NetworkApi {
  private static final String SEARCH = "/1.1/search/tweets.json";
  private static final String STATUS = "/1.1/application/rate_limit_status.json";

  /** How wrong the clock of a signature may be. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private static final int MOST_NONCES = 10_000;

  private final XCommunity community;
  private final Limits limits;
  private final Gate gate;
  private final XV1Search search;
  private final Set<String> nonces =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST_NONCES;
            }
          });

  XV1Api(XCommunity community, Limits limits, Gate gate) {
    this.community = community;
    this.limits = limits;
    this.gate = gate;
    this.search = new XV1Search(community);
  }

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith("/1.1/");
  }

  @Override
  public Answer answer(Request request) {
    Answer refusal = refusal(request);
    if (refusal != null) {
      return refusal;
    }
    if (!request.method().equals("GET")
        || (!request.path().equals(SEARCH) && !request.path().equals(STATUS))) {
      return error(404, 34, "Sorry, that page does not exist.");
    }
    String key = key(request);
    Limits.Rate limit = limits.of(limit(request, request.path()));
    Duration blocked = gate.blocked(Network.X, request.path(), key);
    if (blocked != null) {
      return tooMany(gate.peek(key, limit).limit(), community.now().plus(blocked));
    }
    Gate.Ticket ticket = gate.take(Network.X, request.path(), key, limit, 1);
    if (!ticket.allowed()) {
      return tooMany(ticket.limit(), ticket.resetsAt());
    }
    Answer answer = request.path().equals(SEARCH) ? search.answer(request) : status(request);
    return withRate(answer, ticket.limit(), ticket.remaining(), ticket.resetsAt());
  }

  /** Returns what is wrong with who asks, or {@code null} if nothing is. */
  private @Nullable Answer refusal(Request request) {
    Map<String, String> oauth = OAuthSignature.parameters(request.header("authorization"));
    if (oauth == null) {
      String token = request.token();
      if (token == null) {
        return error(400, 215, "Bad Authentication data.");
      }
      return Sandbox.accepts(token) ? null : error(401, 89, "Invalid or expired token.");
    }
    String address = "http://" + request.header("host") + request.path();
    if (!Sandbox.TOKEN.equals(oauth.get("oauth_consumer_key"))
        || !Sandbox.TOKEN.equals(oauth.get("oauth_token"))) {
      return error(401, 89, "Invalid or expired token.");
    }
    if (!"HMAC-SHA1".equals(oauth.get("oauth_signature_method"))
        || !OAuthSignature.isRight(
            request.method(), address, request.query(), oauth, Sandbox.TOKEN, Sandbox.TOKEN)) {
      return error(401, 32, "Could not authenticate you.");
    }
    Instant signed;
    try {
      signed = Instant.ofEpochSecond(Long.parseLong(oauth.getOrDefault("oauth_timestamp", "")));
    } catch (NumberFormatException e) {
      return error(401, 32, "Could not authenticate you.");
    }
    if (Duration.between(signed, community.now()).abs().compareTo(TOLERANCE) > 0) {
      return error(401, 135, "Timestamp out of bounds.");
    }
    synchronized (nonces) {
      if (!nonces.add(String.valueOf(oauth.get("oauth_nonce")))) {
        return error(401, 32, "Could not authenticate you.");
      }
    }
    return null;
  }

  private static Limit limit(Request request, String path) {
    boolean user = OAuthSignature.parameters(request.header("authorization")) != null;
    return path.equals(STATUS)
        ? Limit.X_V1_STATUS
        : user ? Limit.X_V1_SEARCH_USER : Limit.X_V1_SEARCH_APP;
  }

  private Answer status(Request request) {
    ObjectNode body = Json.object();
    body.putObject("rate_limit_context").put("access_token", "hidden");
    ObjectNode resources = body.putObject("resources");
    resources.putObject("search").set("/search/tweets", window(request, SEARCH));
    resources
        .putObject("application")
        .set("/application/rate_limit_status", window(request, STATUS));
    return Answer.json(200, body);
  }

  private ObjectNode window(Request request, String path) {
    Gate.Ticket ticket = gate.peek(key(request, path), limits.of(limit(request, path)));
    return Json.object()
        .put("limit", ticket.limit())
        .put("remaining", ticket.remaining())
        .put("reset", ticket.resetsAt().getEpochSecond());
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    return tooMany(
        limits.of(limit(request, request.path())).most(), community.now().plus(fault.block()));
  }

  @Override
  public Answer failed(int status) {
    return switch (status) {
      case 401 -> error(401, 32, "Could not authenticate you.");
      case 403 -> error(403, 179, "Sorry, you are not authorized to see this status.");
      case 404 -> error(404, 34, "Sorry, that page does not exist.");
      case 503 -> error(503, 130, "Over capacity");
      default -> error(status, 131, "Internal error");
    };
  }

  @Override
  public String key(Request request) {
    return key(request, request.path());
  }

  private static String key(Request request, String path) {
    Map<String, String> oauth = OAuthSignature.parameters(request.header("authorization"));
    return "x:"
        + path
        + " of "
        + (oauth == null ? request.token() : "user " + oauth.get("oauth_token"));
  }

  private static Answer tooMany(int limit, Instant resetsAt) {
    return withRate(error(429, 88, "Rate limit exceeded"), limit, 0, resetsAt);
  }

  static Answer error(int status, int code, String message) {
    ObjectNode body = Json.object();
    body.putArray("errors").addObject().put("code", code).put("message", message);
    return Answer.json(status, body);
  }

  private static Answer withRate(Answer answer, int limit, int remaining, Instant resetsAt) {
    return answer
        .with("x-rate-limit-limit", limit)
        .with("x-rate-limit-remaining", remaining)
        .with("x-rate-limit-reset", resetsAt.getEpochSecond());
  }
}
