package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.model.GeoPoint;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A meeting at a place in a city.
 *
 * @param point where
 * @param group who holds it
 * @param title what the next meeting is called, or an empty text if none is announced
 * @param startsAt when it starts, or {@code null} if none is announced
 * @param zone the zone of the venue, in which the time is shown
 * @param attendees how many said that they come, or {@code null} if not known
 * @param address street and city, or {@code null}
 * @param link where it can be seen, or {@code null}; only http and https become a link
 */
public record Venue(
    GeoPoint point,
    String group,
    String title,
    @Nullable Instant startsAt,
    ZoneId zone,
    @Nullable Long attendees,
    @Nullable String address,
    @Nullable String link) {

  public Venue {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(zone, "zone");
    if (attendees != null && attendees < 0) {
      throw new IllegalArgumentException("The number of attendees is at least 0, was " + attendees);
    }
  }

  /** Returns a meeting of a group. */
  public static Venue of(
      GeoPoint point, String group, String title, Instant startsAt, ZoneId zone) {
    return new Venue(
        point, group, title, Objects.requireNonNull(startsAt, "startsAt"), zone, null, null, null);
  }
}
