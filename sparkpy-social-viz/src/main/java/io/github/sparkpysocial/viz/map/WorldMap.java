package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Points on a map of the world, on countries that may be coloured by a number. The projection is
 * Equal Earth, in which areas are true.
 *
 * <p>Points too close to be told apart are drawn as one circle with their number; a page takes them
 * apart as it is zoomed, and names them on hover. The shape of a single point says how exactly its
 * place is known. A page holds where and when of every point, 100,000 of them in about 2 MB; who
 * said what takes more, so beyond 2.5 MB the page holds it for the latest of each square degree
 * alone and says so.
 *
 * @param title what stands above it, or an empty text
 * @param points the points; may be empty
 * @param unit what the number of a country counts, such as {@code posts}, or an empty text
 * @param countries a number for each of some countries; may be empty
 * @param size the size of the picture
 */
public record WorldMap(
    String title, List<MapPoint> points, String unit, List<CountryValue> countries, Size size)
    implements Figure {

  public WorldMap {
    Objects.requireNonNull(title, "title");
    points = List.copyOf(points);
    Objects.requireNonNull(unit, "unit");
    countries = List.copyOf(countries);
    Objects.requireNonNull(size, "size");
    Set<String> codes = new HashSet<>();
    for (CountryValue country : countries) {
      if (!codes.add(country.code())) {
        throw new IllegalArgumentException(
            "Country " + country.code() + " has two values; add them up before");
      }
    }
  }

  /** Returns a map of 960 by 540 pixels without coloured countries. */
  public static WorldMap of(String title, List<MapPoint> points) {
    return new WorldMap(title, points, "", List.of(), Size.DEFAULT);
  }

  /** Returns a map of 960 by 540 pixels with coloured countries and without points. */
  public static WorldMap ofCountries(String title, String unit, List<CountryValue> countries) {
    return new WorldMap(title, List.of(), unit, countries, Size.DEFAULT);
  }

  /**
   * Returns the same map with countries in colours.
   *
   * @param unit what the numbers count, such as {@code posts}
   * @throws IllegalArgumentException if a country comes twice
   */
  public WorldMap withCountries(String unit, List<CountryValue> countries) {
    return new WorldMap(title, points, unit, countries, size);
  }

  /** Returns the same map in this size. */
  public WorldMap withSize(Size size) {
    return new WorldMap(title, points, unit, countries, size);
  }

  @Override
  public String summary() {
    String dots =
        points.isEmpty()
            ? "without points"
            : points.size() == 1 ? "with one point" : "with " + number(points.size()) + " points";
    String areas =
        countries.isEmpty()
            ? ""
            : countries.size() == 1
                ? " and one country in colour"
                : " and " + number(countries.size()) + " countries in colour";
    return "World map " + dots + areas + '.';
  }

  private static String number(int count) {
    return Texts.number(count);
  }
}
