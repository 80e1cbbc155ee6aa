package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A source code repository.
 *
 * @param network the network
 * @param id its id on the network, which survives renaming
 * @param fullName owner and name, as {@code apache/spark}
 * @param owner who owns it
 * @param description what it says it is, or {@code null} if not told
 * @param language the main programming language, or {@code null} if not told
 * @param languages all programming languages, biggest first; empty also if they were not asked for
 * @param topics the topics its owners gave it
 * @param stars how many starred it, or {@code null} if not told
 * @param forks how many forks it has, or {@code null} if not told
 * @param watchers how many are notified of what happens in it, or {@code null} if not told
 * @param openIssues how many issues and pull requests are open, or {@code null} if not told
 * @param license the SPDX id of its licence, or {@code null} if not told
 * @param defaultBranch the name of the branch that is shown first, or {@code null} if not told
 * @param fork whether it is a fork itself, or {@code null} if not told
 * @param archived whether it is read-only, or {@code null} if not told
 * @param createdAt when it was made, or {@code null} if not told
 * @param updatedAt when it was last changed, or {@code null} if not told
 * @param pushedAt when code was last pushed, or {@code null} if not told
 * @param url where it can be seen, or {@code null} if not told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Repository(
    Network network,
    String id,
    String fullName,
    AccountRef owner,
    @Nullable String description,
    @Nullable String language,
    List<LanguageShare> languages,
    List<String> topics,
    @Nullable Long stars,
    @Nullable Long forks,
    @Nullable Long watchers,
    @Nullable Long openIssues,
    @Nullable String license,
    @Nullable String defaultBranch,
    @Nullable Boolean fork,
    @Nullable Boolean archived,
    @Nullable Instant createdAt,
    @Nullable Instant updatedAt,
    @Nullable Instant pushedAt,
    @Nullable String url,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  /**
   * How much of a repository is written in a language.
   *
   * @param name the language
   * @param sizeBytes the bytes of code in it
   */
  public record LanguageShare(String name, long sizeBytes) implements Serializable {
    public LanguageShare {
      Objects.requireNonNull(name, "name");
    }
  }

  public Repository {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(fullName, "fullName");
    Objects.requireNonNull(owner, "owner");
    languages = List.copyOf(languages);
    topics = List.copyOf(topics);
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.REPOSITORY, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id, String fullName) {
    return new Builder(network, id, fullName);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id, fullName)
        .owner(owner)
        .description(description)
        .language(language)
        .languages(languages)
        .topics(topics)
        .stars(stars)
        .forks(forks)
        .watchers(watchers)
        .openIssues(openIssues)
        .license(license)
        .defaultBranch(defaultBranch)
        .fork(fork)
        .archived(archived)
        .createdAt(createdAt)
        .updatedAt(updatedAt)
        .pushedAt(pushedAt)
        .url(url)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.REPOSITORY;
  }

  /** Collects the values of a repository. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private final String fullName;
    private AccountRef owner = AccountRef.UNKNOWN;
    private @Nullable String description;
    private @Nullable String language;
    private List<LanguageShare> languages = List.of();
    private List<String> topics = List.of();
    private @Nullable Long stars;
    private @Nullable Long forks;
    private @Nullable Long watchers;
    private @Nullable Long openIssues;
    private @Nullable String license;
    private @Nullable String defaultBranch;
    private @Nullable Boolean fork;
    private @Nullable Boolean archived;
    private @Nullable Instant createdAt;
    private @Nullable Instant updatedAt;
    private @Nullable Instant pushedAt;
    private @Nullable String url;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id, String fullName) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
      this.fullName = Objects.requireNonNull(fullName, "fullName");
    }

    /** Sets who owns it. */
    public Builder owner(AccountRef owner) {
      this.owner = owner;
      return this;
    }

    /** Sets what it says it is. */
    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    /** Sets the main programming language. */
    public Builder language(@Nullable String language) {
      this.language = language;
      return this;
    }

    /** Sets all programming languages, biggest first; empty also if they were not asked for. */
    public Builder languages(List<LanguageShare> languages) {
      this.languages = languages;
      return this;
    }

    /** Sets the topics its owners gave it. */
    public Builder topics(List<String> topics) {
      this.topics = topics;
      return this;
    }

    /** Sets how many starred it. */
    public Builder stars(@Nullable Long stars) {
      this.stars = stars;
      return this;
    }

    /** Sets how many forks it has. */
    public Builder forks(@Nullable Long forks) {
      this.forks = forks;
      return this;
    }

    /** Sets how many are notified of what happens in it. */
    public Builder watchers(@Nullable Long watchers) {
      this.watchers = watchers;
      return this;
    }

    /** Sets how many issues and pull requests are open. */
    public Builder openIssues(@Nullable Long openIssues) {
      this.openIssues = openIssues;
      return this;
    }

    /** Sets the SPDX id of its licence. */
    public Builder license(@Nullable String license) {
      this.license = license;
      return this;
    }

    /** Sets the name of the branch that is shown first. */
    public Builder defaultBranch(@Nullable String defaultBranch) {
      this.defaultBranch = defaultBranch;
      return this;
    }

    /** Sets whether it is a fork itself. */
    public Builder fork(@Nullable Boolean fork) {
      this.fork = fork;
      return this;
    }

    /** Sets whether it is read-only. */
    public Builder archived(@Nullable Boolean archived) {
      this.archived = archived;
      return this;
    }

    /** Sets when it was made. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets when it was last changed. */
    public Builder updatedAt(@Nullable Instant updatedAt) {
      this.updatedAt = updatedAt;
      return this;
    }

    /** Sets when code was last pushed. */
    public Builder pushedAt(@Nullable Instant pushedAt) {
      this.pushedAt = pushedAt;
      return this;
    }

    /** Sets where it can be seen. */
    public Builder url(@Nullable String url) {
      this.url = url;
      return this;
    }

    /** Sets where and when it was fetched. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** Sets the JSON object the network answered, or {@code null} if it was not kept. */
    public Builder raw(@Nullable String raw) {
      this.raw = raw;
      return this;
    }

    /** Returns the record. */
    public Repository build() {
      return new Repository(
          network,
          id,
          fullName,
          owner,
          description,
          language,
          languages,
          topics,
          stars,
          forks,
          watchers,
          openIssues,
          license,
          defaultBranch,
          fork,
          archived,
          createdAt,
          updatedAt,
          pushedAt,
          url,
          provenance,
          raw);
    }
  }
}
