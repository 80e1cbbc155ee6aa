package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.internal.Resources;
import java.util.Collection;

/** The scripts of a page, as one: what all pages need, then what its figures need. */
final class Scripts {
  private Scripts() {}

  /**
   * Returns the script; each part is a closed function, and they share {@code sparkpy}.
   *
   * @param own what figures bring that are not charts, in order
   */
  static String of(boolean charts, Collection<String> own) {
    StringBuilder all = new StringBuilder(Resources.own("page.js"));
    if (charts) {
      all.append(Resources.own("page-charts.js"));
    }
    own.forEach(
        name ->
            all.append(name.startsWith("leaflet") ? Resources.library(name) : Resources.own(name))
                .append('\n'));
    return all.toString();
  }
}
