package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Meetup's searches: all words of the query occur, and it is no farther than the radius. Meetup
 * tells neither how it matches nor its unit; users of its web page give miles. Events are those to
 * come unless a range of dates is given.
 */
final class MeetupSearch {
  private static final double EARTH_RADIUS_MILES = 3_958.8;
  private static final double DEFAULT_RADIUS = 100;

  private final Community community;

  MeetupSearch(Community community) {
    this.community = community;
  }

  List<Event> events(Map<String, @Nullable Object> arguments) {
    Map<?, ?> filter = filter(arguments);
    Instant from = MeetupGraph.instant(filter.get("startDateRange"), community.now());
    Instant to = MeetupGraph.instant(filter.get("endDateRange"), Instant.MAX);
    List<Event> found = new ArrayList<>();
    for (Event event : community.events()) {
      Instant starts = event.startsAt();
      if (starts != null
          && !starts.isBefore(from)
          && starts.isBefore(to)
          && event.status() != Event.Status.CANCELLED
          && matches(filter, event.title(), event.description(), event.groupName())
          && isNear(filter, event.place() == null ? place(event.groupId()) : event.place())) {
        found.add(event);
      }
    }
    if (arguments.get("sort") instanceof Map<?, ?> sort && "DESC".equals(sort.get("sortOrder"))) {
      Collections.reverse(found);
    }
    return found;
  }

  List<Group> groups(Map<String, @Nullable Object> arguments) {
    Map<?, ?> filter = filter(arguments);
    return community.groups().stream()
        .filter(
            group ->
                matches(filter, group.name(), group.description(), String.join(" ", group.topics()))
                    && isNear(filter, group.place()))
        .toList();
  }

  private static Map<?, ?> filter(Map<String, @Nullable Object> arguments) {
    return arguments.get("filter") instanceof Map<?, ?> filter ? filter : Map.of();
  }

  private @Nullable Place place(@Nullable String groupId) {
    return community.groups().stream()
        .filter(group -> group.id().equals(groupId))
        .findFirst()
        .map(Group::place)
        .orElse(null);
  }

  private static boolean matches(Map<?, ?> filter, @Nullable String... texts) {
    String all = String.join(" ", texts).toLowerCase(Locale.ROOT);
    for (String word :
        String.valueOf(filter.get("query")).toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      if (!all.contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNear(Map<?, ?> filter, @Nullable Place place) {
    GeoPoint point = place == null ? null : place.point();
    return point != null
        && miles(number(filter.get("lat"), 0), number(filter.get("lon"), 0), point)
            <= number(filter.get("radius"), DEFAULT_RADIUS);
  }

  private static double number(@Nullable Object value, double absent) {
    return value instanceof Number number ? number.doubleValue() : absent;
  }

  /** The distance on a sphere, by the haversine formula. */
  private static double miles(double latitude, double longitude, GeoPoint point) {
    double dLat = Math.toRadians(point.latitude() - latitude) / 2;
    double dLon = Math.toRadians(point.longitude() - longitude) / 2;
    double a =
        Math.pow(Math.sin(dLat), 2)
            + Math.pow(Math.sin(dLon), 2)
                * Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(point.latitude()));
    return 2 * EARTH_RADIUS_MILES * Math.asin(Math.sqrt(Math.min(1, a)));
  }
}
