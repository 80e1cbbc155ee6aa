package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A meeting, in the world or online.
 *
 * @param network the network
 * @param id its id on the network
 * @param title its title
 * @param status whether it is to come, over or cancelled
 * @param description what it says it is, or {@code null} if not told
 * @param format whether people meet in the world, online or both, or {@code null} if not told
 * @param startsAt when it starts, or {@code null} if not told
 * @param startsAtText the same time as the network spelled it, usually with the local offset, or
 *     {@code null} if not told
 * @param endsAt when it ends, or {@code null} if not told
 * @param timezone the IANA name of the time zone it is announced in, or {@code null} if not told
 * @param groupId the id of the group that holds it, or {@code null} if not told
 * @param groupName the name of the group that holds it, or {@code null} if not told
 * @param hosts who holds it
 * @param place where it is held, or {@code null} if not told
 * @param address street and city of the venue, or {@code null} if not told
 * @param attendees how many said that they come, or came, or {@code null} if not told
 * @param createdAt when it was announced, or {@code null} if not told
 * @param url where it can be seen, or {@code null} if not told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Event(
    Network network,
    String id,
    String title,
    Status status,
    @Nullable String description,
    @Nullable Format format,
    @Nullable Instant startsAt,
    @Nullable String startsAtText,
    @Nullable Instant endsAt,
    @Nullable String timezone,
    @Nullable String groupId,
    @Nullable String groupName,
    List<AccountRef> hosts,
    @Nullable Place place,
    @Nullable String address,
    @Nullable Long attendees,
    @Nullable Instant createdAt,
    @Nullable String url,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  /** Whether an event is to come, over or cancelled. */
  public enum Status {
    /** It is to come. */
    UPCOMING,
    /** It is over. */
    PAST,
    /** It does not take place. */
    CANCELLED,
    /** It is being prepared and not announced. */
    DRAFT,
    /** The network did not tell, or told something new. */
    UNKNOWN
  }

  /** How people meet. */
  public enum Format {
    /** In the world. */
    PHYSICAL,
    /** Online. */
    ONLINE,
    /** Both at once. */
    HYBRID
  }

  public Event {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(status, "status");
    hosts = List.copyOf(hosts);
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.EVENT, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id, String title) {
    return new Builder(network, id, title);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id, title)
        .status(status)
        .description(description)
        .format(format)
        .startsAt(startsAt)
        .startsAtText(startsAtText)
        .endsAt(endsAt)
        .timezone(timezone)
        .groupId(groupId)
        .groupName(groupName)
        .hosts(hosts)
        .place(place)
        .address(address)
        .attendees(attendees)
        .createdAt(createdAt)
        .url(url)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.EVENT;
  }

  /** Collects the values of an event. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private final String title;
    private Status status = Status.UNKNOWN;
    private @Nullable String description;
    private @Nullable Format format;
    private @Nullable Instant startsAt;
    private @Nullable String startsAtText;
    private @Nullable Instant endsAt;
    private @Nullable String timezone;
    private @Nullable String groupId;
    private @Nullable String groupName;
    private List<AccountRef> hosts = List.of();
    private @Nullable Place place;
    private @Nullable String address;
    private @Nullable Long attendees;
    private @Nullable Instant createdAt;
    private @Nullable String url;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id, String title) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
      this.title = Objects.requireNonNull(title, "title");
    }

    /** Sets whether it is to come, over or cancelled. */
    public Builder status(Status status) {
      this.status = status;
      return this;
    }

    /** Sets what it says it is. */
    public Builder description(@Nullable String description) {
      this.description = description;
      return this;
    }

    /** Sets whether people meet in the world, online or both. */
    public Builder format(@Nullable Format format) {
      this.format = format;
      return this;
    }

    /** Sets when it starts. */
    public Builder startsAt(@Nullable Instant startsAt) {
      this.startsAt = startsAt;
      return this;
    }

    /** Sets the same time as the network spelled it, usually with the local offset. */
    public Builder startsAtText(@Nullable String startsAtText) {
      this.startsAtText = startsAtText;
      return this;
    }

    /** Sets when it ends. */
    public Builder endsAt(@Nullable Instant endsAt) {
      this.endsAt = endsAt;
      return this;
    }

    /** Sets the IANA name of the time zone it is announced in. */
    public Builder timezone(@Nullable String timezone) {
      this.timezone = timezone;
      return this;
    }

    /** Sets the id of the group that holds it. */
    public Builder groupId(@Nullable String groupId) {
      this.groupId = groupId;
      return this;
    }

    /** Sets the name of the group that holds it. */
    public Builder groupName(@Nullable String groupName) {
      this.groupName = groupName;
      return this;
    }

    /** Sets who holds it. */
    public Builder hosts(List<AccountRef> hosts) {
      this.hosts = hosts;
      return this;
    }

    /** Sets where it is held. */
    public Builder place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    /** Sets street and city of the venue. */
    public Builder address(@Nullable String address) {
      this.address = address;
      return this;
    }

    /** Sets how many said that they come, or came. */
    public Builder attendees(@Nullable Long attendees) {
      this.attendees = attendees;
      return this;
    }

    /** Sets when it was announced. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
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
    public Event build() {
      return new Event(
          network,
          id,
          title,
          status,
          description,
          format,
          startsAt,
          startsAtText,
          endsAt,
          timezone,
          groupId,
          groupName,
          hosts,
          place,
          address,
          attendees,
          createdAt,
          url,
          provenance,
          raw);
    }
  }
}
