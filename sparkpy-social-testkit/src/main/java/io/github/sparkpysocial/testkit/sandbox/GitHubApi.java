package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits.Limit;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST API as far as a harvest reads it. Sources: "Rate limits for the REST API", "Best
 * practices for using the REST API" and recorded answers for the names.
 */
final class GitHubApi implements NetworkApi {
  private static final String DOCS = "https://docs.github.com/rest";
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Beyond this many pages GitHub refuses to list stargazers. */
  private static final int MAX_STARGAZER_PAGES = 400;

  private final Community community;
  private final Clock clock;
  private final Limits limits;
  private final Gate gate;
  private final Supplier<String> base;
  private final Map<String, Repository> byName = new HashMap<>();
  private final Map<String, Repository> byId = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final AtomicInteger busy = new AtomicInteger();

  GitHubApi(Community community, Clock clock, Limits limits, Gate gate, Supplier<String> base) {
    this.community = community;
    this.clock = clock;
    this.limits = limits;
    this.gate = gate;
    this.base = base;
    for (Repository repository : community.repositories()) {
      byName.put(lower(repository.fullName()), repository);
      byId.put(repository.id(), repository);
    }
    community.renamedRepositories().forEach((from, to) -> renamed.put(lower(from), lower(to)));
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
  public Answer answer(Request request) {
    String token = request.token();
    if (token != null && !Sandbox.accepts(token)) {
      return failed(401);
    }
    String key = key(request);
    Limits.Rate limit = rate(token);
    if (request.path().equals("/rate_limit")) {
      return rateLimit(key, limit);
    }
    Duration blocked = gate.blocked(Network.GITHUB, request.path(), key);
    if (blocked != null) {
      return secondary(403, blocked, gate.peek(key, limit));
    }
    if (busy.incrementAndGet() > Limits.GITHUB_CONCURRENT) {
      busy.decrementAndGet();
      gate.note(
          Network.GITHUB,
          request.path(),
          "more than " + Limits.GITHUB_CONCURRENT + " requests at once");
      gate.block(key, MINUTE);
      return secondary(403, MINUTE, gate.peek(key, limit));
    }
    try {
      return counted(request, key, limit, token != null);
    } finally {
      busy.decrementAndGet();
    }
  }

  private Answer counted(Request request, String key, Limits.Rate limit, boolean authorised) {
    Gate.Ticket points =
        gate.take(
            Network.GITHUB,
            request.path(),
            key + " points",
            limits.of(Limit.GITHUB_POINTS),
            request.method().equals("GET") ? 1 : 5);
    if (!points.allowed()) {
      Duration left = Duration.between(clock.instant(), points.resetsAt()).plusSeconds(1);
      gate.block(key, left);
      return secondary(403, left, gate.peek(key, limit));
    }
    Gate.Ticket ticket = gate.take(Network.GITHUB, request.path(), key, limit, 1);
    if (!ticket.allowed()) {
      return withRate(
          message(
              403,
              authorised
                  ? "API rate limit exceeded for user ID 1."
                  : "API rate limit exceeded for 127.0.0.1. (But here's the good news:"
                      + " Authenticated requests get a higher rate limit. Check out the"
                      + " documentation for more details.)",
              "/using-the-rest-api/rate-limits-for-the-rest-api"),
          ticket);
    }
    Answer answer = request.method().equals("GET") ? route(request) : failed(404);
    if (answer.status() == 200) {
      String etag = etag(request, answer);
      answer.with("etag", etag);
      answer.with("vary", "Accept, Authorization");
      if (etag.equals(request.header("if-none-match"))) {
        Answer unchanged = Answer.empty(304).with("etag", etag);
        if (authorised) {
          gate.giveBack(key, 1); // a 304 does not count when the request is authorised
          ticket = gate.peek(key, limit);
        }
        return withRate(unchanged, ticket);
      }
    }
    return withRate(answer, ticket);
  }

  @Override
  public Answer limited(Request request, Fault fault) {
    String key = key(request);
    gate.block(key, fault.block());
    Limits.Rate limit = rate(request.token());
    return secondary(fault.status(), fault.retryAfter(), gate.peek(key, limit));
  }

  @Override
  public Answer failed(int status) {
    return switch (status) {
      case 401 -> message(401, "Bad credentials", "");
      case 404 -> message(404, "Not Found", "");
      case 503 -> message(503, "Service unavailable", "");
      default -> message(status, "Server Error", "");
    };
  }

  @Override
  public String key(Request request) {
    return "github core of " + (request.token() == null ? "127.0.0.1" : request.token());
  }

  private Limits.Rate rate(@Nullable String token) {
    return limits.of(token == null ? Limit.GITHUB_ANONYMOUS : Limit.GITHUB_AUTHENTICATED);
  }

  private static Answer message(int status, String message, String docs) {
    ObjectNode body = Json.object();
    body.put("message", message);
    body.put("documentation_url", DOCS + docs);
    body.put("status", Integer.toString(status));
    return Answer.json(status, body);
  }

  private static Answer secondary(int status, @Nullable Duration retryAfter, Gate.Ticket primary) {
    Answer answer =
        message(
            status,
            "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
                + " again.",
            "/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits");
    if (retryAfter != null) {
      answer.with("retry-after", Math.max(1, retryAfter.plusMillis(999).toSeconds()));
    }
    return withRate(answer, primary);
  }

  private static Answer withRate(Answer answer, Gate.Ticket ticket) {
    return answer
        .with("x-ratelimit-limit", ticket.limit())
        .with("x-ratelimit-remaining", ticket.remaining())
        .with("x-ratelimit-used", ticket.used())
        .with("x-ratelimit-reset", ticket.resetsAt().getEpochSecond())
        .with("x-ratelimit-resource", "core");
  }

  private Answer rateLimit(String key, Limits.Rate limit) {
    Gate.Ticket ticket = gate.peek(key, limit);
    ObjectNode core = Json.object();
    core.put("limit", ticket.limit());
    core.put("used", ticket.used());
    core.put("remaining", ticket.remaining());
    core.put("reset", ticket.resetsAt().getEpochSecond());
    ObjectNode body = Json.object();
    body.putObject("resources").set("core", core);
    body.set("rate", core.deepCopy());
    return withRate(Answer.json(200, body), ticket);
  }

  private Answer route(Request request) {
    String[] parts = request.path().substring(1).split("/", -1);
    if (parts.length == 3 && parts[0].equals("orgs") && parts[2].equals("repos")) {
      return parts[1].equalsIgnoreCase(Community.ORGANIZATION)
          ? list(request, "/orgs/" + parts[1] + "/repos", repositories(request))
          : failed(404);
    }
    if (parts.length >= 3 && parts.length <= 4 && parts[0].equals("repos")) {
      String name = lower(parts[1] + '/' + parts[2]);
      String what = parts.length == 4 ? parts[3] : "";
      Repository repository = byName.get(name);
      if (repository != null) {
        return repository(request, repository, what);
      }
      String now = renamed.get(name);
      Repository moved = now == null ? null : byName.get(now);
      return moved == null ? failed(404) : moved(request, moved, what);
    }
    if (parts.length >= 2 && parts.length <= 3 && parts[0].equals("repositories")) {
      Repository repository = byId.get(parts[1]);
      return repository == null
          ? failed(404)
          : repository(request, repository, parts.length == 3 ? parts[2] : "");
    }
    return failed(404);
  }

  private Answer moved(Request request, Repository repository, String what) {
    StringBuilder url = new StringBuilder(base.get());
    url.append("/repositories/").append(repository.id());
    if (!what.isEmpty()) {
      url.append('/').append(what);
    }
    String query = query(request.query());
    if (!query.isEmpty()) {
      url.append('?').append(query);
    }
    ObjectNode body = Json.object();
    body.put("message", "Moved Permanently");
    body.put("url", url.toString());
    body.put("documentation_url", DOCS + "/guides/best-practices-for-using-the-rest-api");
    return Answer.json(301, body).with("location", url.toString());
  }

  private Answer repository(Request request, Repository repository, String what) {
    String self = "/repositories/" + repository.id() + '/' + what;
    List<Interaction> commits = community.commitsTo(repository.id());
    return switch (what) {
      case "" -> Answer.json(200, json(repository));
      case "languages" -> {
        ObjectNode languages = Json.object();
        repository.languages().forEach(share -> languages.put(share.name(), share.sizeBytes()));
        yield Answer.json(200, languages);
      }
      case "stargazers" -> {
        boolean withTimes = String.valueOf(request.header("accept")).contains("star+json");
        List<JsonNode> stars =
            community.starsOf(repository.id()).stream()
                .map(star -> stargazer(star, withTimes))
                .toList();
        if (page(request) > MAX_STARGAZER_PAGES) {
          yield message(
              422,
              "In order to keep the API fast for everyone, pagination is limited for this"
                  + " resource.",
              "/overview/resources-in-the-rest-api#pagination");
        }
        yield list(request, self, stars);
      }
      case "contributors" -> {
        if (commits.isEmpty()) {
          yield Answer.empty(204);
        }
        boolean anonymous =
            "1".equals(request.parameter("anon")) || "true".equals(request.parameter("anon"));
        yield list(
            request,
            self,
            community.contributionsTo(repository.id()).stream()
                .filter(c -> anonymous || c.actor().id() != null)
                .map(this::contributor)
                .toList());
      }
      case "commits" ->
          commits.isEmpty()
              ? message(409, "Git Repository is empty.", "/commits/commits#list-commits")
              : commits(request, self, repository, commits);
      default -> failed(404);
    };
  }

  private Answer commits(
      Request request, String self, Repository repository, List<Interaction> all) {
    Instant since;
    Instant until;
    try {
      since = time(request.parameter("since"), Instant.MIN);
      until = time(request.parameter("until"), Instant.MAX);
    } catch (DateTimeException e) {
      return message(422, "Validation Failed", "/commits/commits#list-commits");
    }
    List<JsonNode> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Interaction commit = all.get(i);
      Instant at = time(commit);
      if (!at.isBefore(since) && !at.isAfter(until)) {
        String parent = i + 1 < all.size() ? all.get(i + 1).id() : null;
        chosen.add(commit(commit, repository, parent));
      }
    }
    return list(request, self, chosen);
  }

