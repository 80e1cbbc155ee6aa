package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of GitHub's objects. Methods throw {@link IllegalArgumentException} for an object
 * that lacks what it needs.
 */
final class GitHubRecords {
  /** The fields of an account inside another object ("simple user"). */
  static final Set<String> USER_FIELDS =
      Set.of(
          "avatar_url",
          "email",
          "events_url",
          "followers_url",
          "following_url",
          "gists_url",
          "gravatar_id",
          "html_url",
          "id",
          "login",
          "name",
          "node_id",
          "organizations_url",
          "received_events_url",
          "repos_url",
          "site_admin",
          "starred_at",
          "starred_url",
          "subscriptions_url",
          "type",
          "url",
          "user_view_type",
          "contributions");

  static final Set<String> COMMIT_FIELDS =
      Set.of(
          "author",
          "comments_url",
          "commit",
          "committer",
          "files",
          "html_url",
          "node_id",
          "parents",
          "sha",
          "stats",
          "url");

  static final Set<String> STAR_FIELDS = Set.of("starred_at", "user");

  /**
   * The fields of a repository in a listing ("minimal repository") or alone ("full repository").
   */
  static final Set<String> REPOSITORY_FIELDS =
      Set.of(
          "allow_auto_merge",
          "allow_forking",
          "allow_merge_commit",
          "allow_rebase_merge",
          "allow_squash_merge",
          "allow_update_branch",
          "anonymous_access_enabled",
          "archive_url",
          "archived",
          "assignees_url",
          "blobs_url",
          "branches_url",
          "clone_url",
          "code_of_conduct",
          "collaborators_url",
          "comments_url",
          "commits_url",
          "compare_url",
          "contents_url",
          "contributors_url",
          "created_at",
          "custom_properties",
          "default_branch",
          "delete_branch_on_merge",
          "deployments_url",
          "description",
          "disabled",
          "downloads_url",
          "events_url",
          "fork",
          "forks",
          "forks_count",
          "forks_url",
          "full_name",
          "git_commits_url",
          "git_refs_url",
          "git_tags_url",
          "git_url",
          "has_discussions",
          "has_downloads",
          "has_issues",
          "has_pages",
          "has_projects",
          "has_pull_requests",
          "has_wiki",
          "homepage",
          "hooks_url",
          "html_url",
          "id",
          "is_template",
          "issue_comment_url",
          "issue_events_url",
          "issues_url",
          "keys_url",
          "labels_url",
          "language",
          "languages_url",
          "license",
          "master_branch",
          "merge_commit_message",
          "merge_commit_title",
          "merges_url",
          "milestones_url",
          "mirror_url",
          "name",
          "network_count",
          "node_id",
          "notifications_url",
          "open_issues",
          "open_issues_count",
          "organization",
          "owner",
          "parent",
          "permissions",
          "private",
          "pull_request_creation_policy",
          "pulls_url",
          "pushed_at",
          "releases_url",
          "role_name",
          "security_and_analysis",
          "size",
          "source",
          "squash_merge_commit_message",
          "squash_merge_commit_title",
          "ssh_url",
          "stargazers_count",
          "stargazers_url",
          "starred_at",
          "statuses_url",
          "subscribers_count",
          "subscribers_url",
          "subscription_url",
          "svn_url",
          "tags_url",
          "teams_url",
          "temp_clone_token",
          "template_repository",
          "topics",
          "trees_url",
          "updated_at",
          "url",
          "use_squash_pr_title_as_default",
          "visibility",
          "watchers",
          "watchers_count",
          "web_commit_signoff_required",
          "score");

  private final Provenance provenance;

  GitHubRecords(Provenance provenance) {
    this.provenance = provenance;
  }

  /**
   * A repository as its stars, contributions and commits refer to it.
   *
   * @param id its id, which survives renaming
   * @param fullName owner and name
   */
  record Target(String id, String fullName) {}

  static Target target(JsonNode repository) {
    return new Target(Json.required(repository, "id"), Json.required(repository, "full_name"));
  }

