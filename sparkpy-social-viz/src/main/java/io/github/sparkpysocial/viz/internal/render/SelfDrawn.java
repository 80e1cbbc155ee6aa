package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import org.jspecify.annotations.Nullable;

/** How a figure is drawn that is not a chart of ECharts in SVG: maps and networks. */
interface SelfDrawn {

  /** Writes the figure into a page, without its title and without its data as a table. */
  void inline(Page page, String id);

  /** Writes the data of the figure as a table, folded, with a button that saves it as CSV. */
  void table(Page page, String id);

  /** Returns a whole SVG document with title and text alternative. */
  String svg(Theme theme);

  /** Returns how a figure is drawn, or {@code null} if it is none of these. */
  static @Nullable SelfDrawn of(Figure figure) {
    if (figure instanceof WorldMap map) {
      return new WorldMapSheet(map);
    }
    if (figure instanceof CityMap city) {
      return new CityMapSheet(city);
    }
    if (figure instanceof NetworkGraph graph) {
      return new NetworkSheet(graph);
    }
    return null;
  }
}
