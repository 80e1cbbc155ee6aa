package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;

/**
 * Says in the terms of ECharts 6 what the figures of one type show. The options hold no colours of
 * their own, which come from the theme, and no functions: the page adds how a tooltip is built.
 *
 * @param <F> the type of the figures
 */
abstract class Drawing<F extends Figure> {
  static final List<String> SHAPES =
      List.of("circle", "diamond", "triangle", "rect", "roundRect", "pin");

  /** ECharts adds 5 pixels around a title, which then begins where those of other figures do. */
  private static final int PADDED = 19;

  private final Class<F> type;
  private final String kind;

  /**
   * @param kind the word by which the page's script chooses how a tooltip is built
   */
  Drawing(Class<F> type, String kind) {
    this.type = type;
    this.kind = kind;
  }

  /** Returns whether there is nothing to draw, which pictures and pages say in words. */
  abstract boolean isEmpty(F figure);

  /** Adds axes, series and all else to the option. */
  abstract void draw(F figure, Frame frame);

  /** Returns the data as rows of text. */
  abstract TableData table(F figure);

  /** Adds what the tooltip says beside the data, such as a unit. */
  void words(F figure, ObjectNode words) {}

  /**
   * Returns below which width in pixels a page scrolls the picture instead of narrowing it; or 0.
   */
  int leastWidth(F figure) {
    return 0;
  }

  /** Returns what the reader must know about data that is not in the picture, or an empty text. */
  String note(F figure) {
    return "";
  }

  final Class<F> type() {
    return type;
  }

  final String kind() {
    return kind;
  }

  /** Returns the option; {@code alone} when no page around it shows the title. */
  final ObjectNode option(F figure, boolean alone) {
    ObjectNode option = Json.object();
    option.put("useUTC", true);
    option.putObject("aria").put("enabled", false);
    boolean titled = alone && !Texts.clean(figure.title()).isEmpty();
    if (titled || (alone && isEmpty(figure))) {
      title(option, figure, titled, alone && isEmpty(figure));
    }
    draw(figure, new Frame(option, titled ? 56 : 16, alone));
    if (alone && !note(figure).isEmpty()) {
      ArrayNode titles = option.withArrayProperty("title");
      ObjectNode note = titles.addObject().put("text", note(figure)).put("left", PADDED);
      note.put("bottom", 8).putObject("textStyle").put("fontSize", 12).put("fontWeight", "normal");
    }
    return option;
  }

  private static void title(ObjectNode option, Figure figure, boolean titled, boolean empty) {
    ArrayNode titles = option.putArray("title");
    if (titled) {
      titles
          .addObject()
          .put("text", Texts.shorten(figure.title(), Texts.LABEL))
          .put("left", PADDED)
          .put("top", 16);
    }
    if (empty) {
      ObjectNode note = titles.addObject().put("text", "No data");
      note.put("left", "center").put("top", "middle");
      note.putObject("textStyle").put("fontSize", 18).put("fontWeight", "normal");
    }
  }

  /** Returns what the page's script needs to draw the figure. */
  final ObjectNode page(F figure) {
    ObjectNode node = Json.object();
    node.put("kind", kind);
    node.set("option", option(figure, false));
    words(figure, node);
    return node;
  }
}
