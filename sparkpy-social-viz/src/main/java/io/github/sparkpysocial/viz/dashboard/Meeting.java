package io.github.sparkpysocial.viz.dashboard;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A meeting to come.
 *
 * @param title what it is called
 * @param startsAt when it starts
 * @param zone the zone of the venue, in which the time is shown
 * @param group who holds it, or {@code null}
 * @param place where it is held, or {@code null}
 * @param attendees how many said that they come, or {@code null} if not known
 * @param network the network's name, shown as a badge, or {@code null}
 * @param link where it can be seen, or {@code null}; only http and https become a link
 */
public record Meeting(
    String title,
    Instant startsAt,
    ZoneId zone,
    @Nullable String group,
    @Nullable String place,
    @Nullable Long attendees,
    @Nullable String network,
    @Nullable String link) {

  public Meeting {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(startsAt, "startsAt");
    Objects.requireNonNull(zone, "zone");
    if (attendees != null) {
      Checks.count("The number of attendees", attendees);
    }
  }
}
