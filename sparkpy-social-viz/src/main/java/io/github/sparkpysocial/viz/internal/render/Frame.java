package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a drawing fills.
 *
 * @param option the option of ECharts, which has its title already
 * @param top how many pixels are taken at the upper edge
 * @param alone whether no page stands around the picture: then it shows its title and does not move
 */
record Frame(ObjectNode option, int top, boolean alone) {

  /** Says where the axes stand, with their labels, in pixels from the edges. */
  void grid(int top, int right, int bottom) {
    option
        .putObject("grid")
        .put("left", 16)
        .put("right", right)
        .put("top", top)
        .put("bottom", bottom)
        .put("containLabel", true);
  }
}
