package io.github.sparkpysocial.viz.dashboard;

import java.util.List;
import java.util.Objects;

/**
 * Meetings to come, each with its date in the zone of its venue.
 *
 * @param id the id of its element
 * @param title what stands above them
 * @param meetings the meetings, in order; may be empty, which shows a note that says so
 */
public record Meetings(String id, String title, List<Meeting> meetings) implements Component {

  public Meetings {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    meetings = List.copyOf(meetings);
  }

  /** Returns meetings to come. */
  public static Meetings of(String id, String title, List<Meeting> meetings) {
    return new Meetings(id, title, meetings);
  }
}
