package io.github.sparkpysocial.testkit.sandbox;

import static io.github.sparkpysocial.testkit.sandbox.GitHubData.time;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the answer of GitHub's REST API for a path, limits apart. */
final class GitHubRoutes {
  /** How many contributors GitHub counts; it refuses to list those of a larger repository. */
  private static final int MOST_CONTRIBUTORS = 100_000;

  private final GitHubData data;
  private final GitHubOptions options;
  private final GitHubPages pages;
  private final GitHubEvents events;
  private final GitHubSearch search;
  private final GitHubStatistics statistics;

  GitHubRoutes(GitHubData data, GitHubOptions options, GitHubPages pages, Clock clock) {
    this.data = data;
    this.options = options;
    this.pages = pages;
    this.events = new GitHubEvents(data, pages, clock);
    this.search = new GitHubSearch(data, pages);
    this.statistics = new GitHubStatistics(data);
  }

  Answer route(Request request) {
    String[] parts = request.path().substring(1).split("/", -1);
    return switch (parts[0]) {
      case "orgs" ->
          parts.length > 1 && parts[1].equalsIgnoreCase(Community.ORGANIZATION)
              ? organization(request, parts)
              : GitHubAnswers.notFound();
      case "organizations" ->
          parts.length > 1 && parts[1].equals(GitHubData.ORGANIZATION_ID)
              ? organization(request, parts)
              : GitHubAnswers.notFound();
      case "users" -> parts.length == 2 ? user(parts[1]) : GitHubAnswers.notFound();
      case "repos" -> named(request, parts);
      case "repositories" -> numbered(request, parts);
      case "search" ->
          request.path().equals("/search/repositories")
              ? search.repositories(request)
              : GitHubAnswers.notFound();
      default -> GitHubAnswers.notFound();
    };
  }

  /** Returns whether a client is to ask this path no more often than the answer says. */
  static boolean isPolled(Request request) {
    return request.path().endsWith("/events");
  }

  private Answer user(String login) {
    Account account = data.user(login);
    return account == null
        ? GitHubAnswers.notFound()
        : Answer.json(200, GitHubJson.profile(account));
  }

  private Answer organization(Request request, String[] parts) {
    String self = "/organizations/" + GitHubData.ORGANIZATION_ID + '/';
    return switch (parts.length == 2 ? "" : parts.length == 3 ? parts[2] : "?") {
      case "" -> Answer.json(200, organization());
      case "repos" ->
          pages.list(
              request,
              self + "repos",
              repositories(request),
              r -> GitHubJson.repository(r, data.starCount(r)));
      case "members" -> pages.list(request, self + "members", data.members(), GitHubRoutes::actor);
      case "events" -> events.of(request, self + "events", data.repositories());
      default -> GitHubAnswers.notFound();
    };
  }

  private ObjectNode organization() {
    ObjectNode node =
        GitHubJson.user(new AccountRef(GitHubData.ORGANIZATION_ID, Community.ORGANIZATION, null));
    node.put("type", "Organization");
    node.put("name", "Sparkling Labs");
    node.put("description", "Tools around a data engine");
    node.put("public_repos", data.repositories().size());
    node.put("followers", 12);
    node.put("following", 0);
    node.put("created_at", "2019-05-01T09:00:00Z");
    return node;
  }

  private Answer named(Request request, String[] parts) {
    if (parts.length < 3) {
      return GitHubAnswers.notFound();
    }
    String name = parts[1] + '/' + parts[2];
    String what = String.join("/", List.of(parts).subList(3, parts.length));
    Repository repository = data.byName(name);
    if (repository != null) {
      return repository(request, repository, what);
    }
    Repository moved = data.formerly(name);
    return moved == null ? GitHubAnswers.notFound() : moved(request, moved, what);
  }

  private Answer numbered(Request request, String[] parts) {
    Repository repository = parts.length < 2 ? null : data.byId(parts[1]);
    return repository == null
        ? GitHubAnswers.notFound()
        : repository(
            request, repository, String.join("/", List.of(parts).subList(2, parts.length)));
  }

  private Answer moved(Request request, Repository repository, String what) {
    StringBuilder url = new StringBuilder(pages.base());
    url.append("/repositories/").append(repository.id());
    if (!what.isEmpty()) {
      url.append('/').append(what);
    }
    String query = GitHubPages.query(request.query());
    if (!query.isEmpty()) {
      url.append('?').append(query);
    }
    ObjectNode body = Json.object();
    body.put("message", "Moved Permanently");
    body.put("url", url.toString());
    body.put(
        "documentation_url",
        "https://docs.github.com/rest/guides/best-practices-for-using-the-rest-api");
    return Answer.json(301, body).with("location", url.toString());
  }

