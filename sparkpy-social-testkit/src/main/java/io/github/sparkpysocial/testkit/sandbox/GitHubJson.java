package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Repository;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The community's things as GitHub spells them in JSON. Source: recorded answers. */
final class GitHubJson {
  private GitHubJson() {}

  static ObjectNode repository(Repository repository, long stars) {
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
    node.put("stargazers_count", stars);
    node.put("watchers_count", stars);
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
    node.put("watchers", stars);
    node.put("default_branch", repository.defaultBranch());
    return node;
  }

  static JsonNode stargazer(Interaction star, boolean withTimes) {
    ObjectNode user = user(star.actor());
    if (!withTimes) {
      return user;
    }
    ObjectNode node = Json.object();
    node.put("starred_at", seconds(star.createdAt()));
    node.set("user", user);
    return node;
  }

  static JsonNode contributor(Interaction contribution) {
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

  static JsonNode commit(Interaction commit, Repository repository, @Nullable String parent) {
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

  static String email(AccountRef actor) {
    String id = actor.id();
    if (id != null) {
      return id + "+" + actor.handle() + "@users.noreply.sparkling-labs.example";
    }
    return lower(String.valueOf(actor.name())).replaceAll("[^a-z0-9]+", ".")
        + "@sparkling-labs.example";
  }

  /** Returns an account as it stands inside other objects. */
  static ObjectNode user(AccountRef account) {
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

  static String nodeId(String kind, String id) {
    return Base64.getEncoder()
        .encodeToString((kind + ':' + id).getBytes(StandardCharsets.US_ASCII));
  }

  static @Nullable String seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Returns an account as it stands alone, with its profile. */
  static ObjectNode profile(Account account) {
    ObjectNode node = user(new AccountRef(account.id(), account.handle(), null));
    node.put("name", account.name());
    node.put("bio", account.description());
    node.putNull("company");
    node.putNull("location");
    node.put("public_repos", 3);
    node.put("followers", account.followers());
    node.put("following", account.following());
    node.put("created_at", seconds(account.createdAt()));
    node.put("updated_at", seconds(account.createdAt()));
    return node;
  }

  /** Returns a fork of a repository, which belongs to who made it. */
  static ObjectNode fork(Repository repository, Interaction fork, String id) {
    String name = repository.fullName().substring(repository.fullName().indexOf('/'));
    String fullName = fork.actor().handle() + name;
    Repository copy =
        Repository.builder(repository.network(), id, fullName)
            .owner(fork.actor())
            .description(repository.description())
            .language(repository.language())
            .topics(repository.topics())
            .stars(0L)
            .forks(0L)
            .openIssues(0L)
            .license(repository.license())
            .defaultBranch(repository.defaultBranch())
            .fork(true)
            .archived(false)
            .createdAt(fork.createdAt())
            .updatedAt(fork.createdAt())
            .pushedAt(fork.createdAt())
            .url("https://github.com/" + fullName)
            .build();
    ObjectNode node = repository(copy, 0);
    node.set("owner", user(fork.actor()));
    return node;
  }
}
