package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * X API v2. Sources: OpenAPI 2.166 and 2.167 for names, the guides on pagination, rate limits and
 * errors for the rest.
 */
final class XApi implements NetworkApi {
  private static final String SEARCH_ALL = "/2/tweets/search/all";

  private final XCommunity community;
  private final Limits limits;
  private final Gate gate;
  private final XBilling billing;
  private final List<Route> routes;

  XApi(
      XCommunity community,
      Limits limits,
      Gate gate,
      LiveFeed feed,
      XDialect dialect,
      boolean repostsInSearch) {
    this.community = community;
    this.limits = limits;
    this.gate = gate;
    XObjects objects = new XObjects(community, dialect);
    XSearch search = new XSearch(community, objects, repostsInSearch);
    XLookups lookups = new XLookups(community, objects);
    XRuleBook rules = new XRuleBook(community, 1_000);
    billing = new XBilling(community);
    XStreams streams = new XStreams(community, objects, rules, billing, feed);
    routes =
        List.of(
            route(
                "GET",
                "/2/tweets/search/recent",
                Limit.X_SEARCH,
                call -> search.posts(call.request, XSearch.Reach.RECENT)),
            route(
                "GET",
                SEARCH_ALL,
                Limit.X_FULL_SEARCH,
                call -> search.posts(call.request, XSearch.Reach.ALL)),
            route(
                "GET",
                "/2/tweets/counts/recent",
                Limit.X_COUNTS,
                call -> search.counts(call.request, XSearch.Reach.RECENT)),
            route(
                "GET",
                "/2/tweets/counts/all",
                Limit.X_COUNTS,
                call -> search.counts(call.request, XSearch.Reach.ALL)),
            route("GET", "/2/tweets", Limit.X_LOOKUP, call -> lookups.posts(call.request)),
            route("GET", "/2/users/by", Limit.X_USERS, call -> lookups.users(call.request)),
            route(
                "GET",
                "/2/users/by/username/([^/]+)",
                Limit.X_USERS,
                call -> lookups.user(call.request, call.part)),
            route(
                "GET",
                "/2/users/([0-9]{1,19})/tweets",
                Limit.X_TIMELINE,
                call -> lookups.timeline(call.request, call.part)),
            route(
                "GET",
                "/2/tweets/search/stream/rules",
                Limit.X_RULES_READ,
                call -> rules.list(call.request, call.token)),
            route(
                "POST",
                "/2/tweets/search/stream/rules",
                Limit.X_RULES_CHANGE,
                call -> rules.change(call.request, call.token)),
            route(
                "GET",
                "/2/tweets/search/stream/rules/counts",
                Limit.X_RULES_READ,
                call -> rules.counts(call.request, call.token)),
            route(
                "GET",
                XStreams.FILTERED,
                Limit.X_STREAM,
                call -> streams.filtered(call.request, call.token)),
            route(
                "GET",
                XStreams.SAMPLED,
                Limit.X_STREAM,
                call -> streams.sampled(call.request, call.token)),
            route(
                "GET",
                "/2/connections",
                Limit.X_OTHER,
                call -> streams.connections(call.request, call.token)),
            route(
                "DELETE",
                "/2/connections",
                Limit.X_OTHER,
                call -> streams.close(call.request, call.token, false)),
            route(
                "DELETE",
                "/2/connections/all",
                Limit.X_OTHER,
                call -> streams.close(call.request, call.token, true)),
            route(
                "GET",
                "/2/usage/tweets",
                Limit.X_OTHER,
                call -> billing.usage(call.request, call.token)));
  }

  /**
   * One of X's calls.
   *
   * @param key what stands for the path in the names of limits
   */
  private record Route(String method, Pattern path, String key, Limit limit, Endpoint endpoint) {}

  private static Route route(String method, String path, Limit limit, Endpoint endpoint) {
    String key = path.replaceAll("\\([^)]*\\)", ":id");
    return new Route(method, Pattern.compile(path), key, limit, endpoint);
  }

