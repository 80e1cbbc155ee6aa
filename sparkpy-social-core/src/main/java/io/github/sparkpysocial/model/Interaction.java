package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who did what to whom, and when: one edge of the network of people and things.
 *
 * @param network the network
 * @param id its id; where the network gives none, made of type, actor and target so that it is the
 *     same each time
 * @param type what was done
 * @param actor who did it
 * @param targetKind what it was done to, or {@code null} if not told
 * @param targetId the id of what it was done to, or {@code null} if not told
 * @param targetName the name of what it was done to, such as {@code apache/spark}, or {@code null}
 *     if not told
 * @param createdAt when, or {@code null} if not told
 * @param count how many times, for a {@link Type#CONTRIBUTION} or {@link Type#PUSH} that tells;
 *     otherwise {@code null}
 * @param status the answer to an invitation (such as {@code YES}), the role in a group or what else
 *     was done, as the network spells it, or {@code null}
 * @param text what was said with it, such as the message of a commit, or {@code null}
 * @param url where it can be seen, or {@code null} if not told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Interaction(
    Network network,
    String id,
    Type type,
    AccountRef actor,
    @Nullable RecordKind targetKind,
    @Nullable String targetId,
    @Nullable String targetName,
    @Nullable Instant createdAt,
    @Nullable Long count,
    @Nullable String status,
    @Nullable String text,
    @Nullable String url,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  /** What one account did. */
  public enum Type {
    /** Starred a repository. */
    STAR,
    /** Forked a repository. */
    FORK,
    /** Wrote one commit. */
    COMMIT,
    /** Contributed {@link Interaction#count()} commits to a repository in all. */
    CONTRIBUTION,
    /** Watches a repository. */
    WATCH,
    /** Answered the invitation to an event. */
    RSVP,
    /** Hosts an event. */
    HOST,
    /** Belongs to a group. */
    MEMBERSHIP,
    /** Answered a post. */
    REPLY,
    /** Named an account in a post. */
    MENTION,
    /** Repeated a post. */
    REPOST,
    /** Quoted a post. */
    QUOTE,
    /** Liked a post. */
    LIKE,
    /** Follows an account. */
    FOLLOW,
    /** Pushed {@link Interaction#count()} commits to a repository at once. */
    PUSH,
    /** Did something else, which {@link Interaction#status()} names as the network does. */
    OTHER
  }

  public Interaction {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(actor, "actor");
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.INTERACTION, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id, Type type) {
    return new Builder(network, id, type);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id, type)
        .actor(actor)
        .targetKind(targetKind)
        .targetId(targetId)
        .targetName(targetName)
        .createdAt(createdAt)
        .count(count)
        .status(status)
        .text(text)
        .url(url)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.INTERACTION;
  }

  /** Collects the values of an interaction. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private final Type type;
    private AccountRef actor = AccountRef.UNKNOWN;
    private @Nullable RecordKind targetKind;
    private @Nullable String targetId;
    private @Nullable String targetName;
    private @Nullable Instant createdAt;
    private @Nullable Long count;
    private @Nullable String status;
    private @Nullable String text;
    private @Nullable String url;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id, Type type) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
      this.type = Objects.requireNonNull(type, "type");
    }

    /** Sets who did it. */
    public Builder actor(AccountRef actor) {
      this.actor = actor;
      return this;
    }

    /** Sets what it was done to. */
    public Builder targetKind(@Nullable RecordKind targetKind) {
      this.targetKind = targetKind;
      return this;
    }

    /** Sets the id of what it was done to. */
    public Builder targetId(@Nullable String targetId) {
      this.targetId = targetId;
      return this;
    }

    /** Sets the name of what it was done to, such as {@code apache/spark}. */
    public Builder targetName(@Nullable String targetName) {
      this.targetName = targetName;
      return this;
    }

    /** Sets when. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets how many times, for a {@link Type#CONTRIBUTION}; otherwise {@code null}. */
    public Builder count(@Nullable Long count) {
      this.count = count;
      return this;
    }

    /**
     * Sets the answer to an invitation (such as {@code YES}) or the role in a group, as the network
     * spells it, or {@code null}.
     */
    public Builder status(@Nullable String status) {
      this.status = status;
      return this;
    }

    /** Sets what was said with it, such as the message of a commit, or {@code null}. */
    public Builder text(@Nullable String text) {
      this.text = text;
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
    public Interaction build() {
      return new Interaction(
          network,
          id,
          type,
          actor,
          targetKind,
          targetId,
          targetName,
          createdAt,
          count,
          status,
          text,
          url,
          provenance,
          raw);
    }
  }
}
