package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * A box on earth between two parallels and two meridians. When {@code southWest} lies east of
 * {@code northEast}, the box crosses the antimeridian.
 *
 * @param southWest its south-western corner
 * @param northEast its north-eastern corner, at least as far north as the other
 */
public record GeoBox(GeoPoint southWest, GeoPoint northEast) implements Serializable {

  public GeoBox {
    Objects.requireNonNull(southWest, "southWest");
    Objects.requireNonNull(northEast, "northEast");
    if (southWest.latitude() > northEast.latitude()) {
      throw new IllegalArgumentException(
          "The south of a box lies below its north, was "
              + southWest.latitude()
              + " to "
              + northEast.latitude());
    }
  }

  /** Returns the middle of the box, also when it crosses the antimeridian. */
  public GeoPoint centre() {
    double west = southWest.longitude();
    double east = northEast.longitude();
    double span = east >= west ? east - west : east + 360 - west;
    double longitude = west + span / 2;
    return new GeoPoint(
        (southWest.latitude() + northEast.latitude()) / 2,
        longitude > 180 ? longitude - 360 : longitude);
  }
}