  private static Instant time(@Nullable String text, Instant absent) {
    return text == null ? absent : OffsetDateTime.parse(text).toInstant();
  }

  private static Instant time(Interaction interaction) {
    return Objects.requireNonNull(interaction.createdAt(), "The community dates everything");
  }

  // Paging

  private static int page(Request request) {
    return Math.max(1, number(request.parameter("page"), 1));
  }

  private static int number(@Nullable String text, int absent) {
    try {
      return text == null ? absent : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return absent; // GitHub ignores what it cannot read here
    }
  }

  private Answer list(Request request, String self, List<JsonNode> items) {
    int size = number(request.parameter("per_page"), 30);
    size = size < 1 ? 30 : Math.min(100, size);
    int page = page(request);
    int last = Math.max(1, (items.size() + size - 1) / size);
    long from = Math.min((page - 1L) * size, items.size());
    ArrayNode body = Json.array();
    items.subList((int) from, (int) Math.min(from + size, items.size())).forEach(body::add);
    Answer answer = Answer.json(200, body);
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(request, self, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(request, self, page + 1, "next"));
      links.add(link(request, self, last, "last"));
    }
    if (page > 1) {
      links.add(link(request, self, 1, "first"));
    }
    return links.isEmpty() ? answer : answer.with("link", String.join(", ", links));
  }

  private String link(Request request, String self, int page, String relation) {
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.put("page", Integer.toString(page));
    return '<' + base.get() + self + '?' + query(query) + ">; rel=\"" + relation + '"';
  }

  private static String query(Map<String, String> query) {
    List<String> pairs = new ArrayList<>();
    query.forEach((name, value) -> pairs.add(encode(name) + '=' + encode(value)));
    return String.join("&", pairs);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
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

  // JSON

  private List<JsonNode> repositories(Request request) {
    Comparator<Repository> order =
        switch (String.valueOf(request.parameter("sort"))) {
          case "full_name" -> Comparator.comparing(Repository::fullName);
          case "updated" -> newest(Repository::updatedAt);
          case "pushed" -> newest(Repository::pushedAt);
          default -> newest(Repository::createdAt);
        };
    return community.repositories().stream()
        .sorted(order.thenComparing(Repository::fullName))
        .map(this::json)
        .toList();
  }

  private static Comparator<Repository> newest(Function<Repository, @Nullable Instant> time) {
    return Comparator.comparing(
            (Repository r) -> Objects.requireNonNullElse(time.apply(r), Instant.EPOCH))
        .reversed();
  }

  private JsonNode json(Repository repository) {
    String api = "https://api.github.com/repos/" + repository.fullName();
    String name = repository.fullName().substring(repository.fullName().indexOf('/') + 1);
    ObjectNode node = Json.object();
    node.put("id", Long.parseLong(repository.id()));
    node.put("node_id", nodeId("Repository", repository.id()));
    node.put("name", name);
    node.put("full_name", repository.fullName());
    ObjectNode owner = user(repository.owner());
    owner.put("type", "Organization");
    node.set("owner", owner);
    node.put("private", false);
    node.put("html_url", repository.url());
    node.put("description", repository.description());
    node.put("fork", Boolean.TRUE.equals(repository.fork()));
    node.put("url", api);
    node.put("languages_url", api + "/languages");
    node.put("stargazers_url", api + "/stargazers");
    node.put("contributors_url", api + "/contributors");
    node.put("commits_url", api + "/commits{/sha}");
    node.put("created_at", seconds(repository.createdAt()));
    node.put("updated_at", seconds(repository.updatedAt()));
    node.put("pushed_at", seconds(repository.pushedAt()));
    node.put("clone_url", repository.url() + ".git");
    node.putNull("homepage");
    node.put("size", repository.languages().stream().mapToLong(l -> l.sizeBytes()).sum() / 1024);
    node.put("stargazers_count", repository.stars());
    node.put("watchers_count", repository.stars());
    node.put("language", repository.language());
    node.put("forks_count", repository.forks());
    node.put("archived", Boolean.TRUE.equals(repository.archived()));
    node.put("disabled", false);
    node.put("open_issues_count", repository.openIssues());
    String spdx = repository.license();
    if (spdx == null) {
      node.putNull("license");
    } else {
      ObjectNode license = node.putObject("license");
      license.put("key", lower(spdx));
      license.put("name", spdx);
      license.put("spdx_id", spdx);
      license.put("url", "https://api.github.com/licenses/" + lower(spdx));
    }
    ArrayNode topics = node.putArray("topics");
    repository.topics().forEach(topics::add);
    node.put("visibility", "public");
    node.put("forks", repository.forks());
    node.put("open_issues", repository.openIssues());
    node.put("watchers", repository.stars());
    node.put("default_branch", repository.defaultBranch());
    return node;
  }

  private JsonNode stargazer(Interaction star, boolean withTimes) {
    ObjectNode user = user(star.actor());
    if (!withTimes) {
      return user;
    }
    ObjectNode node = Json.object();
    node.put("starred_at", seconds(star.createdAt()));
    node.set("user", user);
    return node;
  }

  private JsonNode contributor(Interaction contribution) {
    AccountRef actor = contribution.actor();
    ObjectNode node;
    if (actor.id() == null) {
      node = Json.object();
      node.put("email", email(actor));
      node.put("name", actor.name());
      node.put("type", "Anonymous");
    } else {
      node = user(actor);
    }
    node.put("contributions", contribution.count());
    return node;
  }

  private JsonNode commit(Interaction commit, Repository repository, @Nullable String parent) {
    String api = "https://api.github.com/repos/" + repository.fullName();
    AccountRef actor = commit.actor();
    ObjectNode node = Json.object();
    node.put("sha", commit.id());
    node.put("node_id", nodeId("Commit", commit.id()));
    ObjectNode inner = node.putObject("commit");
    ObjectNode person = Json.object();
    person.put("name", actor.name());
    person.put("email", email(actor));
    person.put("date", seconds(commit.createdAt()));
    inner.set("author", person);
    inner.set("committer", person.deepCopy());
    inner.put("message", commit.text());
    ObjectNode tree = inner.putObject("tree");
    tree.put("sha", commit.id());
    tree.put("url", api + "/git/trees/" + commit.id());
    inner.put("url", api + "/git/commits/" + commit.id());
    inner.put("comment_count", 0);
    node.put("url", api + "/commits/" + commit.id());
    node.put("html_url", commit.url());
    node.put("comments_url", api + "/commits/" + commit.id() + "/comments");
    if (actor.id() == null) {
      node.putNull("author");
      node.putNull("committer");
    } else {
      node.set("author", user(actor));
      node.set("committer", user(actor));
    }
    ArrayNode parents = node.putArray("parents");
    if (parent != null) {
      ObjectNode link = parents.addObject();
      link.put("sha", parent);
      link.put("url", api + "/commits/" + parent);
      link.put("html_url", "https://github.com/" + repository.fullName() + "/commit/" + parent);
    }
    return node;
  }

  private static String email(AccountRef actor) {
    String id = actor.id();
    if (id != null) {
      return id + "+" + actor.handle() + "@users.noreply.sparkling-labs.example";
    }
    return lower(String.valueOf(actor.name())).replaceAll("[^a-z0-9]+", ".")
        + "@sparkling-labs.example";
  }

  private static ObjectNode user(AccountRef account) {
    String login = String.valueOf(account.handle());
    String api = "https://api.github.com/users/" + login;
    ObjectNode node = Json.object();
    node.put("login", login);
    node.put("id", Long.parseLong(String.valueOf(account.id())));
    node.put("node_id", nodeId("User", String.valueOf(account.id())));
    node.put("avatar_url", "https://avatars.githubusercontent.com/u/" + account.id() + "?v=4");
    node.put("gravatar_id", "");
    node.put("url", api);
    node.put("html_url", "https://github.com/" + login);
    node.put("followers_url", api + "/followers");
    node.put("repos_url", api + "/repos");
    node.put("type", "User");
    node.put("site_admin", false);
    return node;
  }

  private static String nodeId(String kind, String id) {
    return Base64.getEncoder()
        .encodeToString((kind + ':' + id).getBytes(StandardCharsets.US_ASCII));
  }

  private static @Nullable String seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
