package io.github.sparkpysocial.viz.internal.render;

/**
 * The map projection of B. Šavrič, T. Patterson and B. Jenny: "The Equal Earth map projection",
 * International Journal of Geographical Information Science 33(3), 2019. Areas are true. {@code
 * map.js} has the same numbers.
 */
final class EqualEarth {
  private static final double A1 = 1.340264;
  private static final double A2 = -0.081106;
  private static final double A3 = 0.000893;
  private static final double A4 = 0.003796;
  private static final double M = Math.sqrt(3) / 2;

  private EqualEarth() {}

  /** Returns how far east, in radii of the globe. */
  static double x(double longitude, double latitude) {
    double t = parameter(latitude);
    double t2 = t * t;
    double t6 = t2 * t2 * t2;
    return Math.toRadians(longitude)
        * Math.cos(t)
        / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)));
  }

  /** Returns how far south, in radii of the globe: down is positive, as on a screen. */
  static double y(double latitude) {
    double t = parameter(latitude);
    double t2 = t * t;
    double t6 = t2 * t2 * t2;
    return -t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2));
  }

  private static double parameter(double latitude) {
    return Math.asin(M * Math.sin(Math.toRadians(latitude)));
  }
}
