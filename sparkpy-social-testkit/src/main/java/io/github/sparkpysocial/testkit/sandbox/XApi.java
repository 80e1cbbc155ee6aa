package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * X API v2: recent search and look-up by id. Sources: OpenAPI 2.166 and 2.167 for names, the guides
 * on pagination, rate limits and errors for the rest.
 */
final class XApi implements NetworkApi {
  private static final String SEARCH = "/2/tweets/search/recent";
  private static final String LOOKUP = "/2/tweets";
  private static final String PROBLEMS = "https://api.x.com/2/problems/";
  private static final int MAX_QUERY = 512;
  private static final int SHOWN_CODE_POINTS = 280;
  private static final int SHOWN_OF_REPOST = 140;
  private static final Duration MAX_AGE = Duration.ofDays(7);

  /** A search without an end time leaves out the last 30 seconds. */
  private static final Duration LAG = Duration.ofSeconds(30);

  private static final Set<String> POST_FIELDS =
      Set.of(
          "article",
          "attachments",
          "author_id",
          "card_uri",
          "community_id",
          "context_annotations",
          "conversation_id",
          "created_at",
          "display_text_range",
          "edit_controls",
          "edit_history_tweet_ids",
          "entities",
          "geo",
          "id",
          "in_reply_to_user_id",
          "lang",
          "media_metadata",
          "note_tweet",
          "possibly_sensitive",
          "public_metrics",
          "referenced_tweets",
          "reply_settings",
          "scopes",
          "source",
          "suggested_source_links",
          "text",
          "withheld");
  private static final Set<String> USER_FIELDS =
      Set.of(
          "affiliation",
          "connection_status",
          "created_at",
          "description",
          "entities",
          "id",
          "is_identity_verified",
          "location",
          "most_recent_tweet_id",
          "name",
          "parody",
          "pinned_tweet_id",
          "profile_banner_url",
          "profile_image_url",
          "protected",
          "public_metrics",
          "subscription_type",
          "url",
          "username",
          "verified",
          "verified_type",
          "withheld");
  private static final Set<String> PLACE_FIELDS =
      Set.of(
          "contained_within",
          "country",
          "country_code",
          "full_name",
          "geo",
          "id",
          "name",
          "place_type");
  private static final Set<String> EXPANSIONS =
      Set.of(
          "article.cover_media",
          "article.media_entities",
          "attachments.media_keys",
          "attachments.media_source_tweet",
          "attachments.poll_ids",
          "author_id",
          "edit_history_tweet_ids",
          "entities.mentions.username",
          "geo.place_id",
          "in_reply_to_user_id",
          "referenced_tweets.id",
          "referenced_tweets.id.author_id");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Community community;
  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final XDialect dialect;
  private final boolean repostsInSearch;
  private final Map<String, Account> users = new HashMap<>();
  private final Map<String, Account> usersByHandle = new HashMap<>();

