package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a group are meant.
 *
 * @param statuses Meetup's own names of their statuses
 * @param from after when they start, or {@code null} for any time
 * @param to before when they start, or {@code null} for any time
 */
record EventSelection(List<String> statuses, @Nullable Instant from, @Nullable Instant to) {
  private static final List<String> ALL = List.of("ACTIVE", "PAST", "CANCELLED", "CANCELLED_PERM");

  /**
   * Reads the parameters {@code status}, {@code since} and {@code until}; without them all are
   * meant, except for drafts.
   *
   * @throws IllegalArgumentException if one of them is not understood
   */
  static EventSelection of(PlaceUri uri) {
    return new EventSelection(
        statuses(uri), Times.parameter(uri, "since"), Times.parameter(uri, "until"));
  }

  private static List<String> statuses(PlaceUri uri) {
    String status = uri.parameter("status");
    return switch (status == null ? "" : status) {
      case "" -> ALL;
      case "past" -> List.of("PAST");
      case "upcoming" -> List.of("ACTIVE");
      case "cancelled" -> List.of("CANCELLED", "CANCELLED_PERM");
      default ->
          throw new IllegalArgumentException(
              "The parameter 'status' in "
                  + uri
                  + " is past, upcoming or cancelled; leave it out for all");
    };
  }

  /** Puts them into the variables of a query. */
  void into(ObjectNode variables) {
    ArrayNode names = variables.putArray("status");
    statuses.forEach(names::add);
    put(variables, "from", from);
    put(variables, "to", to);
  }

  static void put(ObjectNode variables, String name, @Nullable Instant time) {
    if (time != null) {
      variables.put(name, time.toString());
    }
  }
}
