package io.github.sparkpysocial.viz.map;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import java.util.Objects;

/**
 * Meetings on the streets of a city. A page names on hover or tap who meets, when in the zone of
 * the venue, and how many come. Streets come from a {@linkplain MapTiles tile server}, asked when
 * the page is looked at; without one, or without a network, the page shows the points on a plain
 * grid. SVG and PNG always show the grid and ask nobody.
 *
 * @param title what stands above it, or an empty text
 * @param venues the meetings; may be empty
 * @param tiles where the streets come from
 * @param size the size of the picture
 */
public record CityMap(String title, List<Venue> venues, MapTiles tiles, Size size)
    implements Figure {

  public CityMap {
    Objects.requireNonNull(title, "title");
    venues = List.copyOf(venues);
    Objects.requireNonNull(tiles, "tiles");
    Objects.requireNonNull(size, "size");
  }

  /** Returns a map of 960 by 540 pixels without streets. */
  public static CityMap of(String title, List<Venue> venues) {
    return new CityMap(title, venues, MapTiles.none(), Size.DEFAULT);
  }

  /** Returns the same map with streets from there. */
  public CityMap withTiles(MapTiles tiles) {
    return new CityMap(title, venues, tiles, size);
  }

  /** Returns the same map in this size. */
  public CityMap withSize(Size size) {
    return new CityMap(title, venues, tiles, size);
  }

  @Override
  public String summary() {
    return venues.isEmpty()
        ? "City map without meetings."
        : "City map with "
            + (venues.size() == 1 ? "one meeting." : Texts.number(venues.size()) + " meetings.");
  }
}
