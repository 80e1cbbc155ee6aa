package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of Meetup's objects. Methods throw {@link IllegalArgumentException} for an object
 * that lacks what it needs.
 */
final class MeetupRecords {
  private final Provenance provenance;

  MeetupRecords(Provenance provenance) {
    this.provenance = provenance;
  }

  Group group(JsonNode item, String raw) {
    Set<String> topics = new LinkedHashSet<>();
    JsonNode category = Json.field(item, "topicCategory");
    if (category != null && Json.nonEmpty(category, "name") != null) {
      topics.add(Json.required(category, "name"));
    }
    item.path("activeTopics").forEach(topic -> topics.add(Json.required(topic, "name")));
    return Group.builder(Network.MEETUP, Json.required(item, "id"), Json.required(item, "name"))
        .handle(Json.nonEmpty(item, "urlname"))
        .description(Json.text(item, "description"))
        .url(Json.nonEmpty(item, "link"))
        .organizer(ref(Json.field(item, "organizer")))
        .place(home(item))
        .timezone(Json.nonEmpty(item, "timezone"))
        .members(Json.number(item.path("stats").path("memberCounts"), "all"))
        .topics(List.copyOf(topics))
        .createdAt(MeetupTimes.field(item, "foundedDate"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** Reads an event of a group. */
  Event event(JsonNode item, String raw, JsonNode group) {
    Instant startsAt = MeetupTimes.field(item, "dateTime");
    JsonNode venue = venue(item);
    JsonNode answers = item.path("rsvps");
    return Event.builder(Network.MEETUP, Json.required(item, "id"), Json.required(item, "title"))
        .status(status(Json.text(item, "status")))
        .description(Json.text(item, "description"))
        .format(format(Json.text(item, "eventType")))
        .startsAt(startsAt)
        .startsAtText(Json.nonEmpty(item, "dateTime"))
        .endsAt(endsAt(item, startsAt))
        .timezone(Json.nonEmpty(group, "timezone"))
        .groupId(Json.nonEmpty(group, "id"))
        .groupName(Json.nonEmpty(group, "name"))
        .hosts(hosts(item))
        .place(venue == null ? null : place(venue))
        .address(venue == null ? null : joined(venue, "address", "city"))
        .attendees(larger(Json.number(answers, "yesCount"), Json.number(answers, "attendedCount")))
        .createdAt(MeetupTimes.field(item, "createdTime"))
        .url(Json.nonEmpty(item, "eventUrl"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** Returns who hosts an event, as interactions, so that hosts can be counted like authors. */
  List<Interaction> hosting(Event event) {
    List<Interaction> hosting = new ArrayList<>();
    for (AccountRef host : event.hosts()) {
      if (host.id() != null) {
        hosting.add(
            Interaction.builder(
                    Network.MEETUP, "host/" + host.id() + '/' + event.id(), Interaction.Type.HOST)
                .actor(host)
                .targetKind(RecordKind.EVENT)
                .targetId(event.id())
                .targetName(event.title())
                .createdAt(event.startsAt())
                .provenance(provenance)
                .build());
      }
    }
    return hosting;
  }

  Account member(JsonNode item, String raw) {
    return Account.builder(Network.MEETUP, Json.required(item, "id"))
        .handle(Json.nonEmpty(item, "username"))
        .name(Json.nonEmpty(item, "name"))
        .description(Json.text(item, "bio"))
        .url(Json.nonEmpty(item, "memberUrl"))
        .place(home(item))
        .createdAt(MeetupTimes.field(item, "startDate"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** Reads a membership: one of both is the node of the edge, how they belong its metadata. */
  Interaction membership(JsonNode edge, String raw, JsonNode who, JsonNode group) {
    JsonNode metadata = edge.path("metadata");
    AccountRef member = ref(who);
    String groupId = Json.required(group, "id");
    return Interaction.builder(
            Network.MEETUP,
            "membership/" + known(member) + '/' + groupId,
            Interaction.Type.MEMBERSHIP)
        .actor(member)
        .targetKind(RecordKind.GROUP)
        .targetId(groupId)
        .targetName(Json.nonEmpty(group, "name"))
        .createdAt(MeetupTimes.field(metadata, "joinTime"))
        .status(Json.nonEmpty(metadata, "role"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  Interaction rsvp(JsonNode item, String raw, JsonNode event) {
    return Interaction.builder(Network.MEETUP, Json.required(item, "id"), Interaction.Type.RSVP)
        .actor(ref(Json.field(item, "member")))
        .targetKind(RecordKind.EVENT)
        .targetId(Json.required(event, "id"))
        .targetName(Json.nonEmpty(event, "title"))
        .createdAt(MeetupTimes.field(item, "updated"))
        .status(Json.nonEmpty(item, "status"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private static String known(AccountRef member) {
    if (member.id() == null) {
      throw new IllegalArgumentException("The member's field 'id' is missing");
    }
    return member.id();
  }

  private static AccountRef ref(@Nullable JsonNode member) {
    return member == null
        ? AccountRef.UNKNOWN
        : new AccountRef(
            Json.nonEmpty(member, "id"),
            Json.nonEmpty(member, "username"),
            Json.nonEmpty(member, "name"));
  }

  private static List<AccountRef> hosts(JsonNode event) {
    List<AccountRef> hosts = new ArrayList<>();
    for (JsonNode host : event.path("eventHosts")) {
      if (host.isObject()) {
        hosts.add(
            new AccountRef(Json.nonEmpty(host, "memberId"), null, Json.nonEmpty(host, "name")));
      }
    }
    return hosts;
  }

  /** Returns the first venue in the world, or {@code null} if there is none. */
  private static @Nullable JsonNode venue(JsonNode event) {
    for (JsonNode venue : event.path("venues")) {
      if (venue.isObject() && !"online".equalsIgnoreCase(Json.text(venue, "venueType"))) {
        return venue;
      }
    }
    return null;
  }

  /** Returns where a venue stands. */
  private static @Nullable Place place(JsonNode venue) {
    GeoPoint point = point(venue);
    String name = Json.nonEmpty(venue, "name");
    if (point == null && name == null) {
      return null;
    }
    return new Place(
        point, Place.Precision.POINT, null, Json.nonEmpty(venue, "id"), name, country(venue));
  }

  /** Returns the town that a group or a member names; its point is the middle of the town. */
  private static @Nullable Place home(JsonNode item) {
    GeoPoint point = point(item);
    String name = joined(item, "city", "state");
    String country = country(item);
    return point == null && name == null && country == null
        ? null
        : new Place(point, Place.Precision.PROFILE, null, null, name, country);
  }

  /** Meetup writes 0, 0 where it knows no point. */
  private static @Nullable GeoPoint point(JsonNode item) {
    JsonNode latitude = Json.field(item, "lat");
    JsonNode longitude = Json.field(item, "lon");
    if (latitude == null || longitude == null) {
      return null;
    }
    if (!latitude.isNumber() || !longitude.isNumber()) {
      throw new IllegalArgumentException("The fields 'lat' and 'lon' are not numbers");
    }
    return latitude.doubleValue() == 0 && longitude.doubleValue() == 0
        ? null
        : new GeoPoint(latitude.doubleValue(), longitude.doubleValue());
  }

  static @Nullable String country(JsonNode item) {
    String code = Json.nonEmpty(item, "country");
    return code == null || code.length() != 2 ? null : code.toUpperCase(Locale.ROOT);
  }

  static @Nullable String joined(JsonNode item, String... names) {
    StringJoiner parts = new StringJoiner(", ");
    for (String name : names) {
      String part = Json.nonEmpty(item, name);
      if (part != null && !part.isBlank()) {
        parts.add(part.strip());
      }
    }
    return parts.length() == 0 ? null : parts.toString();
  }

  private static @Nullable Instant endsAt(JsonNode event, @Nullable Instant startsAt) {
    Instant told = MeetupTimes.field(event, "endTime");
    String duration = Json.nonEmpty(event, "duration");
    if (told != null || duration == null || startsAt == null) {
      return told;
    }
    try {
      return startsAt.plus(Duration.parse(duration));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("The field 'duration' is not an ISO-8601 duration", e);
    }
  }

  /** Those who came are counted among those who said yes, as far as hosts took note of it. */
  private static @Nullable Long larger(@Nullable Long one, @Nullable Long other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }

  private static Event.Status status(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "ACTIVE", "AUTOSCHED" -> Event.Status.UPCOMING;
      case "PAST", "AUTOSCHED_FINISHED" -> Event.Status.PAST;
      case "CANCELLED", "CANCELLED_PERM", "AUTOSCHED_CANCELLED" -> Event.Status.CANCELLED;
      case "DRAFT", "AUTOSCHED_DRAFT", "PENDING", "PROPOSED" -> Event.Status.DRAFT;
      default -> Event.Status.UNKNOWN;
    };
  }

  private static Event.@Nullable Format format(@Nullable String type) {
    return switch (type == null ? "" : type) {
      case "PHYSICAL" -> Event.Format.PHYSICAL;
      case "ONLINE" -> Event.Format.ONLINE;
      case "HYBRID" -> Event.Format.HYBRID;
      default -> null;
    };
  }
}
