package io.github.sparkpysocial.connectors.github;

import java.util.Set;

/** The fields of GitHub's objects that are known; others are counted and kept in the raw JSON. */
final class GitHubFields {
  private GitHubFields() {}

  /** The fields of an account inside another object ("simple user"). */
  static final Set<String> USER =
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

  static final Set<String> COMMIT =
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

  static final Set<String> STAR = Set.of("starred_at", "user");

  /**
   * The fields of a repository in a listing ("minimal repository") or alone ("full repository").
   */
  static final Set<String> REPOSITORY =
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

  /** The fields of one week's or one contributor's statistics. */
  static final Set<String> STATISTICS = Set.of("author", "total", "weeks");

  /** The fields of a star in GraphQL, as they are asked for. */
  static final Set<String> STAR_EDGE = Set.of("starredAt", "node");

  /** The fields of an event, in the API and in archives since 2015. */
  static final Set<String> EVENT =
      Set.of("actor", "created_at", "id", "org", "payload", "public", "repo", "type");

  /** The fields of an event in archives before 2015. */
  static final Set<String> OLD_EVENT =
      Set.of(
          "actor",
          "actor_attributes",
          "created_at",
          "payload",
          "public",
          "repository",
          "type",
          "url");
}
