package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A group of people who meet.
 *
 * @param network the network
 * @param id its id on the network
 * @param name its name
 * @param handle its name in URLs, or {@code null} if not told
 * @param description what it says it is, or {@code null} if not told
 * @param url where it can be seen, or {@code null} if not told
 * @param organizer who leads it
 * @param place where it meets, or {@code null} if not told
 * @param timezone the IANA name of its time zone, or {@code null} if not told
 * @param members how many belong to it, or {@code null} if not told
 * @param topics what it is about
 * @param createdAt when it was founded, or {@code null} if not told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Group(
    Network network,
    String id,
    String name,
    @Nullable String handle,
    @Nullable String description,
    @Nullable String url,
    AccountRef organizer,
    @Nullable Place place,
    @Nullable String timezone,
    @Nullable Long members,
    List<String> topics,
    @Nullable Instant createdAt,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  public Group {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(organizer, "organizer");
    topics = List.copyOf(topics);
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.GROUP, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id, String name) {
    return new Builder(network, id, name);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id, name)
        .handle(handle)
        .description(description)
        .url(url)
        .organizer(organizer)
        .place(place)
        .timezone(timezone)
        .members(members)
        .topics(topics)
        .createdAt(createdAt)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.GROUP;
  }

  /** Collects the values of a group. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private final String name;
    private @Nullable String handle;
    private @Nullable String description;
    private @Nullable String url;
    private AccountRef organizer = AccountRef.UNKNOWN;
    private @Nullable Place place;
    private @Nullable String timezone;
    private @Nullable Long members;
    private List<String> topics = List.of();
    private @Nullable Instant createdAt;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id, String name) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
      this.name = Objects.requireNonNull(name, "name");
    }

    /** Sets its name in URLs. */
    public Builder handle(@Nullable String handle) {
      this.handle = handle;
      return this;
    }

    /** Sets what it says it is. */
    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    /** Sets where it can be seen. */
    public Builder url(@Nullable String url) {
      this.url = url;
      return this;
    }

    /** Sets who leads it. */
    public Builder organizer(AccountRef organizer) {
      this.organizer = organizer;
      return this;
    }

    /** Sets where it meets. */
    public Builder place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    /** Sets the IANA name of its time zone. */
    public Builder timezone(@Nullable String timezone) {
      this.timezone = timezone;
      return this;
    }

    /** Sets how many belong to it. */
    public Builder members(@Nullable Long members) {
      this.members = members;
      return this;
    }

    /** Sets what it is about. */
    public Builder topics(List<String> topics) {
      this.topics = topics;
      return this;
    }

    /** Sets when it was founded. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
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
    public Group build() {
      return new Group(
          network,
          id,
          name,
          handle,
          description,
          url,
          organizer,
          place,
          timezone,
          members,
          topics,
          createdAt,
          provenance,
          raw);
    }
  }
}
