package io.github.sparkpysocial.testkit.sandbox;

import static io.github.sparkpysocial.testkit.sandbox.GitHubData.time;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The feeds of events: the last 300 within 30 days, with payloads trimmed as GitHub has done since
 * October 2025 (a push tells no commits). Stars, forks and commits of the community happen here;
 * every seventh commit opened an issue, every eleventh answered one, every thirteenth was released,
 * and every seventeenth is of a type that is not told in full. Sources: "REST API endpoints for
 * events", "GitHub event types".
 */
final class GitHubEvents {
  static final Duration POLL_INTERVAL = Duration.ofSeconds(60);
  private static final Duration HORIZON = Duration.ofDays(30);
  private static final int MOST = 300;

  private final GitHubData data;
  private final GitHubPages pages;
  private final Clock clock;

  GitHubEvents(GitHubData data, GitHubPages pages, Clock clock) {
    this.data = data;
    this.pages = pages;
    this.clock = clock;
  }

  /** Something that happened, made into JSON when it is asked for. */
  private record Happened(Instant at, String id, Function<ObjectNode, ObjectNode> filled) {}

  Answer of(Request request, String self, List<Repository> repositories) {
    GitHubPages.Page page = GitHubPages.Page.of(request);
    if ((page.number() - 1L) * page.size() >= MOST) {
      return GitHubAnswers.tooManyPages();
    }
    Instant now = clock.instant();
    List<Happened> all = new ArrayList<>();
    for (Repository repository : repositories) {
      collect(repository, all);
    }
    List<Happened> shown =
        all.stream()
            .filter(e -> !e.at().isAfter(now) && e.at().isAfter(now.minus(HORIZON)))
            .sorted(Comparator.comparing(Happened::at).thenComparing(Happened::id).reversed())
            .limit(MOST)
            .toList();
    return pages
        .list(request, self, shown, e -> (JsonNode) e.filled().apply(event(e)))
        .with("x-poll-interval", POLL_INTERVAL.toSeconds());
  }

  private void collect(Repository repository, List<Happened> into) {
    int number = 0;
    for (Interaction star :
        data.isTrue(repository) ? data.stars(repository) : List.<Interaction>of()) {
      into.add(
          happened(star, repository, 1, ++number, "WatchEvent", p -> p.put("action", "started")));
    }
    number = 0;
    for (Interaction fork : data.forks(repository)) {
      String id = fork.id().split("/", -1)[1];
      into.add(
          happened(
              fork,
              repository,
              2,
              ++number,
              "ForkEvent",
              p -> p.put("action", "forked").set("forkee", GitHubJson.fork(repository, fork, id))));
    }
    number = 0;
    for (Interaction commit : data.commits(repository)) {
      if (commit.actor().id() != null) {
        number++;
        into.add(push(repository, commit, number));
        if (number % 7 == 0) {
          into.add(issue(repository, commit, number));
        }
        if (number % 11 == 0) {
          into.add(comment(repository, commit, number));
        }
        if (number % 13 == 0) {
          into.add(release(repository, commit, number));
        }
        if (number % 17 == 0) {
          into.add(
              happened(
                  commit, repository, 7, number, "SandboxEvent", p -> p.put("action", "played")));
        }
      }
    }
  }

  private static Happened push(Repository repository, Interaction commit, int number) {
    return happened(
        commit,
        repository,
        3,
        number,
        "PushEvent",
        p -> {
          p.put("repository_id", Long.parseLong(repository.id()));
          p.put("push_id", 30_000_000_000L + number);
          p.put("ref", "refs/heads/main");
          p.put("head", commit.id());
          p.put("before", "0".repeat(40));
        });
  }

  private static Happened issue(Repository repository, Interaction commit, int number) {
    return happened(
        commit,
        repository,
        4,
        number,
        "IssuesEvent",
        p -> {
          p.put("action", "opened");
          p.set("issue", issueJson(repository, commit, number));
        });
  }

