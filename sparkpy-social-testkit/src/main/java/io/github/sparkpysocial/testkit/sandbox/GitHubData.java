package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the sandbox's GitHub knows, by name and id. Immutable. */
final class GitHubData {
  static final String ORGANIZATION_ID = "2900001";

  private final Community community;
  private final Map<String, Repository> byName = new HashMap<>();
  private final Map<String, Repository> byId = new HashMap<>();
  private final Map<String, String> renamed = new HashMap<>();
  private final Map<String, Account> users = new HashMap<>();
  private final Map<String, Integer> crowds = new HashMap<>();

  GitHubData(Community community, GitHubOptions options) {
    this.community = community;
    for (Repository repository : community.repositories()) {
      byName.put(lower(repository.fullName()), repository);
      byId.put(repository.id(), repository);
    }
    community.renamedRepositories().forEach((from, to) -> renamed.put(lower(from), lower(to)));
    for (Account account : community.accounts(Network.GITHUB)) {
      users.put(lower(String.valueOf(account.handle())), account);
    }
    options.crowds().forEach((name, stars) -> crowds.put(lower(name), stars));
  }

  List<Repository> repositories() {
    return community.repositories();
  }

  @Nullable Repository byName(String fullName) {
    return byName.get(lower(fullName));
  }

  @Nullable Repository byId(String id) {
    return byId.get(id);
  }

  /** Returns the repository that had this name once, or {@code null}. */
  @Nullable Repository formerly(String fullName) {
    String now = renamed.get(lower(fullName));
    return now == null ? null : byName.get(now);
  }

  @Nullable Account user(String login) {
    return users.get(lower(login));
  }

  List<Interaction> members() {
    return community.organizationMembers();
  }

  List<Interaction> commits(Repository repository) {
    return community.commitsTo(repository.id());
  }

  List<Interaction> contributions(Repository repository) {
    return community.contributionsTo(repository.id());
  }

  List<Interaction> forks(Repository repository) {
    return community.forksOf(repository.id());
  }

  List<Interaction> watchers(Repository repository) {
    return community.watchersOf(repository.id());
  }

  /** Returns the stars, oldest first; those of a crowd are made when they are read. */
  List<Interaction> stars(Repository repository) {
    Integer crowd = crowds.get(lower(repository.fullName()));
    return crowd == null
        ? community.starsOf(repository.id())
        : new Crowd(repository, crowd, community.now());
  }

  long starCount(Repository repository) {
    Integer crowd = crowds.get(lower(repository.fullName()));
    return crowd == null ? Objects.requireNonNullElse(repository.stars(), 0L) : crowd;
  }

  /** Returns whether the stars are those that the community tells of. */
  boolean isTrue(Repository repository) {
    return !crowds.containsKey(lower(repository.fullName()));
  }

  static Instant time(Interaction interaction) {
    return Objects.requireNonNull(interaction.createdAt(), "The community dates everything");
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Many stars, evenly spread over the life of a repository. */
  private static final class Crowd extends AbstractList<Interaction> {
    private static final long FIRST_USER = 90_000_000L;

    private final Repository repository;
    private final int size;
    private final Instant created;
    private final long life;

    Crowd(Repository repository, int size, Instant now) {
      this.repository = repository;
      this.size = size;
      this.created = Objects.requireNonNull(repository.createdAt(), "The community dates these");
      this.life = Duration.between(created, now).toSeconds();
    }

    @Override
    public Interaction get(int index) {
      String id = Long.toString(FIRST_USER + Objects.checkIndex(index, size));
      return Interaction.builder(
              Network.GITHUB, "star/" + id + '/' + repository.id(), Interaction.Type.STAR)
          .actor(new AccountRef(id, "crowd-" + index, null))
          .targetKind(RecordKind.REPOSITORY)
          .targetId(repository.id())
          .targetName(repository.fullName())
          .createdAt(created.plusSeconds(life * index / size))
          .build();
    }

    @Override
    public int size() {
      return size;
    }
  }
}
