package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where something happened or someone is, and how exactly that is known.
 *
 * @param point the point, the centre of the box, or {@code null} when only a name is known
 * @param precision how the point was obtained
 * @param box the extent of the place, for {@link Precision#BOX}, otherwise usually {@code null}
 * @param id the network's id of the place, or {@code null}
 * @param name what the network or the person calls it, such as {@code Lisbon, Portugal}, or {@code
 *     null}
 * @param countryCode ISO 3166-1 alpha-2 in capitals, or {@code null}
 */
public record Place(
    @Nullable GeoPoint point,
    Precision precision,
    @Nullable GeoBox box,
    @Nullable String id,
    @Nullable String name,
    @Nullable String countryCode)
    implements Serializable {

  /** How a point was obtained, from best to least. */
  public enum Precision {
    /** A device or a venue gave the exact point. */
    POINT,
    /** The network gave a box; the point is its centre. */
    BOX,
    /** The person's profile names the place. */
    PROFILE
  }

  public Place {
    Objects.requireNonNull(precision, "precision");
  }

  /** Returns an exact point without a name. */
  public static Place at(GeoPoint point) {
    return new Place(
        Objects.requireNonNull(point, "point"), Precision.POINT, null, null, null, null);
  }

  /** Returns a box with the centre as its point. */
  public static Place within(
      GeoBox box, @Nullable String id, @Nullable String name, @Nullable String countryCode) {
    return new Place(box.centre(), Precision.BOX, box, id, name, countryCode);
  }

  /** Returns a place that a profile names, without a point. */
  public static Place named(String name) {
    return new Place(
        null, Precision.PROFILE, null, null, Objects.requireNonNull(name, "name"), null);
  }
}
