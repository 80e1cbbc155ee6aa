package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.viz.dashboard.Meeting;
import io.github.sparkpysocial.viz.dashboard.Meetings;
import io.github.sparkpysocial.viz.dashboard.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the community meets next. */
record Upcoming(Answers answers, Instant now) {
  private static final int MOST = 12;

  Section section() {
    List<Meeting> meetings =
        answers
            .rows(
                """
                SELECT title, starts_at, timezone, group_name, coalesce(address, place_name),
                  attendees, network, url
                FROM events
                WHERE starts_at >= timestamp '%s' AND status NOT IN ('cancelled', 'draft')
                ORDER BY starts_at, title LIMIT %d
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
    return Section.of("meetings", "When it meets")
        .wide(Meetings.of("upcoming-meetings", "Upcoming meetups", meetings));
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
