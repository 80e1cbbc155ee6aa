package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST and GraphQL API as far as a harvest reads them: this keeps the limits, {@link
 * GitHubRoutes} and {@link GitHubGraph} know the answers. Sources: "Rate limits for the REST API",
 * "Best practices for using the REST API" and recorded answers for the names.
 */
final class GitHubApi implements NetworkApi {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final GitHubRoutes routes;
  private final GitHubGraph graph;
  private final AtomicInteger busy = new AtomicInteger();

  GitHubApi(
      Community community,
      Clock clock,
      Limits limits,
      Gate gate,
      GitHubOptions options,
      Supplier<String> base) {
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    GitHubData data = new GitHubData(community, options);
    this.routes = new GitHubRoutes(data, options, new GitHubPages(base), clock);
    this.graph = new GitHubGraph(data);
  }

  /** What GitHub counts apart, as it names it in {@code x-ratelimit-resource}. */
  private enum Resource {
    CORE(Limit.GITHUB_ANONYMOUS, Limit.GITHUB_AUTHENTICATED),
    SEARCH(Limit.GITHUB_SEARCH_ANONYMOUS, Limit.GITHUB_SEARCH),
    GRAPHQL(Limit.GITHUB_GRAPHQL, Limit.GITHUB_GRAPHQL);

    private final Limit anonymous;
    private final Limit authenticated;

    Resource(Limit anonymous, Limit authenticated) {
      this.anonymous = anonymous;
      this.authenticated = authenticated;
    }

    static Resource of(Request request) {
      return request.path().startsWith("/search/")
          ? SEARCH
          : request.path().equals("/graphql") ? GRAPHQL : CORE;
    }

    String wireName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    String key(Request request) {
      String token = request.token();
      return "github " + wireName() + " of " + (token == null ? "127.0.0.1" : token);
    }

    Limits.Rate rate(Limits limits, Request request) {
      return limits.of(request.token() == null ? anonymous : authenticated);
    }
  }

  @Override
  public Network network() {
    return Network.GITHUB;
  }

  /** Whatever no other network serves is asked of GitHub, whose paths begin in many ways. */
  @Override
  public boolean serves(String path) {
    return true;
  }

  @Override
  public String key(Request request) {
    return Resource.of(request).key(request);
  }

  @Override
  public Answer failed(int status) {
    return GitHubAnswers.failed(status);
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    Resource resource = Resource.of(request);
    return resource == Resource.GRAPHQL && fault.retryAfter() == null
        ? withRate(GitHubAnswers.graphQlLimited(), resource, peek(resource, request))
        : secondary(fault.status(), fault.retryAfter(), request);
  }

  @Override
  public Answer answer(Request request) {
    String token = request.token();
    if (token != null && !Sandbox.accepts(token)) {
      return failed(401);
    }
    if (request.path().equals("/rate_limit")) {
      return rateLimit(request);
    }
    Resource resource = Resource.of(request);
    if (resource == Resource.GRAPHQL && token == null) {
      return GitHubAnswers.message(401, "This endpoint requires you to be authenticated.", "");
    }
    String key = key(request);
    Duration blocked = gate.blocked(Network.GITHUB, request.path(), key);
    if (blocked != null) {
      return secondary(403, blocked, request);
    }
    if (busy.incrementAndGet() > Limits.GITHUB_CONCURRENT) {
      busy.decrementAndGet();
      gate.note(
          Network.GITHUB,
          request.path(),
          "more than " + Limits.GITHUB_CONCURRENT + " requests at once");
      gate.block(key, MINUTE);
      return secondary(403, MINUTE, request);
    }
    try {
      return counted(request, resource);
    } finally {
      busy.decrementAndGet();
    }
  }