  XApi(
      Community community,
      Clock clock,
      Limits limits,
      Gate gate,
      XDialect dialect,
      boolean repostsInSearch) {
    this.community = community;
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    this.dialect = dialect;
    this.repostsInSearch = repostsInSearch;
    for (Account account : community.accounts(Network.X)) {
      users.put(account.id(), account);
      usersByHandle.put(String.valueOf(account.handle()), account);
    }
  }

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
    if (!Sandbox.accepts(request.token())) {
      return failed(401);
    }
    boolean search = request.path().equals(SEARCH);
    if (!search && !request.path().equals(LOOKUP)) {
      return failed(404);
    }
    if (!request.method().equals("GET")) {
      return problem(405, "Method Not Allowed", "Only GET is served here", "about:blank");
    }
    String key = key(request);
    Duration blocked = gate.blocked(Network.X, request.path(), key);
    Limits.Rate limit = limits.of(search ? Limit.X_SEARCH : Limit.X_LOOKUP);
    if (blocked != null) {
      Gate.Ticket ticket = gate.peek(key, limit);
      return tooMany(ticket.limit(), clock.instant().plus(blocked))
          .with("retry-after", seconds(blocked));
    }
    Gate.Ticket ticket = gate.take(Network.X, request.path(), key, limit, 1);
    if (!ticket.allowed()) {
      return tooMany(ticket.limit(), ticket.resetsAt());
    }
    Answer answer;
    try {
      answer = search ? search(request) : lookup(request);
    } catch (Invalid e) {
      answer = e.answer();
    }
    return withRate(answer, ticket.limit(), ticket.remaining(), ticket.resetsAt());
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    gate.block(key(request), fault.block());
    Answer answer =
        tooMany(
            limits.of(request.path().equals(SEARCH) ? Limit.X_SEARCH : Limit.X_LOOKUP).most(),
            clock.instant().plus(fault.block()));
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
    return problem(status, title, title, "about:blank");
  }

  @Override
  public String key(Request request) {
    return "x:" + request.path() + " of " + request.token();
  }

  private static long seconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  private static Answer tooMany(int limit, Instant resetsAt) {
    Answer answer =
        problem(429, "Too Many Requests", "Too Many Requests", PROBLEMS + "rate-limit-exceeded");
    return withRate(answer, limit, 0, resetsAt);
  }

  private static Answer withRate(Answer answer, int limit, int remaining, Instant resetsAt) {
    return answer
        .with("x-rate-limit-limit", limit)
        .with("x-rate-limit-remaining", remaining)
        .with("x-rate-limit-reset", resetsAt.getEpochSecond());
  }

  private static Answer problem(int status, String title, String detail, String type) {
    ObjectNode body = Json.object();
    body.put("title", title).put("detail", detail).put("type", type).put("status", status);
    return Answer.json(status, body);
  }

  /** A parameter that X refuses. */
  private static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;
    private final String parameter;
    private final String value;

    Invalid(String parameter, @Nullable String value, String message) {
      super(message);
      this.parameter = parameter;
      this.value = value == null ? "" : value;
    }

    Answer answer() {
      ObjectNode body = Json.object();
      ObjectNode error = body.putArray("errors").addObject();
      error.putObject("parameters").putArray(parameter).add(value);
      error.put("message", getMessage());
      body.put("title", "Invalid Request");
      body.put("detail", "One or more parameters to your request was invalid.");
      body.put("type", PROBLEMS + "invalid-request");
      return Answer.json(400, body);
    }
  }

  // Search

  private Answer search(Request request) throws Invalid {
    checkParameters(
        request,
        Set.of(
            "query",
            "max_results",
            "next_token",
            "pagination_token",
            "start_time",
            "end_time",
            "since_id",
            "until_id",
            "sort_order"));
    String query = request.parameter("query");
    if (query == null || query.isBlank()) {
      throw new Invalid("query", query, "The `query` query parameter can not be empty");
    }
    if (query.codePointCount(0, query.length()) > MAX_QUERY) {
      throw new Invalid("query", query, "The `query` is longer than " + MAX_QUERY + " characters");
    }
    Predicate<Post> matches;
    try {
      matches = XQuery.parse(query);
    } catch (XQuery.Refused e) {
      throw new Invalid(
          "query", query, "There were errors processing your request: " + e.getMessage());
    }
    int size = size(request);
    Instant now = clock.instant();
    Instant from = time(request, "start_time");
    if (from != null && from.isBefore(now.minus(MAX_AGE))) {
      throw new Invalid(
          "start_time",
          request.parameter("start_time"),
          "Invalid 'start_time'. 'start_time' must be on or after "
              + TIME.format(now.minus(MAX_AGE)));
    }
    Instant until = time(request, "end_time");
    if (until != null && until.isAfter(now.minusSeconds(10))) {
      throw new Invalid(
          "end_time",
          request.parameter("end_time"),
          "Invalid 'end_time'. 'end_time' must be a minimum of 10 seconds prior to the request");
    }
    Instant start = from == null ? now.minus(MAX_AGE) : from;
    Instant end = until == null ? now.minus(LAG) : until;
    long sinceId = id(request, "since_id", Long.MIN_VALUE);
    long untilId = id(request, "until_id", Long.MAX_VALUE);
    Token token = Token.read(request, query);
    Selection selection = selection(request);
    List<Post> found = new ArrayList<>();
    int wanted = size;
    boolean scarce = token.page % 5 == 3;
    if (scarce) {
      // As on the network, a page is short or empty now and then although more follow.
      wanted = token.page % 10 == 3 ? size / 2 : 0;
    }
    int next = -1;
    for (int index = Math.min(token.before, community.writtenPosts()) - 1; index >= 0; index--) {
      Post post = community.postAt(index);
      Instant at = createdAt(post);
      long id = Long.parseLong(post.id());
      if (at.isBefore(start) || id <= sinceId) {
        break; // all older ones are out of the window as well
      }
      if (at.isBefore(end)
          && id < untilId
          && !community.isDeleted(post.id())
          && (repostsInSearch || post.kind() != Post.Kind.REPOST)
          && matches.test(post)) {
        if (found.size() == wanted) {
          next = index + 1;
          break;
        }
        found.add(post);
      }
    }
    ObjectNode body = Json.object();
    page(body, found, selection);
    ObjectNode meta = body.putObject("meta");
    if (!found.isEmpty()) {
      meta.put("newest_id", found.get(0).id());
      meta.put("oldest_id", found.get(found.size() - 1).id());
    }
    meta.put("result_count", found.size());
    if (next >= 0) {
      meta.put("next_token", Token.write(next, token.page + 1, query));
    }
    return Answer.json(200, body);
  }

  private static Instant createdAt(Post post) {
    return Objects.requireNonNull(post.createdAt(), "The community dates every post");
  }

  /**
   * Where a page begins.
   *
   * @param before the index of the newest post of the page before, exclusive
   * @param page the number of the page, from 0
   */
  private record Token(int before, int page) {

    static Token read(Request request, String query) throws Invalid {
      String name = request.parameter("next_token") != null ? "next_token" : "pagination_token";
      String token = request.parameter(name);
      if (token == null) {
        return new Token(Integer.MAX_VALUE, 0);
      }
      try {
        String[] parts =
            new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII)
                .split("\\.", -1);
        if (parts.length == 3 && parts[2].equals(Integer.toHexString(query.hashCode()))) {
          return new Token(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
      } catch (IllegalArgumentException e) {
        throw (Invalid) invalid(name, token).initCause(e);
      }
      throw invalid(name, token);
    }

    private static Invalid invalid(String name, String token) {
      return new Invalid(name, token, "The `" + name + "` query parameter value is not valid");
    }

    static String write(int before, int page, String query) {
      String plain = before + "." + page + "." + Integer.toHexString(query.hashCode());
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static int size(Request request) throws Invalid {
    String text = request.parameter("max_results");
    if (text == null) {
      return 10;
    }
    int size;
    try {
      size = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      size = -1;
    }
    if (size < 10 || size > 100) {
      throw new Invalid(
          "max_results",
          text,
          "The `max_results` query parameter value [" + text + "] is not between 10 and 100");
    }
    return size;
  }

  private static @Nullable Instant time(Request request, String name) throws Invalid {
    String text = request.parameter(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Invalid(
          name,
          text,
          "The `" + name + "` query parameter value [" + text + "] is not a valid RFC3339 date");
    }
  }

  private static long id(Request request, String name, long absent) throws Invalid {
    String text = request.parameter(name);
    if (text == null) {
      return absent;
    }
    try {
      long id = Long.parseLong(text);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // answered below, as a negative number is
    }
    throw new Invalid(
        name,
        text,
        "The `" + name + "` query parameter value [" + text + "] does not match ^[0-9]{1,19}$");
  }

  // Look-up

  private Answer lookup(Request request) throws Invalid {
    checkParameters(request, Set.of("ids"));
    String text = request.parameter("ids");
    List<String> ids =
        text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split(",", -1));
    if (ids.isEmpty() || ids.size() > 100) {
      throw new Invalid("ids", text, "The number of `ids` must be from 1 to 100");
    }
    Selection selection = selection(request);
    List<Post> found = new ArrayList<>();
    ArrayNode errors = Json.array();
    for (String id : new LinkedHashSet<>(ids)) {
      if (!id.matches("[0-9]{1,19}")) {
        throw new Invalid(
            "ids", id, "The `ids` query parameter value [" + id + "] does not match ^[0-9]{1,19}$");
      }
      community.post(id).ifPresentOrElse(found::add, () -> errors.add(notFound(id, "ids")));
    }
    ObjectNode body = Json.object();
    page(body, found, selection);
    if (!errors.isEmpty()) {
      if (body.get("errors") instanceof ArrayNode more) {
        errors.addAll(more);
      }
      body.set("errors", errors);
    }
    return Answer.json(200, body);
  }

  private ObjectNode notFound(String id, String parameter) {
    String kind = dialect.name("tweet");
    ObjectNode error = Json.object();
    error.put("value", id);
    error.put("detail", "Could not find " + kind + " with " + parameter + ": [" + id + "].");
    error.put("title", "Not Found Error");
    error.put("resource_type", kind);
    error.put("parameter", parameter);
    error.put("resource_id", id);
    error.put("type", PROBLEMS + "resource-not-found");
    return error;
  }

  // Fields

  /** What a request wants to see. */
  private record Selection(
      Set<String> post, Set<String> user, Set<String> place, Set<String> expansions) {}

  private void checkParameters(Request request, Set<String> own) throws Invalid {
    Set<String> known =
        new LinkedHashSet<>(
            List.of(
                dialect.fieldsParameter(),
                "user.fields",
                "place.fields",
                "media.fields",
                "poll.fields",
                "expansions"));
    known.addAll(own);
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      if (!known.contains(parameter.getKey())) {
        throw new Invalid(
            parameter.getKey(),
            parameter.getValue(),
            "The query parameter [" + parameter.getKey() + "] is not one of " + known);
      }
    }
  }

  private Selection selection(Request request) throws Invalid {
    return new Selection(
        listed(request, dialect.fieldsParameter(), POST_FIELDS),
        listed(request, "user.fields", USER_FIELDS),
        listed(request, "place.fields", PLACE_FIELDS),
        listed(request, "expansions", EXPANSIONS));
  }

  /** Returns the names asked for, in the dialect of tweets. */
  private Set<String> listed(Request request, String parameter, Set<String> known) throws Invalid {
    String text = request.parameter(parameter);
    Set<String> names = new LinkedHashSet<>();
    if (text == null) {
      return names;
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (String name : known) {
      byName.put(dialect.name(name), name);
    }
    for (String name : text.split(",", -1)) {
      String tweetName = byName.get(name);
      if (tweetName == null) {
        throw new Invalid(
            parameter,
            name,
            "The `" + parameter + "` query parameter value [" + name + "] is not known");
      }
      names.add(tweetName);
    }
    return names;
  }

  private void page(ObjectNode body, List<Post> posts, Selection selection) {
    if (posts.isEmpty()) {
      return; // data is absent, not empty
    }
    ArrayNode data = body.putArray("data");
    Map<String, Account> includedUsers = new LinkedHashMap<>();
    Map<String, Post> includedPosts = new LinkedHashMap<>();
    Map<String, Place> includedPlaces = new LinkedHashMap<>();
    ArrayNode errors = Json.array();
    for (Post post : posts) {
      data.add(json(post, selection));
      expand(post, selection, includedUsers, includedPlaces);
      String referenced = referenced(post);
      if (referenced != null && selection.expansions.contains("referenced_tweets.id")) {
        community
            .post(referenced)
            .ifPresentOrElse(
                found -> includedPosts.put(found.id(), found),
                () -> errors.add(notFound(referenced, dialect.name("referenced_tweets.id"))));
      }
    }
    for (Post post : includedPosts.values()) {
      expand(post, selection, includedUsers, includedPlaces);
      if (selection.expansions.contains("referenced_tweets.id.author_id")) {
        addUser(includedUsers, post.author().id());
      }
    }
    ObjectNode includes = Json.object();
    if (!includedUsers.isEmpty()) {
      ArrayNode array = includes.putArray("users");
      includedUsers.values().forEach(user -> array.add(json(user, selection)));
    }
    if (!includedPosts.isEmpty()) {
      ArrayNode array = includes.putArray(dialect.name("tweets"));
      includedPosts.values().forEach(post -> array.add(json(post, selection)));
    }
    if (!includedPlaces.isEmpty()) {
      ArrayNode array = includes.putArray("places");
      includedPlaces.values().forEach(place -> array.add(json(place, selection)));
    }
    if (!includes.isEmpty()) {
      body.set("includes", includes);
    }
    if (!errors.isEmpty()) {
      body.set("errors", errors);
    }
  }

  private void expand(
      Post post,
      Selection selection,
      Map<String, Account> includedUsers,
      Map<String, Place> places) {
    if (selection.expansions.contains("author_id")) {
      addUser(includedUsers, post.author().id());
    }
    if (selection.expansions.contains("in_reply_to_user_id")) {
      addUser(includedUsers, post.inReplyToAuthorId());
    }
    if (selection.expansions.contains("entities.mentions.username")) {
      for (Entities.Mention mention : post.entities().mentions()) {
        Account account = usersByHandle.get(mention.handle());
        addUser(includedUsers, account == null ? null : account.id());
      }
    }
    Place place = post.place();
    if (place != null && place.id() != null && selection.expansions.contains("geo.place_id")) {
      places.put(place.id(), place);
    }
  }

  private void addUser(Map<String, Account> included, @Nullable String id) {
    Account account = id == null ? null : users.get(id);
    if (account != null) {
      included.put(account.id(), account);
    }
  }

  private static @Nullable String referenced(Post post) {
    if (post.inReplyToId() != null) {
      return post.inReplyToId();
    }
    return post.repostOfId() != null ? post.repostOfId() : post.quoteOfId();
  }

  private ObjectNode json(Post post, Selection selection) {
    Set<String> fields = selection.post;
    String text = text(post);
    boolean cut = !text.equals(post.text());
    ObjectNode node = Json.object();
    node.put("id", post.id());
    node.put("text", text);
    node.putArray(dialect.name("edit_history_tweet_ids")).add(post.id());
    if (fields.contains("author_id") || selection.expansions.contains("author_id")) {
      node.put("author_id", post.author().id());
    }
    if (fields.contains("created_at")) {
      node.put("created_at", TIME.format(createdAt(post)));
    }
    if (fields.contains("lang")) {
      node.put("lang", post.language() == null ? "und" : post.language());
    }
    if (fields.contains("conversation_id")) {
      node.put("conversation_id", post.conversationId());
    }
    if (post.inReplyToAuthorId() != null
        && (fields.contains("in_reply_to_user_id")
            || selection.expansions.contains("in_reply_to_user_id"))) {
      node.put("in_reply_to_user_id", post.inReplyToAuthorId());
    }
    String referenced = referenced(post);
    if (referenced != null
        && (fields.contains("referenced_tweets")
            || selection.expansions.contains("referenced_tweets.id"))) {
      ObjectNode reference = node.putArray(dialect.name("referenced_tweets")).addObject();
      reference.put(
          "type",
          switch (post.kind()) {
            case REPLY -> "replied_to";
            case REPOST -> "retweeted";
            default -> "quoted";
          });
      reference.put("id", referenced);
    }
    if (fields.contains("entities")) {
      ObjectNode entities = json(visible(post, text));
      if (!entities.isEmpty()) {
        node.set("entities", entities);
      }
    }
    if (fields.contains("public_metrics")) {
      node.set("public_metrics", metrics(post.engagement()));
    }
    if (fields.contains("geo") || selection.expansions.contains("geo.place_id")) {
      ObjectNode geo = geo(post.place());
      if (!geo.isEmpty()) {
        node.set("geo", geo);
      }
    }
    if (fields.contains("source") && post.source() != null) {
      node.put("source", post.source());
    }
    if (fields.contains("possibly_sensitive")) {
      node.put("possibly_sensitive", Boolean.TRUE.equals(post.sensitive()));
    }
    if (fields.contains("reply_settings")) {
      node.put("reply_settings", "everyone");
    }
    if (cut && post.kind() != Post.Kind.REPOST && fields.contains("note_tweet")) {
      ObjectNode note = node.putObject(dialect.name("note_tweet"));
      note.put("text", post.text());
      ObjectNode entities = json(post.entities());
      if (!entities.isEmpty()) {
        note.set("entities", entities);
      }
    }
    return node;
  }

  /** A repost begins with RT and is cut at 140 characters, a long post at 280. */
  private String text(Post post) {
    if (post.kind() == Post.Kind.REPOST) {
      Account author = users.get(String.valueOf(post.repostOfAuthorId()));
      String handle = author == null ? "unknown" : String.valueOf(author.handle());
      return cut("RT @" + handle + ": " + post.text(), SHOWN_OF_REPOST);
    }
    return cut(post.text(), SHOWN_CODE_POINTS);
  }

  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + '…';
  }

  /** Returns the entities that lie whole within the text as it is shown. */
  private Entities visible(Post post, String shown) {
    if (post.kind() == Post.Kind.REPOST) {
      Account author = users.get(String.valueOf(post.repostOfAuthorId()));
      if (author == null) {
        return Entities.NONE;
      }
      String handle = String.valueOf(author.handle());
      return new Entities(
          List.of(),
          List.of(new Entities.Mention(handle, author.id(), 3, 4 + handle.length())),
          List.of(),
          List.of());
    }
    if (shown.equals(post.text())) {
      return post.entities();
    }
    int end = SHOWN_CODE_POINTS - 1;
    Entities all = post.entities();
    return new Entities(
        all.hashtags().stream().filter(h -> h.end() <= end).toList(),
        all.mentions().stream().filter(m -> m.end() <= end).toList(),
        all.urls().stream().filter(u -> u.end() <= end).toList(),
        List.of());
  }

  private static ObjectNode json(Entities entities) {
    ObjectNode node = Json.object();
    if (!entities.hashtags().isEmpty()) {
      ArrayNode array = node.putArray("hashtags");
      for (Entities.Hashtag hashtag : entities.hashtags()) {
        array
            .addObject()
            .put("start", hashtag.start())
            .put("end", hashtag.end())
            .put("tag", hashtag.text());
      }
    }
    if (!entities.mentions().isEmpty()) {
      ArrayNode array = node.putArray("mentions");
      for (Entities.Mention mention : entities.mentions()) {
        ObjectNode item = array.addObject();
        item.put("start", mention.start()).put("end", mention.end());
        item.put("username", mention.handle());
        if (mention.id() != null) {
          item.put("id", mention.id());
        }
      }
    }
    if (!entities.urls().isEmpty()) {
      ArrayNode array = node.putArray("urls");
      for (Entities.Url url : entities.urls()) {
        ObjectNode item = array.addObject();
        item.put("start", url.start()).put("end", url.end()).put("url", url.url());
        if (url.expandedUrl() != null) {
          item.put("expanded_url", url.expandedUrl());
          item.put("display_url", url.expandedUrl().replaceFirst("^https?://", ""));
        }
      }
    }
    return node;
  }

  private ObjectNode metrics(Engagement engagement) {
    ObjectNode node = Json.object();
    node.put(dialect.name("retweet_count"), engagement.reposts());
    node.put("reply_count", engagement.replies());
    node.put("like_count", engagement.likes());
    node.put("quote_count", engagement.quotes());
    node.put("bookmark_count", 0);
    node.put("impression_count", engagement.views());
    return node;
  }

  private static ObjectNode geo(@Nullable Place place) {
    ObjectNode node = Json.object();
    if (place == null) {
      return node;
    }
    GeoPoint point = place.point();
    if (place.precision() == Place.Precision.POINT && point != null) {
      ObjectNode coordinates = node.putObject("coordinates");
      coordinates.put("type", "Point");
      coordinates.putArray("coordinates").add(point.longitude()).add(point.latitude());
    }
    if (place.id() != null) {
      node.put("place_id", place.id());
    }
    return node;
  }

  private static ObjectNode json(Place place, Selection selection) {
    Set<String> fields = selection.place;
    String fullName = String.valueOf(place.name());
    int comma = fullName.indexOf(", ");
    ObjectNode node = Json.object();
    node.put("id", place.id());
    node.put("full_name", fullName);
    if (fields.contains("name")) {
      node.put("name", comma < 0 ? fullName : fullName.substring(0, comma));
    }
    if (fields.contains("country")) {
      node.put("country", comma < 0 ? fullName : fullName.substring(comma + 2));
    }
    if (fields.contains("country_code")) {
      node.put("country_code", place.countryCode());
    }
    if (fields.contains("place_type")) {
      node.put("place_type", "city");
    }
    GeoBox box = place.box();
    if (fields.contains("geo") && box != null) {
      ObjectNode geo = node.putObject("geo");
      geo.put("type", "Feature");
      geo.putArray("bbox")
          .add(box.southWest().longitude())
          .add(box.southWest().latitude())
          .add(box.northEast().longitude())
          .add(box.northEast().latitude());
      geo.putObject("properties");
    }
    return node;
  }

  private ObjectNode json(Account user, Selection selection) {
    Set<String> fields = selection.user;
    ObjectNode node = Json.object();
    node.put("id", user.id());
    node.put("name", user.name());
    node.put("username", user.handle());
    if (fields.contains("created_at") && user.createdAt() != null) {
      node.put("created_at", TIME.format(user.createdAt()));
    }
    if (fields.contains("description")) {
      node.put("description", user.description());
    }
    Place place = user.place();
    if (fields.contains("location") && place != null) {
      node.put("location", place.name());
    }
    if (fields.contains("verified")) {
      node.put("verified", Boolean.TRUE.equals(user.verified()));
    }
    if (fields.contains("protected")) {
      node.put("protected", false);
    }
    if (fields.contains("public_metrics")) {
      ObjectNode metrics = node.putObject("public_metrics");
      metrics.put("followers_count", user.followers());
      metrics.put("following_count", user.following());
      metrics.put(dialect.name("tweet_count"), user.posts());
      metrics.put("listed_count", user.followers() == null ? 0 : user.followers() / 100);
    }
    return node;
  }
}
