package io.github.sparkpysocial.connectors.meetup;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an item of Meetup's REST API v2 is, and the fields that it had. */
enum MeetupV2Kind {
  RSVP(
      "rsvp",
      "rsvp_id response created mtime guests member member_photo event group venue comments host"
          + " tallies answers pay_status watching"),
  EVENT(
      "event",
      "id name status visibility time duration utc_offset created updated description"
          + " simple_html_description event_url yes_rsvp_count maybe_rsvp_count waitlist_count"
          + " headcount rsvp_limit rsvp_rules rsvpable rating fee how_to_find_us photo_url"
          + " photo_count comment_count announced distance why timezone venue group event_hosts"
          + " survey_questions trending_rank self"),
  GROUP(
      "group",
      "id name urlname link description created city state country lat lon members rating join_mode"
          + " visibility who timezone utc_offset category topics organizer group_photo photos self"
          + " score distance status"),
  MEMBER(
      "member",
      "id name status link city state country hometown lat lon lang bio gender joined visited photo"
          + " photo_url topics other_services self membership_count reachable messagable privacy");

  private final String title;
  private final String fields;

  MeetupV2Kind(String title, String fields) {
    this.title = title;
    this.fields = ' ' + fields + ' ';
  }

  /** Returns what has these fields, or {@code null} if nothing of Meetup's. */
  static @Nullable MeetupV2Kind of(Collection<String> names) {
    if (names.contains("rsvp_id")) {
      return RSVP;
    }
    if (names.containsAll(List.of("id", "event_url"))) {
      return EVENT;
    }
    if (names.containsAll(List.of("urlname", "join_mode"))) {
      return GROUP;
    }
    return names.containsAll(List.of("id", "joined", "visited")) ? MEMBER : null;
  }

  String title() {
    return title;
  }

  /** Returns whether items of this kind had such a field. */
  boolean knows(String field) {
    return fields.contains(' ' + field + ' ');
  }
}
