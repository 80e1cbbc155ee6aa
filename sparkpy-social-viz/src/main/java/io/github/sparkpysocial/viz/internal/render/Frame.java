package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Arrays;

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

  /** Adds a legend above the axes, which scrolls when it is long. */
  void legend() {
    option
        .putObject("legend")
        .put("type", "scroll")
        .put("top", top - 4)
        .put("left", 19)
        .put("right", 16);
  }

  /** Adds an axis of numbers with what they count above it, and returns it. */
  ObjectNode valueAxis(String key, String name) {
    ObjectNode axis = option.putObject(key).put("type", "value");
    axis.put("name", TableData.label(name)).putObject("nameTextStyle").put("align", "left");
    return axis;
  }

  /** Adds the scale from values to colours, below the picture. */
  void scale(double... values) {
    double lowest = Math.min(0, Arrays.stream(values).min().orElse(0));
    double highest = Arrays.stream(values).max().orElse(1);
    option
        .putObject("visualMap")
        .put("type", "continuous")
        .put("min", lowest)
        .put("max", highest > lowest ? highest : lowest + 1)
        .put("calculable", false)
        .put("orient", "horizontal")
        .put("left", "center")
        .put("bottom", 10)
        .put("itemWidth", 14)
        .put("itemHeight", 160)
        .putArray("text")
        .add(Texts.number(highest))
        .add(Texts.number(lowest));
  }

  /**
   * Lets the reader of a page zoom along the horizontal axis: with the wheel while Ctrl is held, so
   * that the page still scrolls, with two fingers, or with the keys + and -.
   */
  void zoom() {
    if (!alone) {
      option
          .putArray("dataZoom")
          .addObject()
          .put("type", "inside")
          .put("zoomOnMouseWheel", "ctrl")
          .put("filterMode", "none");
    }
  }
}