  private Answer repository(Request request, Repository repository, String what) {
    String self = "/repositories/" + repository.id() + '/' + what;
    List<Interaction> commits = data.commits(repository);
    return switch (what) {
      case "" -> Answer.json(200, alone(repository));
      case "languages" -> {
        ObjectNode languages = Json.object();
        repository.languages().forEach(share -> languages.put(share.name(), share.sizeBytes()));
        yield Answer.json(200, languages);
      }
      case "stargazers" -> {
        boolean withTimes = String.valueOf(request.header("accept")).contains("star+json");
        yield capped(
            request, self, data.stars(repository), star -> GitHubJson.stargazer(star, withTimes));
      }
      case "subscribers" -> capped(request, self, data.watchers(repository), GitHubRoutes::actor);
      case "forks" ->
          capped(
              request,
              self,
              data.forks(repository),
              fork -> GitHubJson.fork(repository, fork, fork.id().split("/", -1)[1]));
      case "contributors" ->
          commits.isEmpty() ? Answer.empty(204) : contributors(request, self, repository);
      case "commits" ->
          commits.isEmpty()
              ? GitHubAnswers.message(
                  409, "Git Repository is empty.", "/commits/commits#list-commits")
              : commits(request, self, repository, commits);
      case "events" -> events.of(request, self, List.of(repository));
      case "stats/contributors" ->
          commits.isEmpty() ? Answer.empty(204) : statistics.contributors(repository);
      default -> GitHubAnswers.notFound();
    };
  }

  private ObjectNode alone(Repository repository) {
    ObjectNode node = GitHubJson.repository(repository, data.starCount(repository));
    node.put("subscribers_count", data.watchers(repository).size());
    return node;
  }

  private static ObjectNode actor(Interaction interaction) {
    return GitHubJson.user(interaction.actor());
  }

  private <T> Answer capped(
      Request request,
      String self,
      List<T> items,
      Function<T, com.fasterxml.jackson.databind.JsonNode> json) {
    return pages.capped(request, self, items, json, options.pageCap());
  }

  private Answer contributors(Request request, String self, Repository repository) {
    List<Interaction> all = data.contributions(repository);
    if (all.size() > MOST_CONTRIBUTORS) {
      return GitHubAnswers.message(
          403,
          "The history or contributor list is too large to list contributors for this repository"
              + " via the API.",
          "/repos/repos#list-repository-contributors");
    }
    boolean anonymous =
        "1".equals(request.parameter("anon")) || "true".equals(request.parameter("anon"));
    return pages.list(
        request,
        self,
        all.stream().filter(c -> anonymous || c.actor().id() != null).toList(),
        GitHubJson::contributor);
  }

  private Answer commits(
      Request request, String self, Repository repository, List<Interaction> all) {
    Instant since;
    Instant until;
    try {
      since = bound(request.parameter("since"), Instant.MIN);
      until = bound(request.parameter("until"), Instant.MAX);
    } catch (DateTimeException e) {
      return GitHubAnswers.message(422, "Validation Failed", "/commits/commits#list-commits");
    }
    String from = request.parameter("sha");
    boolean started = from == null || from.equals(repository.defaultBranch());
    String author = request.parameter("author");
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Interaction commit = all.get(i);
      Instant at = time(commit);
      started = started || commit.id().equals(from);
      if (started
          && !at.isBefore(since)
          && !at.isAfter(until)
          && (author == null || author.equalsIgnoreCase(commit.actor().handle()))
          && touches(commit, request.parameter("path"))) {
        chosen.add(i);
      }
    }
    return started
        ? pages.list(
            request,
            self,
            chosen,
            i ->
                GitHubJson.commit(
                    all.get(i), repository, i + 1 < all.size() ? all.get(i + 1).id() : null))
        : GitHubAnswers.message(404, "Not Found", "/commits/commits#list-commits");
  }

  /** Commits that speak of documents changed docs/, all others changed src/. */
  static boolean touches(Interaction commit, @Nullable String path) {
    String text = String.valueOf(commit.text());
    boolean documents = text.startsWith("Document") || text.contains("README");
    return path == null || path.equals(documents ? "docs" : "src");
  }

  private static Instant bound(@Nullable String text, Instant absent) {
    return text == null ? absent : OffsetDateTime.parse(text).toInstant();
  }

  private List<Repository> repositories(Request request) {
    Comparator<Repository> order =
        switch (String.valueOf(request.parameter("sort"))) {
          case "full_name" -> Comparator.comparing(Repository::fullName);
          case "updated" -> newest(Repository::updatedAt);
          case "pushed" -> newest(Repository::pushedAt);
          default -> newest(Repository::createdAt);
        };
    return data.repositories().stream().sorted(order.thenComparing(Repository::fullName)).toList();
  }

  private static Comparator<Repository> newest(Function<Repository, @Nullable Instant> time) {
    return Comparator.comparing(
            (Repository r) -> Objects.requireNonNullElse(time.apply(r), Instant.EPOCH))
        .reversed();
  }
}
