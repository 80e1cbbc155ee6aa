package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Meeting;
import io.github.sparkpysocial.viz.dashboard.Meetings;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.Venue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When the community meets next, and where in the city. */
record Upcoming(Answers answers, Instant now) {
  private static final int MOST = 12;
  private static final int MOST_ON_MAPS = 300;
  private static final int MAPS = 4;

  Section section() {
    List<Meeting> meetings =
        answers
            .rows(
                """
                SELECT title, starts_at, timezone, group_name, coalesce(address, place_name),
                  attendees, network, url
                FROM events
                WHERE starts_at >= timestamp '%s' AND status NOT IN ('cancelled', 'draft')
                ORDER BY starts_at, title, id LIMIT %d
                """
                    .formatted(now, MOST))
            .stream()
            .map(
                row ->
                    new Meeting(
                        row.getString(0),
                        row.getTimestamp(1).toInstant(),
                        zone(Answers.text(row, 2)),
                        Answers.text(row, 3),
                        Answers.text(row, 4),
                        row.isNullAt(5) ? null : row.getLong(5),
                        row.getString(6),
                        Answers.text(row, 7)))
            .toList();
    Section section =
        Section.of("meetings", "When it meets")
            .wide(Meetings.of("upcoming-meetings", "Upcoming meetups", meetings));
    Map<String, List<Venue>> groups = new LinkedHashMap<>();
    for (Venue venue : venues()) {
      groups.computeIfAbsent(venue.group(), group -> new ArrayList<>()).add(venue);
    }
    int map = 1;
    for (Map.Entry<String, List<Venue>> group : groups.entrySet()) {
      if (map <= MAPS) {
        CityMap city = CityMap.of(group.getKey(), group.getValue());
        section = section.half(FigurePanel.of("city-map-" + map, city));
        map++;
      }
    }
    return section;
  }

  private List<Venue> venues() {
    return answers
        .rows(
            """
            SELECT latitude, longitude, coalesce(group_name, ''), title, starts_at, timezone,
              attendees, address, url
            FROM events
            WHERE starts_at >= timestamp '%s' AND status NOT IN ('cancelled', 'draft')
              AND latitude IS NOT NULL AND longitude IS NOT NULL
            ORDER BY starts_at, title, id LIMIT %d
            """
                .formatted(now, MOST_ON_MAPS))
        .stream()
        .map(
            row ->
                new Venue(
                    new GeoPoint(row.getDouble(0), row.getDouble(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getTimestamp(4).toInstant(),
                    zone(Answers.text(row, 5)),
                    row.isNullAt(6) ? null : row.getLong(6),
                    Answers.text(row, 7),
                    Answers.text(row, 8)))
        .toList();
  }

  private static ZoneId zone(@Nullable String name) {
    if (name == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC; // a name that this JVM does not know
    }
  }
}
