package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.internal.Resources;

/** The scripts of a page, as one: what all pages need, then what its figures need. */
final class Scripts {
  private Scripts() {}

  /** Returns the script; each part is a closed function, and they share {@code sparkpy}. */
  static String of(boolean charts, boolean maps) {
    return Resources.own("page.js")
        + (maps ? Resources.own("page-map.js") : "")
        + (charts ? Resources.own("page-charts.js") : "");
  }
}
