package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something said or done at a place.
 *
 * @param point where
 * @param precision how exactly that is known
 * @param author who, or an empty text
 * @param text what, or an empty text; a page shows the first 280 characters
 * @param time when, or {@code null} if not known
 * @param placeName what the place is called, or {@code null}
 * @param link where it can be seen, or {@code null}; only http and https become a link
 */
public record MapPoint(
    GeoPoint point,
    Place.Precision precision,
    String author,
    String text,
    @Nullable Instant time,
    @Nullable String placeName,
    @Nullable String link) {

  public MapPoint {
    Objects.requireNonNull(point, "point");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(text, "text");
  }

  /** Makes a point that leads nowhere. */
  public MapPoint(
      GeoPoint point,
      Place.Precision precision,
      String author,
      String text,
      @Nullable Instant time,
      @Nullable String placeName) {
    this(point, precision, author, text, time, placeName, null);
  }

  /** Returns an exact point at an unknown time. */
  public static MapPoint of(GeoPoint point, String author, String text) {
    return new MapPoint(point, Place.Precision.POINT, author, text, null, null, null);
  }

  /** Returns the same point, leading there. */
  public MapPoint withLink(@Nullable String link) {
    return new MapPoint(point, precision, author, text, time, placeName, link);
  }
}
