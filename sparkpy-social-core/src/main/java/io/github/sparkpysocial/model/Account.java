package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person, a bot or an organisation on a network.
 *
 * @param network the network
 * @param id its id on the network, which never changes
 * @param handle what follows the {@code @}, without it; people change it, or {@code null} if not
 *     told
 * @param name the display name, or {@code null} if not told
 * @param description what the profile says, or {@code null} if not told
 * @param url where the profile can be read, or {@code null} if not told
 * @param place where the profile says they are, or {@code null} if not told
 * @param createdAt when it was opened, or {@code null} if not told
 * @param followers how many follow it, or {@code null} if not told
 * @param following how many it follows, or {@code null} if not told
 * @param posts how many posts it has, or {@code null} if not told
 * @param verified whether the network vouches for it, or {@code null} if not told
 * @param bot whether it says that it is a bot, or {@code null} if not told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Account(
    Network network,
    String id,
    @Nullable String handle,
    @Nullable String name,
    @Nullable String description,
    @Nullable String url,
    @Nullable Place place,
    @Nullable Instant createdAt,
    @Nullable Long followers,
    @Nullable Long following,
    @Nullable Long posts,
    @Nullable Boolean verified,
    @Nullable Boolean bot,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  public Account {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.ACCOUNT, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id) {
    return new Builder(network, id);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id)
        .handle(handle)
        .name(name)
        .description(description)
        .url(url)
        .place(place)
        .createdAt(createdAt)
        .followers(followers)
        .following(following)
        .posts(posts)
        .verified(verified)
        .bot(bot)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.ACCOUNT;
  }

  /** Collects the values of an account. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private @Nullable String handle;
    private @Nullable String name;
    private @Nullable String description;
    private @Nullable String url;
    private @Nullable Place place;
    private @Nullable Instant createdAt;
    private @Nullable Long followers;
    private @Nullable Long following;
    private @Nullable Long posts;
    private @Nullable Boolean verified;
    private @Nullable Boolean bot;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
    }

    /** Sets what follows the {@code @}, without it; people change it. */
    public Builder handle(@Nullable String handle) {
      this.handle = handle;
      return this;
    }

    /** Sets the display name. */
    public Builder name(@Nullable String name) {
      this.name = name;
      return this;
    }

    /** Sets what the profile says. */
    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    /** Sets where the profile can be read. */
    public Builder url(@Nullable String url) {
      this.url = url;
      return this;
    }

    /** Sets where the profile says they are. */
    public Builder place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    /** Sets when it was opened. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets how many follow it. */
    public Builder followers(@Nullable Long followers) {
      this.followers = followers;
      return this;
    }

    /** Sets how many it follows. */
    public Builder following(@Nullable Long following) {
      this.following = following;
      return this;
    }

    /** Sets how many posts it has. */
    public Builder posts(@Nullable Long posts) {
      this.posts = posts;
      return this;
    }

    /** Sets whether the network vouches for it. */
    public Builder verified(@Nullable Boolean verified) {
      this.verified = verified;
      return this;
    }

    /** Sets whether it says that it is a bot. */
    public Builder bot(@Nullable Boolean bot) {
      this.bot = bot;
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
    public Account build() {
      return new Account(
          network,
          id,
          handle,
          name,
          description,
          url,
          place,
          createdAt,
          followers,
          following,
          posts,
          verified,
          bot,
          provenance,
          raw);
    }
  }
}