  /** Reads a repository; {@code watchers_count} is a second name of the stars and is not read. */
  Repository repository(JsonNode item, String raw, Map<String, Long> languages) {
    List<String> topics = new ArrayList<>();
    item.path("topics").forEach(topic -> topics.add(topic.asText()));
    JsonNode license = Json.field(item, "license");
    return Repository.builder(
            Network.GITHUB, Json.required(item, "id"), Json.required(item, "full_name"))
        .owner(ref(Json.field(item, "owner"), null))
        .description(Json.text(item, "description"))
        .language(Json.nonEmpty(item, "language"))
        .languages(
            languages.entrySet().stream()
                .map(entry -> new Repository.LanguageShare(entry.getKey(), entry.getValue()))
                .sorted(
                    Comparator.comparingLong(Repository.LanguageShare::sizeBytes)
                        .reversed()
                        .thenComparing(Repository.LanguageShare::name))
                .toList())
        .topics(topics)
        .stars(Json.number(item, "stargazers_count"))
        .forks(Json.number(item, "forks_count"))
        .watchers(Json.number(item, "subscribers_count"))
        .openIssues(Json.number(item, "open_issues_count"))
        .license(license == null ? null : Json.nonEmpty(license, "spdx_id"))
        .defaultBranch(Json.nonEmpty(item, "default_branch"))
        .fork(Json.flag(item, "fork"))
        .archived(Json.flag(item, "archived"))
        .createdAt(Json.time(item, "created_at"))
        .updatedAt(Json.time(item, "updated_at"))
        .pushedAt(Json.time(item, "pushed_at"))
        .url(Json.nonEmpty(item, "html_url"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  Interaction star(JsonNode item, String raw, Target repository) {
    JsonNode user = Json.field(item, "user");
    if (user == null) {
      throw new IllegalArgumentException("The field 'user' is missing");
    }
    AccountRef actor = ref(user, null);
    return on(repository, "star/" + actor.id() + '/' + repository.id(), Interaction.Type.STAR)
        .actor(actor)
        .createdAt(Json.time(item, "starred_at"))
        .raw(raw)
        .build();
  }

  /** Reads a contributor; an anonymous one has a name and an e-mail address but no account. */
  Interaction contribution(JsonNode item, String raw, Target repository) {
    AccountRef actor = ref(item, Json.nonEmpty(item, "name"));
    String who = actor.id();
    if (who == null) {
      // The address tells two people of one name apart; its digest does so without naming it.
      who = "anonymous-" + digest(Json.text(item, "email") + '\n' + actor.name());
    }
    return on(
            repository,
            "contribution/" + who + '/' + repository.id(),
            Interaction.Type.CONTRIBUTION)
        .actor(actor)
        .count(Json.number(item, "contributions"))
        .raw(raw)
        .build();
  }

  Interaction commit(JsonNode item, String raw, Target repository) {
    JsonNode commit = item.path("commit");
    JsonNode author = commit.path("author");
    return on(repository, Json.required(item, "sha"), Interaction.Type.COMMIT)
        .actor(ref(Json.field(item, "author"), Json.nonEmpty(author, "name")))
        .createdAt(Json.time(author, "date"))
        .text(Json.text(commit, "message"))
        .url(Json.nonEmpty(item, "html_url"))
        .raw(raw)
        .build();
  }

  Account account(JsonNode user, String raw) {
    String type = Json.text(user, "type");
    return Account.builder(Network.GITHUB, Json.required(user, "id"))
        .handle(Json.nonEmpty(user, "login"))
        .url(Json.nonEmpty(user, "html_url"))
        .bot(type == null ? null : type.equals("Bot"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private Interaction.Builder on(Target repository, String id, Interaction.Type type) {
    return Interaction.builder(Network.GITHUB, id, type)
        .targetKind(RecordKind.REPOSITORY)
        .targetId(repository.id())
        .targetName(repository.fullName())
        .provenance(provenance);
  }

  /** Returns who an account is, with a name that stood elsewhere. */
  private static AccountRef ref(@Nullable JsonNode user, @Nullable String name) {
    return user == null
        ? new AccountRef(null, null, name)
        : new AccountRef(Json.nonEmpty(user, "id"), Json.nonEmpty(user, "login"), name);
  }

  private static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
