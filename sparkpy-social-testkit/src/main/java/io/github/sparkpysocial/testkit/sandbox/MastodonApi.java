package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One instance of Mastodon, {@value Community#INSTANCE}: public and tag timelines, the posts of an
 * account, search. Sources: docs.joinmastodon.org for methods, entities and limits; the server's
 * own Paginable and TagController for what {@code max_id}, {@code since_id} and {@code min_id} mean
 * and for the Link header, which forgets {@code any[]}, {@code all[]}, {@code none[]} and {@code
 * since_id}.
 */
final class MastodonApi implements NetworkApi {
  private static final int MOST = 40;
  private static final int USUAL = 20;

  private final Community community;
  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final Supplier<String> base;
  private final Happened happened;
  private final MastodonJson json;
  private final MastodonStreams streams;

  /**
   * Makes an instance.
   *
   * @param base the address of the sandbox
   * @param happened what has happened so far
   */
  MastodonApi(
      Community community,
      Clock clock,
      Limits limits,
      Gate gate,
      Supplier<String> base,
      Happened happened) {
    this.community = community;
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    this.base = base;
    this.happened = happened;
    this.json = new MastodonJson(community);
    this.streams = new MastodonStreams(community, happened, json);
  }

  @Override
  public Network network() {
    return Network.MASTODON;
  }

  @Override
  public boolean serves(String path) {
    return path.startsWith("/api/v1/") || path.startsWith("/api/v2/");
  }

  @Override
  public String key(Request request) {
    return "mastodon of " + request.token();
  }

  @Override
  public @Nullable StreamRules streamRules(Request request) {
    return streams.serves(request.path()) ? StreamRules.none(key(request)) : null;
  }

  @Override
  public Answer answer(Request request) {
    if (request.token() != null && !Sandbox.accepts(request.token())) {
      return failed(401);
    }
    if (!request.method().equals("GET")) {
      return failed(404);
    }
    if (streams.serves(request.path())) {
      return streams.answer(request);
    }
    Limits.Rate rate = limits.of(Limit.MASTODON);
    String key = key(request);
    Duration blocked = gate.blocked(Network.MASTODON, request.path(), key);
    if (blocked != null) {
      return tooMany(rate.most(), clock.instant().plus(blocked));
    }
    Gate.Ticket ticket = gate.take(Network.MASTODON, request.path(), key, rate, 1);
    if (!ticket.allowed()) {
      return tooMany(ticket.limit(), ticket.resetsAt());
    }
    return withRate(route(request), ticket.limit(), ticket.remaining(), ticket.resetsAt());
  }

  private Answer route(Request request) {
    String path = request.path();
    if (path.equals("/api/v1/timelines/public")) {
      return timeline(request, MastodonApi::isInPublic);
    }
    if (path.startsWith("/api/v1/timelines/tag/")) {
      String tag = path.substring("/api/v1/timelines/tag/".length());
      return timeline(request, tagged(request, tag));
    }
    if (path.equals("/api/v1/accounts/lookup")) {
      Account account = json.accountByName(String.valueOf(request.parameter("acct")));
      return account == null ? failed(404) : Answer.json(200, json.account(account));
    }
    if (path.startsWith("/api/v1/accounts/") && path.endsWith("/statuses")) {
      return statuses(request, path.substring(17, path.length() - "/statuses".length()));
    }
    return switch (path) {
      case "/api/v2/search" -> search(request);
      case "/api/v2/instance" -> Answer.json(200, instance());
      case "/api/v1/instance" -> Answer.json(200, oldInstance());
      default -> failed(404);
    };
  }

  /** Public timelines have neither boosts nor what answers somebody else. */
  static boolean isInPublic(Post post) {
    boolean answersAnother =
        post.kind() == Post.Kind.REPLY
            && !String.valueOf(post.inReplyToAuthorId()).equals(post.author().id());
    return post.kind() != Post.Kind.REPOST && !answersAnother;
  }

  // Timelines

  private static Predicate<Post> tagged(Request request, String tag) {
    List<String> any = new ArrayList<>(List.of(tag));
    any.addAll(request.parameters("any[]"));
    List<String> all = request.parameters("all[]");
    List<String> none = request.parameters("none[]");
    return post ->
        post.kind() != Post.Kind.REPOST
            && any.stream().anyMatch(name -> hasTag(post, name))
            && all.stream().allMatch(name -> hasTag(post, name))
            && none.stream().noneMatch(name -> hasTag(post, name));
  }

  static boolean hasTag(Post post, String tag) {
    return post.entities().hashtags().stream().anyMatch(t -> t.text().equalsIgnoreCase(tag));
  }

  private Answer statuses(Request request, String accountId) {
    Account account = json.accountByLocalId(accountId);
    if (account == null) {
      return failed(404);
    }
    boolean replies = !isTrue(request, "exclude_replies");
    boolean reposts = !isTrue(request, "exclude_reblogs");
    return timeline(
        request,
        post ->
            account.id().equals(post.author().id())
                && (replies || post.kind() != Post.Kind.REPLY)
                && (reposts || post.kind() != Post.Kind.REPOST));
  }

  private static boolean isTrue(Request request, String name) {
    String value = request.parameter(name);
    return value != null && !List.of("", "0", "f", "false", "off").contains(value);
  }

  private Answer timeline(Request request, Predicate<Post> matches) {
    Page page;
    try {
      page = page(request, matches);
    } catch (NumberFormatException e) {
      return failed(400);
    }
    ArrayNode body = Json.array();
    page.posts.forEach((index, post) -> body.add(json.status(post, index)));
    Answer answer = Answer.json(200, body);
    if (!page.posts.isEmpty()) {
      List<Map.Entry<Integer, Post>> posts = List.copyOf(page.posts.entrySet());
      answer.with(
          "link",
          link(request, "max_id", posts.get(posts.size() - 1), "next")
              + ", "
              + link(request, "min_id", posts.get(0), "prev"));
    }
    return answer;
  }

  /** The posts of a page by their place in the order of time, the newest first. */
  private record Page(Map<Integer, Post> posts) {}

  private Page page(Request request, Predicate<Post> matches) {
    boolean local = isTrue(request, "local");
    boolean remote = isTrue(request, "remote");
    int size = size(request);
    long below = id(request, "max_id", Long.MAX_VALUE);
    long above = id(request, "since_id", Long.MIN_VALUE);
    long from = id(request, "min_id", Long.MIN_VALUE);
    boolean forward = from != Long.MIN_VALUE;
    if (isTrue(request, "only_media")) {
      return new Page(Map.of()); // the community shows no pictures
    }
    Map<Integer, Post> found = new TreeMap<>(Collections.reverseOrder());
    int there = happened.posts();
    int first = forward ? writtenBefore(from, 0) : Math.min(there, writtenBefore(below, 1)) - 1;
    for (int index = first;
        index >= 0 && index < there && found.size() < size;
        index += forward ? 1 : -1) {
      Post post = community.postAt(Network.MASTODON, index);
      long id = MastodonJson.localId(post, index);
      if (id <= above && !forward) {
        break;
      }
      if (id < below
          && id > from
          && (!local || MastodonJson.isLocal(post))
          && (!remote || !MastodonJson.isLocal(post))
          && matches.test(post)
          && !community.isDeleted(post.id())) {
        found.put(index, post);
      }
    }
    return new Page(found);
  }

  /** Returns how many posts were written before the time in an id and so many milliseconds. */
  private int writtenBefore(long id, int millis) {
    return id == Long.MAX_VALUE
        ? Integer.MAX_VALUE
        : community.writtenBefore(Network.MASTODON, Instant.ofEpochMilli((id >>> 16) + millis));
  }

  private static int size(Request request) {
    String limit = request.parameter("limit");
    return limit == null ? USUAL : Math.max(1, Math.min(MOST, Integer.parseInt(limit)));
  }

  private static long id(Request request, String name, long otherwise) {
    String id = request.parameter(name);
    return id == null || id.isEmpty() ? otherwise : Long.parseLong(id);
  }

  /** The server keeps these parameters in its links, and no others. */
  private String link(Request request, String name, Map.Entry<Integer, Post> post, String rel) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String parameter : List.of("local", "limit", "only_media", "exclude_replies")) {
      String value = request.parameter(parameter);
      if (value != null) {
        kept.put(parameter, value);
      }
    }
    kept.put(name, Long.toString(MastodonJson.localId(post.getValue(), post.getKey())));
    StringBuilder link = new StringBuilder("<").append(base.get()).append(path(request));
    char sign = '?';
    for (Map.Entry<String, String> parameter : kept.entrySet()) {
      link.append(sign).append(parameter.getKey()).append('=').append(parameter.getValue());
      sign = '&';
    }
    return link.append(">; rel=\"").append(rel).append('"').toString();
  }

  private static String path(Request request) {
    return URLEncoder.encode(request.path(), StandardCharsets.UTF_8)
        .replace("%2F", "/")
        .replace("+", "%20");
  }

  // Search

  private Answer search(Request request) {
    boolean loggedIn = request.token() != null;
    if (!loggedIn && request.parameter("offset") != null) {
      return error(401, "Search queries pagination is not supported without authentication");
    }
    if (!loggedIn && isTrue(request, "resolve")) {
      return error(
          401,
          "Search queries that resolve remote resources are not supported without"
              + " authentication");
    }
    String query = String.valueOf(request.parameter("q")).toLowerCase(Locale.ROOT);
    String type = request.parameter("type");
    int offset = (int) id(request, "offset", 0);
    int size = size(request);
    ObjectNode body = Json.object();
    ArrayNode accounts = body.putArray("accounts");
    ArrayNode statuses = body.putArray("statuses");
    ArrayNode hashtags = body.putArray("hashtags");
    if (type == null || type.equals("accounts")) {
      community.accounts(Network.MASTODON).stream()
          .filter(
              account ->
                  (account.id() + ' ' + account.name()).toLowerCase(Locale.ROOT).contains(query))
          .skip(offset)
          .limit(size)
          .forEach(account -> accounts.add(json.account(account)));
    }
    if (loggedIn && (type == null || type.equals("statuses"))) {
      int skipped = 0;
      for (int i = happened.posts() - 1; i >= 0 && statuses.size() < size; i--) {
        Post post = community.postAt(Network.MASTODON, i);
        if (post.kind() != Post.Kind.REPOST
            && !community.isDeleted(post.id())
            && post.text().toLowerCase(Locale.ROOT).contains(query)
            && skipped++ >= offset) {
          statuses.add(json.status(post, i));
        }
      }
    }
    if (type == null || type.equals("hashtags")) {
      hashtags(query).stream()
          .skip(offset)
          .limit(size)
          .forEach(
              tag -> {
                ObjectNode node = hashtags.addObject();
                node.put("name", tag).put("url", MastodonJson.tagUrl(tag));
                node.putArray("history");
              });
    }
    return Answer.json(200, body);
  }

  private List<String> hashtags(String query) {
    return community
        .posts(Network.MASTODON)
        .flatMap(post -> post.entities().hashtags().stream())
        .map(tag -> tag.text().toLowerCase(Locale.ROOT))
        .filter(tag -> tag.startsWith(query))
        .distinct()
        .sorted()
        .toList();
  }

  // The instance

  private ObjectNode instance() {
    ObjectNode node = Json.object();
    node.put("domain", Community.INSTANCE);
    node.put("title", "Sparkling");
    node.put("version", "4.5.0");
    node.put("source_url", "https://github.com/mastodon/mastodon");
    node.put("description", "An invented instance");
    node.putObject("usage").putObject("users").put("active_month", 259);
    node.putArray("languages").add("en");
    node.putObject("configuration").putObject("urls").put("streaming", streaming());
    node.putObject("api_versions").put("mastodon", 7);
    return node;
  }

  private ObjectNode oldInstance() {
    ObjectNode node = Json.object();
    node.put("uri", Community.INSTANCE);
    node.put("title", "Sparkling");
    node.put("version", "4.5.0");
    node.putObject("urls").put("streaming_api", streaming());
    return node;
  }

  private String streaming() {
    return base.get().replaceFirst("^http", "ws");
  }

  // Errors

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    return tooMany(
        limits.of(Limit.MASTODON).most(),
        fault.retryAfter() == null ? null : clock.instant().plus(fault.block()));
  }

  private static Answer tooMany(int limit, @Nullable Instant resetsAt) {
    Answer answer = error(429, "Too many requests");
    return resetsAt == null ? answer : withRate(answer, limit, 0, resetsAt);
  }

  /** The time of the reset has microseconds, and is never before the window ends. */
  private static Answer withRate(Answer answer, int limit, int remaining, Instant resetsAt) {
    return answer
        .with("x-ratelimit-limit", limit)
        .with("x-ratelimit-remaining", remaining)
        .with("x-ratelimit-reset", resetsAt.plusNanos(999_000).toString());
  }

  @Override
  public Answer failed(int status) {
    return error(
        status,
        switch (status) {
          case 400 -> "The request is not valid";
          case 401 -> "The access token is invalid";
          case 403 -> "This action is not allowed";
          case 404 -> "Record not found";
          case 422 -> "This method requires an authenticated user";
          case 503 -> "Service unavailable";
          default -> "Internal server error";
        });
  }

  private static Answer error(int status, String message) {
    return Answer.json(status, Json.object().put("error", message));
  }
}
