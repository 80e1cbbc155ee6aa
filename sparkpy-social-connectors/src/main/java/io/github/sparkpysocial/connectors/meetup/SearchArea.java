package io.github.sparkpysocial.connectors.meetup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.connectors.internal.Times;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is searched, and where.
 *
 * @param query the words
 * @param centre the middle of the area
 * @param radius how far around it, in the unit of Meetup's web page, miles; {@code null} for
 *     Meetup's own default
 * @param from from when on events start, or {@code null}
 * @param to until when they start, or {@code null}
 */
record SearchArea(
    String query,
    GeoPoint centre,
    @Nullable Double radius,
    @Nullable Instant from,
    @Nullable Instant to) {

  /**
   * Reads the parameters {@code q}, {@code lat}, {@code lon}, {@code radius}, {@code start} and
   * {@code end}. The first three are mandatory in Meetup's schema.
   *
   * @throws IllegalArgumentException if one is missing or not understood
   */
  static SearchArea of(PlaceUri uri) {
    String query = uri.parameter("q");
    if (query == null
        || query.isBlank()
        || uri.parameter("lat") == null
        || uri.parameter("lon") == null) {
      throw new IllegalArgumentException(
          "Meetup searches around a point only: "
              + uri
              + " needs q, lat and lon, such as meetup:events?q=spark&lat=51.5&lon=-0.12&radius=20");
    }
    Double radius = uri.parameter("radius") == null ? null : number(uri, "radius");
    if (radius != null && radius <= 0) {
      throw new IllegalArgumentException("The parameter 'radius' in " + uri + " must be positive");
    }
    GeoPoint centre;
    try {
      centre = new GeoPoint(number(uri, "lat"), number(uri, "lon"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("In " + uri + ": " + e.getMessage(), e);
    }
    return new SearchArea(
        query.strip(), centre, radius, Times.parameter(uri, "start"), Times.parameter(uri, "end"));
  }

  private static double number(PlaceUri uri, String name) {
    try {
      double value = Double.parseDouble(String.valueOf(uri.parameter(name)));
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException("The parameter '" + name + "' in " + uri + " is no number");
  }

  /** Returns the variables of a query for a page. */
  ObjectNode variables(int first, @Nullable String after) {
    ObjectNode variables =
        MeetupApi.variables()
            .put("query", query)
            .put("lat", centre.latitude())
            .put("lon", centre.longitude())
            .put("first", first)
            .put("after", after);
    if (radius != null) {
      variables.put("radius", radius);
    }
    EventSelection.put(variables, "from", from);
    EventSelection.put(variables, "to", to);
    return variables;
  }
}
