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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the objects of Meetup's REST API v2. Times are milliseconds since 1970 in UTC;
 * fields without a value are left out; coordinates may be numbers, numbers as text, {@code ""} or
 * {@code "None"}. Methods throw {@link IllegalArgumentException} for an object that lacks what it
 * needs.
 */
final class MeetupV2Records {
  private final Provenance provenance;

  MeetupV2Records(Provenance provenance) {
    this.provenance = provenance;
  }

  Group group(JsonNode item, String raw) {
    Set<String> topics = new LinkedHashSet<>();
    JsonNode category = Json.field(item, "category");
    if (category != null && Json.nonEmpty(category, "name") != null) {
      topics.add(Json.required(category, "name"));
    }
    item.path("topics").forEach(topic -> topics.add(Json.required(topic, "name")));
    return Group.builder(Network.MEETUP, Json.required(item, "id"), Json.required(item, "name"))
        .handle(Json.nonEmpty(item, "urlname"))
        .description(Json.text(item, "description"))
        .url(Json.nonEmpty(item, "link"))
        .organizer(member(item.path("organizer")))
        .place(home(item))
        .timezone(Json.nonEmpty(item, "timezone"))
        .members(Json.number(item, "members"))
        .topics(List.copyOf(topics))
        .createdAt(time(item, "created"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  Event event(JsonNode item, String raw) {
    Instant startsAt = time(item, "time");
    Long duration = Json.number(item, "duration");
    JsonNode venue = Json.field(item, "venue");
    JsonNode group = item.path("group");
    return Event.builder(Network.MEETUP, Json.required(item, "id"), Json.required(item, "name"))
        .status(status(Json.text(item, "status")))
        .description(Json.text(item, "description"))
        .format(venue == null ? null : Event.Format.PHYSICAL)
        .startsAt(startsAt)
        .startsAtText(local(startsAt, Json.number(item, "utc_offset")))
        .endsAt(startsAt == null || duration == null ? null : startsAt.plusMillis(duration))
        .timezone(Json.nonEmpty(item, "timezone"))
        .groupId(Json.nonEmpty(group, "id"))
        .groupName(Json.nonEmpty(group, "name"))
        .hosts(hosts(item))
        .place(venue == null ? null : venue(venue))
        .address(venue == null ? null : MeetupRecords.joined(venue, "address_1", "city"))
        .attendees(Json.number(item, "yes_rsvp_count"))
        .createdAt(time(item, "created"))
        .url(Json.nonEmpty(item, "event_url"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  Account member(JsonNode item, String raw) {
    return Account.builder(Network.MEETUP, Json.required(item, "id"))
        .name(Json.nonEmpty(item, "name"))
        .description(Json.text(item, "bio"))
        .url(Json.nonEmpty(item, "link"))
        .place(home(item))
        .createdAt(time(item, "joined"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** Reads an answer to an invitation; its time is that of its last change, as in today's API. */
  Interaction rsvp(JsonNode item, String raw) {
    Instant changed = time(item, "mtime");
    JsonNode event = item.path("event");
    return Interaction.builder(
            Network.MEETUP, Json.required(item, "rsvp_id"), Interaction.Type.RSVP)
        .actor(member(item.path("member")))
        .targetKind(RecordKind.EVENT)
        .targetId(Json.required(event, "id"))
        .targetName(Json.nonEmpty(event, "name"))
        .createdAt(changed == null ? time(item, "created") : changed)
        .status(Json.nonEmpty(item, "response"))
        .text(Json.nonEmpty(item, "comments"))
        .url(Json.nonEmpty(event, "event_url"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private static AccountRef member(JsonNode member) {
    return member.isObject()
        ? new AccountRef(Json.nonEmpty(member, "member_id"), null, Json.nonEmpty(member, "name"))
        : AccountRef.UNKNOWN;
  }

  private static List<AccountRef> hosts(JsonNode event) {
    List<AccountRef> hosts = new ArrayList<>();
    for (JsonNode host : event.path("event_hosts")) {
      hosts.add(member(host));
    }
    return hosts;
  }

  private static @Nullable Instant time(JsonNode item, String name) {
    Long millis = Json.number(item, name);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  /** Spells a time with the offset that the item tells beside it. */
  private static @Nullable String local(@Nullable Instant time, @Nullable Long offsetMillis) {
    if (time == null || offsetMillis == null) {
      return time == null ? null : Long.toString(time.toEpochMilli());
    }
    try {
      ZoneOffset offset =
          ZoneOffset.ofTotalSeconds(Math.toIntExact(Duration.ofMillis(offsetMillis).toSeconds()));
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atOffset(offset));
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("The field 'utc_offset' is no offset", e);
    }
  }

  private static @Nullable Place venue(JsonNode venue) {
    GeoPoint point = point(venue);
    String name = Json.nonEmpty(venue, "name");
    return point == null && name == null
        ? null
        : new Place(
            point,
            Place.Precision.POINT,
            null,
            Json.nonEmpty(venue, "id"),
            name,
            MeetupRecords.country(venue));
  }

  private static @Nullable Place home(JsonNode item) {
    GeoPoint point = point(item);
    String name = MeetupRecords.joined(item, "city", "state");
    String country = MeetupRecords.country(item);
    return point == null && name == null && country == null
        ? null
        : new Place(point, Place.Precision.PROFILE, null, null, name, country);
  }

  private static @Nullable GeoPoint point(JsonNode item) {
    Double latitude = coordinate(item, "lat");
    Double longitude = coordinate(item, "lon");
    return latitude == null || longitude == null || (latitude == 0 && longitude == 0)
        ? null
        : new GeoPoint(latitude, longitude);
  }

  private static @Nullable Double coordinate(JsonNode item, String name) {
    String text = Json.nonEmpty(item, name);
    if (text == null || text.isBlank() || text.equalsIgnoreCase("none")) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("The field '" + name + "' is no number", e);
    }
  }

  private static Event.Status status(@Nullable String status) {
    return switch (status == null ? "" : status) {
      case "upcoming" -> Event.Status.UPCOMING;
      case "past" -> Event.Status.PAST;
      case "cancelled", "canceled" -> Event.Status.CANCELLED;
      case "draft", "proposed", "suggested" -> Event.Status.DRAFT;
      default -> Event.Status.UNKNOWN;
    };
  }
}