  private static ObjectNode issueJson(Repository repository, Interaction commit, int number) {
    ObjectNode issue = Json.object();
    issue.put("id", 2_000_000_000L + Long.parseLong(repository.id()) + number);
    issue.put("number", number);
    issue.put("title", "About: " + commit.text());
    issue.set("user", GitHubJson.user(commit.actor()));
    issue.put("state", "open");
    issue.put("comments", 0);
    issue.put("created_at", GitHubJson.seconds(commit.createdAt()));
    issue.put("body", "It happens with <b>every</b> build. " + commit.text());
    issue.put("html_url", "https://github.com/" + repository.fullName() + "/issues/" + number);
    return issue;
  }

  private static Happened comment(Repository repository, Interaction commit, int number) {
    return happened(
        commit,
        repository,
        5,
        number,
        "IssueCommentEvent",
        p -> {
          p.put("action", "created");
          p.set("issue", issueJson(repository, commit, number / 7 * 7));
          ObjectNode comment = p.putObject("comment");
          comment.put("id", 3_000_000_000L + Long.parseLong(repository.id()) + number);
          comment.put("body", "Seen here, too: " + commit.text());
          comment.set("user", GitHubJson.user(commit.actor()));
          comment.put("created_at", GitHubJson.seconds(commit.createdAt()));
          comment.put(
              "html_url",
              "https://github.com/" + repository.fullName() + "/issues/" + number + "#comment");
        });
  }

  private static Happened release(Repository repository, Interaction commit, int number) {
    return happened(
        commit,
        repository,
        6,
        number,
        "ReleaseEvent",
        p -> {
          p.put("action", "published");
          ObjectNode release = p.putObject("release");
          release.put("id", 1_000_000_000L + Long.parseLong(repository.id()) + number);
          release.put("tag_name", "v0." + number);
          release.put("name", "Release 0." + number);
          release.put("body", commit.text());
          release.set("author", GitHubJson.user(commit.actor()));
          release.put("published_at", GitHubJson.seconds(commit.createdAt()));
          release.put(
              "html_url",
              "https://github.com/" + repository.fullName() + "/releases/tag/v0." + number);
        });
  }

  private static Happened happened(
      Interaction what,
      Repository repository,
      int kind,
      int number,
      String type,
      java.util.function.Consumer<ObjectNode> payload) {
    // Ids grow with time, as GitHub's do; kind, place and number tell those of one second apart.
    long place = Long.parseLong(repository.id()) % 97 * 1_000;
    long id = time(what).getEpochSecond() * 1_000_000L + kind * 100_000L + place + number % 1_000;
    return new Happened(
        time(what),
        Long.toString(id),
        event -> {
          event.put("type", type);
          event.set("actor", actor(what.actor()));
          ObjectNode repo = event.putObject("repo");
          repo.put("id", Long.parseLong(repository.id()));
          repo.put("name", repository.fullName());
          repo.put("url", "https://api.github.com/repos/" + repository.fullName());
          payload.accept(event.putObject("payload"));
          event.put("public", true);
          event.put("created_at", GitHubJson.seconds(what.createdAt()));
          event.set("org", organization());
          return event;
        });
  }

  private static ObjectNode event(Happened happened) {
    return Json.object().put("id", happened.id());
  }

  private static ObjectNode actor(AccountRef account) {
    ObjectNode node = Json.object();
    node.put("id", Long.parseLong(String.valueOf(account.id())));
    node.put("login", account.handle());
    node.put("display_login", account.handle());
    node.put("gravatar_id", "");
    node.put("url", "https://api.github.com/users/" + account.handle());
    node.put("avatar_url", "https://avatars.githubusercontent.com/u/" + account.id() + "?");
    return node;
  }

  private static ObjectNode organization() {
    ObjectNode node = Json.object();
    node.put("id", Long.parseLong(GitHubData.ORGANIZATION_ID));
    node.put("login", Community.ORGANIZATION);
    node.put("gravatar_id", "");
    node.put("url", "https://api.github.com/orgs/" + Community.ORGANIZATION);
    node.put(
        "avatar_url",
        "https://avatars.githubusercontent.com/u/" + GitHubData.ORGANIZATION_ID + "?");
    return node;
  }
}
