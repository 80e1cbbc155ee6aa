package io.github.sparkpysocial.model;

import java.io.Serializable;

/**
 * A point on earth (WGS 84). Latitude comes first, always.
 *
 * @param latitude degrees north, from -90 to 90
 * @param longitude degrees east, from -180 to 180
 */
public record GeoPoint(double latitude, double longitude) implements Serializable {

  public GeoPoint {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException(
          "A latitude lies between -90 and 90, was " + latitude + "; are the two swapped?");
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException("A longitude lies between -180 and 180, was " + longitude);
    }
  }
}
