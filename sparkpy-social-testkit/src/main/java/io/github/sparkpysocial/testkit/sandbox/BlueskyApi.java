package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bluesky by XRPC: search, feeds, profiles, logins. Sources: the lexicons for methods and errors,
 * docs.bsky.app for limits. Who is not logged in gets the first page of a search and no more.
 */
final class BlueskyApi implements NetworkApi {
  private static final String METHODS = "/xrpc/";
  private static final int USUAL = 25;
  private static final int MOST = 100;
  private static final int MOST_PROFILES = 25;

  private final Community community;
  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final Happened happened;
  private final BlueskyJson json;
  private final BlueskySessions sessions;
  private final JetstreamFeed jetstream;

  BlueskyApi(Community community, Clock clock, Limits limits, Gate gate, Happened happened) {
    this.community = community;
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    this.happened = happened;
    this.json = new BlueskyJson(community);
    this.sessions = new BlueskySessions(clock, json);
    this.jetstream = new JetstreamFeed(community, happened, json);
  }

  @Override
  public Network network() {
    return Network.BLUESKY;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith(METHODS) || JetstreamFeed.serves(path);
  }

  private static boolean isLogin(Request request) {
    return request.path().endsWith(".createSession");
  }

  @Override
  public String key(Request request) {
    return isLogin(request) ? "bluesky logins" : "bluesky";
  }

  private Limits.Rate rate(Request request) {
    return limits.of(isLogin(request) ? Limit.BLUESKY_SESSIONS : Limit.BLUESKY);
  }

  @Override
  public @Nullable StreamRules streamRules(Request request) {
    return JetstreamFeed.serves(request.path()) ? StreamRules.none("jetstream") : null;
  }

  @Override
  public Answer answer(Request request) {
    if (JetstreamFeed.serves(request.path())) {
      try {
        return jetstream.answer(request);
      } catch (NumberFormatException e) {
        return BlueskySessions.error(400, "InvalidRequest", "cursor is no number");
      }
    }
    String key = key(request);
    Limits.Rate rate = rate(request);
    Duration blocked = gate.blocked(Network.BLUESKY, request.path(), key);
    if (blocked != null) {
      return tooMany(rate, clock.instant().plus(blocked));
    }
    Gate.Ticket ticket = gate.take(Network.BLUESKY, request.path(), key, rate, 1);
    if (!ticket.allowed()) {
      return tooMany(rate, ticket.resetsAt());
    }
    Answer answer;
    try {
      answer = route(request);
    } catch (IllegalArgumentException | DateTimeException e) {
      answer = BlueskySessions.error(400, "InvalidRequest", String.valueOf(e.getMessage()));
    }
    return withRate(answer, rate, ticket.remaining(), ticket.resetsAt());
  }

  private Answer route(Request request) {
    String method = request.path().substring(METHODS.length());
    if (request.method().equals("POST")) {
      return switch (method) {
        case "com.atproto.server.createSession" -> sessions.create(request.body());
        case "com.atproto.server.refreshSession" -> sessions.refresh(request.token());
        default -> failed(404);
      };
    }
    switch (sessions.standing(request.token())) {
      case EXPIRED -> {
        return BlueskySessions.error(400, "ExpiredToken", "Token has expired");
      }
      case INVALID -> {
        return BlueskySessions.error(401, "InvalidToken", "Bad token");
      }
      default -> {}
    }
    return switch (method) {
      case "app.bsky.feed.searchPosts" -> search(request);
      case "app.bsky.feed.getAuthorFeed" -> authorFeed(request);
      case "app.bsky.actor.getProfile" -> profile(request);
      case "app.bsky.actor.getProfiles" -> profiles(request);
      case "com.atproto.identity.resolveHandle" -> resolve(request);
      default -> failed(404);
    };
  }

  // Search

  private Answer search(Request request) {
    String query = request.parameter("q");
    if (query == null || query.isBlank()) {
      return BlueskySessions.error(
          400, "InvalidRequest", "Error: Params must have the property \"q\"");
    }
    boolean loggedIn = request.token() != null;
    String cursor = request.parameter("cursor");
    if (cursor != null && !loggedIn) {
      return BlueskySessions.error(403, "Forbidden", "Log in to see more than the first page");
    }
    Predicate<Post> matches = matches(request, query);
    Instant since = time(request, "since");
    Instant until = time(request, "until");
    boolean top = "top".equals(request.parameter("sort"));
    int size = size(request);
    int offset = cursor == null ? 0 : Integer.parseInt(cursor);
    ObjectNode body = Json.object();
    ArrayNode posts = body.putArray("posts");
    int skipped = 0;
    boolean more = false;
    for (int index = happened.posts() - 1; index >= 0; index--) {
      Post post = community.postAt(Network.BLUESKY, index);
      Instant at = BlueskyJson.written(post);
      if (since != null && at.isBefore(since)) {
        break;
      }
      if ((until != null && !at.isBefore(until))
          || post.kind() == Post.Kind.REPOST
          || (top && Long.valueOf(0).equals(post.engagement().likes()))
          || community.isDeleted(post.id())
          || !matches.test(post)
          || skipped++ < offset) {
        continue;
      }
      if (posts.size() == size) {
        more = true;
        break;
      }
      posts.add(json.view(post, index));
    }
    if (more) {
      body.put("cursor", Integer.toString(offset + size));
    }
    return Answer.json(200, body);
  }

