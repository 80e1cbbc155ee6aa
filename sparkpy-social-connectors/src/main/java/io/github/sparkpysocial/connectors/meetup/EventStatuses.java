package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.place.PlaceUri;

/** Which events are meant by {@code status=past} and {@code status=upcoming}. */
enum EventStatuses {
  PAST,
  UPCOMING,
  ALL;

  /**
   * Reads the parameter {@code status}; without it all are meant.
   *
   * @throws IllegalArgumentException if it is neither {@code past} nor {@code upcoming}
   */
  static EventStatuses of(PlaceUri uri) {
    String status = uri.parameter("status");
    if (status == null) {
      return ALL;
    }
    return switch (status) {
      case "past" -> PAST;
      case "upcoming" -> UPCOMING;
      default ->
          throw new IllegalArgumentException(
              "The parameter 'status' in " + uri + " is past or upcoming; leave it out for all");
    };
  }

  /** Puts Meetup's own names of the statuses into the variables of a query. */
  void into(ObjectNode variables) {
    ArrayNode names = variables.putArray("status");
    switch (this) {
      case PAST -> names.add("PAST");
      case UPCOMING -> names.add("ACTIVE");
      case ALL -> names.add("ACTIVE").add("PAST").add("CANCELLED");
    }
  }
}
