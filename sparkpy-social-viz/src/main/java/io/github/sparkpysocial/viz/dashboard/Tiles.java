package io.github.sparkpysocial.viz.dashboard;

import java.util.List;

/**
 * Numbers in a row.
 *
 * @param id the id of its element
 * @param tiles the numbers, in order
 */
public record Tiles(String id, List<Tile> tiles) implements Component {

  public Tiles {
    Checks.id(id);
    tiles = List.copyOf(tiles);
  }

  /** Returns numbers in a row. */
  public static Tiles of(String id, Tile... tiles) {
    return new Tiles(id, List.of(tiles));
  }
}