  private Predicate<Post> matches(Request request, String query) {
    Predicate<Post> matches = post -> true;
    for (String term : query.trim().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      String word = term.replace("\"", "");
      matches =
          matches.and(
              word.startsWith("#")
                  ? post -> hasTag(post, word.substring(1))
                  : post -> post.text().toLowerCase(Locale.ROOT).contains(word));
    }
    for (String tag : request.parameters("tag")) {
      matches = matches.and(post -> hasTag(post, tag));
    }
    String lang = request.parameter("lang");
    if (lang != null) {
      matches = matches.and(post -> lang.equals(post.language()));
    }
    String author = request.parameter("author");
    if (author != null) {
      String did = required(author).id();
      matches = matches.and(post -> did.equals(post.author().id()));
    }
    String mentions = request.parameter("mentions");
    if (mentions != null) {
      String did = required(mentions).id();
      matches =
          matches.and(
              post -> post.entities().mentions().stream().anyMatch(m -> did.equals(m.id())));
    }
    return matches;
  }

  private Account required(String actor) {
    Account account = json.account(actor);
    if (account == null) {
      throw new IllegalArgumentException("Could not resolve " + actor);
    }
    return account;
  }

  private static boolean hasTag(Post post, String tag) {
    return post.entities().hashtags().stream().anyMatch(t -> t.text().equalsIgnoreCase(tag));
  }

  private static @Nullable Instant time(Request request, String name) {
    String value = request.parameter(name);
    if (value == null) {
      return null;
    }
    return value.length() == 10
        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
        : OffsetDateTime.parse(value).toInstant();
  }

  private static int size(Request request) {
    String limit = request.parameter("limit");
    int size = limit == null ? USUAL : Integer.parseInt(limit);
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("limit must be from 1 to 100");
    }
    return size;
  }

  // Feeds and profiles

  private Answer authorFeed(Request request) {
    Account account = json.account(request.parameter("actor"));
    if (account == null) {
      return BlueskySessions.error(400, "InvalidRequest", "Profile not found");
    }
    String filter = request.parameter("filter");
    boolean replies = filter == null || filter.equals("posts_with_replies");
    int size = size(request);
    String cursor = request.parameter("cursor");
    Instant before = cursor == null ? null : Instant.parse(cursor);
    ObjectNode body = Json.object();
    ArrayNode feed = body.putArray("feed");
    Instant last = null;
    for (int index = happened.posts() - 1; index >= 0 && feed.size() < size; index--) {
      Post post = community.postAt(Network.BLUESKY, index);
      Instant at = BlueskyJson.written(post);
      if (account.id().equals(post.author().id())
          && (before == null || at.isBefore(before))
          && (replies || post.kind() != Post.Kind.REPLY)
          && !"posts_with_media".equals(filter)
          && !community.isDeleted(post.id())) {
        feed.add(json.feedItem(post, index));
        last = at;
      }
    }
    if (feed.size() == size && last != null) {
      body.put("cursor", last.toString());
    }
    return Answer.json(200, body);
  }

  private Answer profile(Request request) {
    Account account = json.account(request.parameter("actor"));
    return account == null
        ? BlueskySessions.error(400, "InvalidRequest", "Profile not found")
        : Answer.json(200, json.profile(account));
  }

  private Answer profiles(Request request) {
    List<String> actors = request.parameters("actors");
    if (actors.isEmpty() || actors.size() > MOST_PROFILES) {
      throw new IllegalArgumentException("actors must be from 1 to 25");
    }
    ObjectNode body = Json.object();
    ArrayNode profiles = body.putArray("profiles");
    for (String actor : actors) {
      Account account = json.account(actor);
      if (account != null) {
        profiles.add(json.profile(account));
      }
    }
    return Answer.json(200, body);
  }

  private Answer resolve(Request request) {
    Account account = json.account(request.parameter("handle"));
    return account == null
        ? BlueskySessions.error(400, "InvalidRequest", "Unable to resolve handle")
        : Answer.json(200, Json.object().put("did", account.id()));
  }

  // Errors

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    Answer answer = BlueskySessions.error(429, "RateLimitExceeded", "Rate Limit Exceeded");
    return fault.retryAfter() == null
        ? answer
        : withRate(answer, rate(request), 0, clock.instant().plus(fault.block()));
  }

  private static Answer tooMany(Limits.Rate rate, Instant resetsAt) {
    return withRate(
        BlueskySessions.error(429, "RateLimitExceeded", "Rate Limit Exceeded"), rate, 0, resetsAt);
  }

  private static Answer withRate(Answer answer, Limits.Rate rate, int remaining, Instant resetsAt) {
    return answer
        .with("ratelimit-limit", rate.most())
        .with("ratelimit-remaining", remaining)
        .with("ratelimit-reset", resetsAt.plusNanos(999_999_999).getEpochSecond())
        .with("ratelimit-policy", rate.most() + ";w=" + rate.window().toSeconds());
  }

  @Override
  public Answer expired(Request request) {
    sessions.expireAll();
    return BlueskySessions.error(400, "ExpiredToken", "Token has expired");
  }

  @Override
  public Answer failed(int status) {
    return switch (status) {
      case 401 -> BlueskySessions.error(401, "AuthMissing", "Authentication Required");
      case 403 -> BlueskySessions.error(403, "Forbidden", "Forbidden");
      case 404 -> BlueskySessions.error(404, "MethodNotImplemented", "Method Not Implemented");
      case 502 -> BlueskySessions.error(502, "UpstreamFailure", "Upstream service unreachable");
      default -> BlueskySessions.error(status, "InternalServerError", "Internal Server Error");
    };
  }
}
