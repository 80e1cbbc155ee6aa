package io.github.sparkpysocial.testkit.sandbox;

import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Meetup's GraphQL API. The points are those of a client, whichever its tokens. */
final class MeetupApi implements NetworkApi {
  private static final String KEY = "meetup";
  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final MeetupGraph graph;
  private final MeetupOAuth oauth;

  MeetupApi(Community community, Clock clock, Limits limits, Gate gate) {
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    this.graph = new MeetupGraph(community);
    this.oauth = new MeetupOAuth(clock, gate);
  }

  @Override
  public Network network() {
    return Network.MEETUP;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith("/gql") || path.equals(MeetupOAuth.PATH);
  }

  @Override
  public Answer answer(Request request) {
    if (request.path().equals(MeetupOAuth.PATH)) {
      return oauth.exchange(request);
    }
    if (!request.path().equals("/gql-ext")) {
      return request.path().equals("/gql")
          ? error(503, "service_unavailable", "This endpoint is deprecated; migrate to /gql-ext")
          : failed(404);
    }
    if (oauth.client(request.token()) == null) {
      return failed(401);
    }
    if (!request.method().equals("POST")) {
      return failed(405);
    }
    Duration blocked = gate.blocked(Network.MEETUP, request.path(), key(request));
    if (blocked != null) {
      return limited(clock.instant().plus(blocked), limits.of(Limit.MEETUP_POINTS).most());
    }
    GraphQl.Execution execution;
    try {
      execution = graph.prepare(Json.parse(request.body()));
    } catch (GraphQl.Invalid e) {
      return Answer.json(200, e.toJson());
    }
    Gate.Ticket ticket =
        gate.take(
            Network.MEETUP,
            request.path(),
            key(request),
            limits.of(Limit.MEETUP_POINTS),
            execution.cost());
    if (!ticket.allowed()) {
      return limited(ticket.resetsAt(), ticket.used());
    }
    return Answer.json(200, execution.run());
  }

  @Override
  public String key(Request request) {
    String client = oauth.client(request.token());
    return KEY + " of " + (client == null ? "nobody" : client);
  }

  @Override
  public Answer expired(Request request) {
    oauth.revoke(request.token());
    return failed(401);
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    return limited(
        fault.retryAfter() == null ? null : clock.instant().plus(fault.block()),
        limits.of(Limit.MEETUP_POINTS).most());
  }

  @Override
  public Answer failed(int status) {
    return switch (status) {
      case 401 -> error(401, "auth_fail", "Invalid oauth credentials");
      case 503 -> error(503, "service_unavailable", "The gateway had no answer in time");
      default -> error(status, "error", "The request failed");
    };
  }

  private static Answer error(int status, String code, String message) {
    ObjectNode body = Json.object();
    body.putArray("errors").addObject().put("code", code).put("message", message);
    return Answer.json(status, body);
  }

  /** There are no headers and no status: the body says that the budget is used up until when. */
  private static Answer limited(@Nullable Instant resetsAt, int consumed) {
    ObjectNode body = Json.object();
    ObjectNode error = body.putArray("errors").addObject();
    error.put("message", "Too many requests, please try again shortly.");
    ObjectNode extensions = error.putObject("extensions");
    extensions.put("code", "RATE_LIMITED");
    extensions.put("consumedPoints", consumed);
    if (resetsAt != null) {
      // Rounded up, so that who waits until then does not come too early.
      extensions.put("resetAt", resetsAt.plusNanos(999_999_999).truncatedTo(SECONDS).toString());
    }
    body.putNull("data");
    return Answer.json(200, body);
  }
}
