package io.github.sparkpysocial.streaming.geo;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.upper;

import io.github.sparkpysocial.model.GeoPoint;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * A part of the earth, to keep the posts that come from it: a {@link #circle} or a {@link
 * #polygon}. Both may cross the antimeridian. Immutable, thread-safe and serializable.
 *
 * <pre>{@code
 * posts.where(Geofence.circle(new GeoPoint(38.72, -9.14), 20_000).contains());
 * }</pre>
 */
public abstract sealed class Geofence implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The mean radius of the earth in metres (IUGG). */
  private static final double EARTH_METRES = 6_371_008.8;

  private Geofence() {}

  /**
   * Returns what is not further from a point than a distance, by the haversine formula on a sphere,
   * which is right to half a per cent.
   *
   * @param radiusMetres positive, at most 20,000,000, half way round the earth
   */
  public static Geofence circle(GeoPoint centre, double radiusMetres) {
    if (!(radiusMetres > 0 && radiusMetres <= 20_000_000)) {
      throw new IllegalArgumentException(
          "A radius is positive and at most 20,000,000 metres, was " + radiusMetres);
    }
    return new Circle(Objects.requireNonNull(centre, "centre"), radiusMetres);
  }

  /**
   * Returns what lies within corners. An edge is straight on a map whose axes are longitude and
   * latitude, and goes the shorter way round the earth. A point on an edge may be told in or out.
   *
   * @param corners at least three, in their order; the last one is joined to the first
   * @throws IllegalArgumentException if there are fewer, or the edges go round a pole
   */
  public static Geofence polygon(List<GeoPoint> corners) {
    if (corners.size() < 3) {
      throw new IllegalArgumentException("A polygon has at least 3 corners, was " + corners.size());
    }
    return new Polygon(corners);
  }

  /** Returns whether a point lies in it. */
  public final boolean contains(GeoPoint point) {
    return has(point.latitude(), point.longitude());
  }

  /**
   * Returns whether the point in the columns {@code latitude} and {@code longitude} lies in it:
   * false for a post without a point, or with one that is none. The point of a post that names a
   * box is its centre; {@code geo_precision} tells.
   */
  public final Column contains() {
    UDF2<Double, Double, Boolean> test =
        (latitude, longitude) ->
            latitude != null
                && longitude != null
                && Math.abs(latitude) <= 90
                && Math.abs(longitude) <= 180
                && has(latitude, longitude);
    UserDefinedFunction function = udf(test, DataTypes.BooleanType);
    return function.apply(col("latitude"), col("longitude"));
  }

  /**
   * Returns whether the network says that a post comes from one of these countries.
   *
   * @param codes ISO 3166-1 alpha-2, in any case
   */
  public static Column inCountry(String... codes) {
    Object[] wanted =
        Arrays.stream(codes).map(code -> code.toUpperCase(Locale.ROOT)).toArray(Object[]::new);
    return upper(col("country_code")).isin(wanted);
  }

  /**
   * Returns whether the network says that a post comes from one of these places.
   *
   * @param names names in any case, or the network's ids of places
   */
  public static Column inPlace(String... names) {
    Object[] lowered =
        Arrays.stream(names).map(name -> name.toLowerCase(Locale.ROOT)).toArray(Object[]::new);
    return lower(col("place_name")).isin(lowered).or(col("place_id").isin((Object[]) names));
  }

  abstract boolean has(double latitude, double longitude);

  private static final class Circle extends Geofence {
    private static final long serialVersionUID = 1L;

    private final GeoPoint centre;
    private final double radiusMetres;

    private Circle(GeoPoint centre, double radiusMetres) {
      this.centre = centre;
      this.radiusMetres = radiusMetres;
    }

    @Override
    boolean has(double latitude, double longitude) {
      double up = Math.toRadians(latitude - centre.latitude()) / 2;
      double along = Math.toRadians(longitude - centre.longitude()) / 2;
      double chord =
          Math.pow(Math.sin(up), 2)
              + Math.cos(Math.toRadians(centre.latitude()))
                  * Math.cos(Math.toRadians(latitude))
                  * Math.pow(Math.sin(along), 2);
      return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord))) <= radiusMetres;
    }
  }

  private static final class Polygon extends Geofence {
    private static final long serialVersionUID = 1L;

    private final double[] latitudes;

    /** Beyond 180 where the polygon crosses the antimeridian, so that neighbours are near. */
    private final double[] longitudes;

    private Polygon(List<GeoPoint> corners) {
      int size = corners.size();
      latitudes = new double[size];
      longitudes = new double[size];
      for (int i = 0; i < size; i++) {
        latitudes[i] = corners.get(i).latitude();
        double longitude = corners.get(i).longitude();
        longitudes[i] = i == 0 ? longitude : near(longitude, longitudes[i - 1]);
      }
      if (Math.abs(near(longitudes[0], longitudes[size - 1]) - longitudes[0]) > 1e-9) {
        throw new IllegalArgumentException(
            "The edges of the polygon go round a pole; take a circle, or several polygons");
      }
    }

    private static double near(double longitude, double other) {
      return longitude + 360 * Math.rint((other - longitude) / 360);
    }

    @Override
    boolean has(double latitude, double longitude) {
      return crosses(latitude, longitude)
          || crosses(latitude, longitude - 360)
          || crosses(latitude, longitude + 360);
    }

    /** Counts the edges that a line to the east crosses. */
    private boolean crosses(double latitude, double longitude) {
      boolean inside = false;
      for (int i = 0, j = latitudes.length - 1; i < latitudes.length; j = i++) {
        if (latitudes[i] > latitude != latitudes[j] > latitude) {
          double part = (latitude - latitudes[i]) / (latitudes[j] - latitudes[i]);
          inside ^= longitude < longitudes[i] + part * (longitudes[j] - longitudes[i]);
        }
      }
      return inside;
    }
  }
}
