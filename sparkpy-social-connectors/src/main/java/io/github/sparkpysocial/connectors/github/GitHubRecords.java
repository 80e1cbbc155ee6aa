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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of GitHub's objects. Methods throw {@link IllegalArgumentException} for an object
 * that lacks what it needs.
 */
final class GitHubRecords {
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
    return star(who(item, "user"), Json.time(item, "starred_at"), raw, repository);
  }

  /** Reads a star as GraphQL tells it; its id is the one that it has in REST. */
  Interaction starEdge(JsonNode edge, String raw, Target repository) {
    return star(node(edge), Json.time(edge, "starredAt"), raw, repository);
  }

  private Interaction star(AccountRef actor, @Nullable Instant at, String raw, Target repository) {
    return on(repository, starId(actor, repository.id()), Interaction.Type.STAR)
        .actor(actor)
        .createdAt(at)
        .raw(raw)
        .build();
  }

  static String starId(AccountRef actor, String repositoryId) {
    return "star/" + actor.id() + '/' + repositoryId;
  }

  static String forkId(String forkId, String repositoryId) {
    return "fork/" + forkId + '/' + repositoryId;
  }

  /** Reads who is told of what happens in a repository. */
  Interaction watcher(JsonNode user, String raw, Target repository) {
    AccountRef actor = identified(user);
    return on(repository, "watch/" + actor.id() + '/' + repository.id(), Interaction.Type.WATCH)
        .actor(actor)
        .raw(raw)
        .build();
  }

  /** Reads that somebody made a repository's fork, from the fork itself. */
  Interaction fork(JsonNode fork, String raw, Target repository) {
    return on(repository, forkId(Json.required(fork, "id"), repository.id()), Interaction.Type.FORK)
        .actor(who(fork, "owner"))
        .createdAt(Json.time(fork, "created_at"))
        .url(Json.nonEmpty(fork, "html_url"))
        .raw(raw)
        .build();
  }

  /** Reads who belongs to an organisation. */
  Interaction member(JsonNode user, String raw, Target organization) {
    AccountRef actor = identified(user);
    return Interaction.builder(
            Network.GITHUB,
            "membership/" + actor.id() + '/' + organization.id(),
            Interaction.Type.MEMBERSHIP)
        .actor(actor)
        .targetKind(RecordKind.ACCOUNT)
        .targetId(organization.id())
        .targetName(organization.fullName())
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** Reads how many commits somebody wrote in one week, which begins on Sunday. */
  Interaction week(JsonNode author, JsonNode week, String raw, Target repository) {
    AccountRef actor = identified(author);
    Long begins = Json.number(week, "w");
    if (begins == null) {
      throw new IllegalArgumentException("The field 'w' is missing");
    }
    Instant at = Instant.ofEpochSecond(begins);
    return on(
            repository,
            "contribution/" + actor.id() + '/' + repository.id() + '/' + begins,
            Interaction.Type.CONTRIBUTION)
        .actor(actor)
        .createdAt(at)
        .count(Json.number(week, "c"))
        .status("week")
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

  /** Reads the account of a star in GraphQL. */
  Account accountOfNode(JsonNode node, String raw) {
    return Account.builder(Network.GITHUB, Json.required(node, "databaseId"))
        .handle(Json.nonEmpty(node, "login"))
        .url(Json.nonEmpty(node, "url"))
        .provenance(provenance)
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

  /** Reads an account alone, with its profile. */
  Account profile(JsonNode user, String raw) {
    return account(user, raw).toBuilder()
        .name(Json.nonEmpty(user, "name"))
        .description(firstOf(user, "bio", "description"))
        .followers(Json.number(user, "followers"))
        .following(Json.number(user, "following"))
        .createdAt(Json.time(user, "created_at"))
        .build();
  }

  private static @Nullable String firstOf(JsonNode object, String one, String other) {
    String first = Json.nonEmpty(object, one);
    return first == null ? Json.nonEmpty(object, other) : first;
  }

  private Interaction.Builder on(Target repository, String id, Interaction.Type type) {
    return Interaction.builder(Network.GITHUB, id, type)
        .targetKind(RecordKind.REPOSITORY)
        .targetId(repository.id())
        .targetName(repository.fullName())
        .provenance(provenance);
  }

  private static AccountRef who(JsonNode item, String field) {
    JsonNode user = Json.field(item, field);
    if (user == null) {
      throw new IllegalArgumentException("The field '" + field + "' is missing");
    }
    return identified(user);
  }

  private static AccountRef node(JsonNode edge) {
    JsonNode user = Json.field(edge, "node");
    if (user == null) {
      throw new IllegalArgumentException("The field 'node' is missing");
    }
    return new AccountRef(Json.required(user, "databaseId"), Json.nonEmpty(user, "login"), null);
  }

  private static AccountRef identified(JsonNode user) {
    return new AccountRef(Json.required(user, "id"), Json.nonEmpty(user, "login"), null);
  }

  /** Returns who an account is, with a name that stood elsewhere. */
  private static AccountRef ref(@Nullable JsonNode user, @Nullable String name) {
    return user == null
        ? new AccountRef(null, null, name)
        : new AccountRef(Json.nonEmpty(user, "id"), Json.nonEmpty(user, "login"), name);
  }

  static String digest(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