  private Answer counted(Request request, Resource resource) {
    String key = key(request);
    boolean reads = request.method().equals("GET") || resource == Resource.GRAPHQL;
    Gate.Ticket points =
        gate.take(
            Network.GITHUB,
            request.path(),
            key + " points",
            limits.of(
                resource == Resource.GRAPHQL ? Limit.GITHUB_GRAPHQL_POINTS : Limit.GITHUB_POINTS),
            reads ? 1 : 5);
    if (!points.allowed()) {
      Duration left = Duration.between(clock.instant(), points.resetsAt()).plusSeconds(1);
      gate.block(key, left);
      return secondary(403, left, request);
    }
    Limits.Rate rate = resource.rate(limits, request);
    Gate.Ticket ticket = gate.take(Network.GITHUB, request.path(), key, rate, 1);
    if (!ticket.allowed()) {
      Answer refused =
          resource == Resource.GRAPHQL
              ? GitHubAnswers.graphQlLimited()
              : GitHubAnswers.primary(request.token() != null);
      return withRate(refused, resource, ticket);
    }
    if (resource == Resource.GRAPHQL) {
      return withRate(graphQl(request, ticket), resource, ticket);
    }
    Answer answer = request.method().equals("GET") ? polled(request) : failed(404);
    if (answer.status() == 200) {
      String etag = etag(request, answer);
      answer.with("etag", etag);
      answer.with("vary", "Accept, Authorization");
      if (etag.equals(request.header("if-none-match"))) {
        Answer unchanged = Answer.empty(304).with("etag", etag);
        String interval = answer.headers().get("x-poll-interval");
        if (interval != null) {
          unchanged.with("x-poll-interval", interval);
        }
        if (request.token() != null) {
          gate.giveBack(key, 1); // a 304 does not count when the request is authorised
          ticket = gate.peek(key, rate);
        }
        return withRate(unchanged, resource, ticket);
      }
    }
    return withRate(answer, resource, ticket);
  }

  /** Answers, and notes a client that asks a feed of events more often than it was told to. */
  private Answer polled(Request request) {
    Answer answer = routes.route(request);
    if (GitHubRoutes.isPolled(request) && answer.status() == 200) {
      String feed = "poll of " + request.token() + ' ' + request.path() + request.query();
      gate.blocked(Network.GITHUB, request.path(), feed);
      gate.block(feed, GitHubEvents.POLL_INTERVAL);
    }
    return answer;
  }

  private Answer graphQl(Request request, Gate.Ticket ticket) {
    if (!request.method().equals("POST")) {
      return failed(404);
    }
    try {
      return Answer.json(200, GitHubGraph.run(graph.prepare(Json.parse(request.body()), ticket)));
    } catch (GraphQl.Invalid e) {
      return Answer.json(200, e.toJson());
    }
  }

  private Answer secondary(int status, @Nullable Duration retryAfter, Request request) {
    Resource resource = Resource.of(request);
    return withRate(GitHubAnswers.secondary(status, retryAfter), resource, peek(resource, request));
  }

  private Gate.Ticket peek(Resource resource, Request request) {
    return gate.peek(resource.key(request), resource.rate(limits, request));
  }

  private static Answer withRate(Answer answer, Resource resource, Gate.Ticket ticket) {
    return answer
        .with("x-ratelimit-limit", ticket.limit())
        .with("x-ratelimit-remaining", ticket.remaining())
        .with("x-ratelimit-used", ticket.used())
        .with("x-ratelimit-reset", ticket.resetsAt().getEpochSecond())
        .with("x-ratelimit-resource", resource.wireName());
  }

  private Answer rateLimit(Request request) {
    ObjectNode body = Json.object();
    ObjectNode resources = body.putObject("resources");
    for (Resource resource : Resource.values()) {
      Gate.Ticket ticket = peek(resource, request);
      ObjectNode one = resources.putObject(resource.wireName());
      boolean none = resource == Resource.GRAPHQL && request.token() == null;
      one.put("limit", none ? 0 : ticket.limit());
      one.put("used", none ? 0 : ticket.used());
      one.put("remaining", none ? 0 : ticket.remaining());
      one.put("reset", ticket.resetsAt().getEpochSecond());
    }
    ObjectNode manifest = resources.putObject("integration_manifest"); // clients expect it
    manifest.put("limit", 5_000);
    manifest.put("used", 0);
    manifest.put("remaining", 5_000);
    manifest.put("reset", clock.instant().plus(Duration.ofHours(1)).getEpochSecond());
    body.set("rate", resources.get("core").deepCopy());
    return withRate(Answer.json(200, body), Resource.CORE, peek(Resource.CORE, request));
  }

  /** The tag depends on the token and the media type, as GitHub's does. */
  private static String etag(Request request, Answer answer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.valueOf(request.header("accept")).getBytes(StandardCharsets.UTF_8));
      digest.update(String.valueOf(request.token()).getBytes(StandardCharsets.UTF_8));
      byte[] hash = digest.digest(answer.body());
      return "W/\"" + HexFormat.of().formatHex(hash) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