  /** What answers a call. */
  @FunctionalInterface
  private interface Endpoint {
    Answer answer(Call call) throws XRefused;
  }

  /**
   * A request on its way.
   *
   * @param part what a part of the path says, or empty
   */
  private record Call(Request request, String token, String part) {}

  @Override
  public Network network() {
    return Network.X;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith("/2/");
  }

  @Override
  public Answer answer(Request request) {
    String token = request.token();
    if (token == null || !Sandbox.accepts(token)) {
      return failed(401);
    }
    Route route = route(request);
    if (route == null) {
      return routes.stream().anyMatch(r -> r.path.matcher(request.path()).matches())
          ? XRefused.answer(
              405, "Method Not Allowed", request.method() + " is not served here", "about:blank")
          : failed(404);
    }
    String key = key(request);
    Duration blocked = gate.blocked(Network.X, request.path(), key);
    Limits.Rate limit = limits.of(route.limit);
    if (blocked != null) {
      Gate.Ticket ticket = gate.peek(key, limit);
      return tooMany(ticket.limit(), community.now().plus(blocked))
          .with("retry-after", seconds(blocked));
    }
    if (route.limit == Limit.X_FULL_SEARCH) {
      Gate.Ticket second =
          gate.take(
              Network.X,
              request.path(),
              key + " a second",
              limits.of(Limit.X_FULL_SEARCH_SECOND),
              1);
      if (!second.allowed()) {
        return tooMany(second.limit(), second.resetsAt());
      }
    }
    Gate.Ticket ticket = gate.take(Network.X, request.path(), key, limit, 1);
    if (!ticket.allowed()) {
      return tooMany(ticket.limit(), ticket.resetsAt());
    }
    Answer answer;
    try {
      Matcher path = route.path.matcher(request.path());
      String part = path.matches() && path.groupCount() > 0 ? path.group(1) : "";
      answer = route.endpoint.answer(new Call(request, token, part));
      JsonNode body = Json.parse(answer.body());
      if (body != null) {
        billing.count(token, body);
      }
    } catch (XRefused e) {
      answer = e.answer();
    }
    return withRate(answer, ticket.limit(), ticket.remaining(), ticket.resetsAt());
  }

  private @Nullable Route route(Request request) {
    return routes.stream()
        .filter(r -> r.method.equals(request.method()) && r.path.matcher(request.path()).matches())
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable StreamRules streamRules(Request request) {
    String token = request.token();
    String path = request.path();
    return token != null && (path.equals(XStreams.FILTERED) || path.equals(XStreams.SAMPLED))
        ? StreamRules.ofX(XStreams.key(path, token))
        : null;
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    Route route = route(request);
    Answer answer =
        tooMany(
            limits.of(route == null ? Limit.X_OTHER : route.limit).most(),
            community.now().plus(fault.block()));
    Duration retryAfter = fault.retryAfter();
    return retryAfter == null ? answer : answer.with("retry-after", seconds(retryAfter));
  }

  @Override
  public Answer failed(int status) {
    String title =
        switch (status) {
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 404 -> "Not Found";
          case 503 -> "Service Unavailable";
          default -> "Internal Server Error";
        };
    return XRefused.answer(status, title, title, "about:blank");
  }

  @Override
  public String key(Request request) {
    Route route = route(request);
    String path = route == null ? request.path() : route.key;
    return "x:"
        + (request.method().equals("GET") ? "" : request.method() + ' ')
        + path
        + " of "
        + request.token();
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  private static Answer tooMany(int limit, Instant resetsAt) {
    Answer answer =
        XRefused.answer(
            429, "Too Many Requests", "Too Many Requests", XRefused.type("rate-limit-exceeded"));
    return withRate(answer, limit, 0, resetsAt);
  }

  private static Answer withRate(Answer answer, int limit, int remaining, Instant resetsAt) {
    return answer
        .with("x-rate-limit-limit", limit)
        .with("x-rate-limit-remaining", remaining)
        .with("x-rate-limit-reset", resetsAt.getEpochSecond());
  }
}
