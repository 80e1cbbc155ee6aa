package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.internal.Resources;

/** The countries of the world; see NOTICE beside the file. */
final class Outlines {
  private Outlines() {}

  static String geoJson() {
    return Resources.own("natural-earth-110m-countries.geojson");
  }
}
