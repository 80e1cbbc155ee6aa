package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import org.jspecify.annotations.Nullable;

/** What a page shows when a reader points at an item: plain text, which the script never parses. */
final class Tip {
  private final ObjectNode json = Json.object();

  private Tip() {}

  /** Begins with a head; an empty one is left out. */
  static Tip of(@Nullable String head) {
    Tip tip = new Tip();
    String shown = TableData.label(head);
    if (!shown.isEmpty()) {
      tip.json.put("h", shown);
    }
    return tip;
  }

  /** Adds a name and its value; without a value nothing is added. */
  Tip row(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      json.withArray("r").addArray().add(TableData.label(name)).add(TableData.label(value));
    }
    return this;
  }

  /** Adds a name and a number. */
  Tip row(String name, double value) {
    return row(name, Texts.number(value));
  }

  /** Adds a longer text, such as a post, cut where it is too long to be read on hover. */
  Tip text(String text) {
    String shown = Texts.shorten(text, Texts.QUOTE);
    if (!shown.isEmpty()) {
      json.withArray("t").add(shown);
    }
    return this;
  }

  /** Makes this the tooltip of an item of a series. */
  void on(ObjectNode item) {
    item.set("tip", json);
  }
}
