package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Sankey;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Bands from names on the left to names on the right. */
final class SankeyDrawing extends Drawing<Sankey> {

  private static final int NARROW = 600;

  SankeyDrawing() {
    super(Sankey.class, "item");
  }

  @Override
  boolean isEmpty(Sankey chart) {
    return chart.flows().isEmpty();
  }

  @Override
  void draw(Sankey chart, Frame frame) {
    String unit = chart.unit().isEmpty() ? "value" : chart.unit();
    Map<String, Double> givers = new LinkedHashMap<>();
    Map<String, Double> takers = new LinkedHashMap<>();
    Map<Pair, Double> bands = new LinkedHashMap<>();
    for (Sankey.Flow flow : chart.flows()) {
      givers.merge(flow.from(), flow.value(), Double::sum);
      takers.merge(flow.to(), flow.value(), Double::sum);
      bands.merge(new Pair(flow.from(), flow.to()), flow.value(), Double::sum);
    }
    ObjectNode series = frame.option().putArray("series").addObject().put("type", "sankey");
    series.put("left", 150).put("right", 150).put("top", frame.top() + 8).put("bottom", 20);
    series.put("nodeWidth", 14).put("nodeGap", 10).put("draggable", false);
    series.putObject("emphasis").put("focus", "adjacency");
    series.putObject("lineStyle").put("color", "source").put("opacity", 0.35).put("curveness", 0.5);
    series.putObject("label").put("width", 130).put("overflow", "truncate");
    ObjectNode narrow = frame.option().putArray("media").addObject();
    narrow.putObject("query").put("maxWidth", NARROW);
    ObjectNode tight = narrow.putObject("option").putArray("series").addObject();
    tight.put("left", 84).put("right", 84).putObject("label").put("width", 74);
    ArrayNode nodes = series.putArray("data");
    Map<String, String> left = new LinkedHashMap<>();
    Map<String, String> right = new LinkedHashMap<>();
    givers.forEach((name, sum) -> left.put(name, node(nodes, "left", name, 0, unit, sum)));
    takers.forEach((name, sum) -> right.put(name, node(nodes, "right", name, 1, unit, sum)));
    ArrayNode links = series.putArray("links");
    bands.forEach(
        (pair, value) -> {
          ObjectNode link =
              links
                  .addObject()
                  .put("source", left.get(pair.from()))
                  .put("target", right.get(pair.to()))
                  .put("value", value);
          Tip.of(pair.from()).row("to", pair.to()).row(unit, value).on(link);
        });
  }

  /** Two names, of which the first gives to the second. */
  private record Pair(String from, String to) {}

  /**
   * Adds a node whose name is a number, so that two long texts cut alike stay two, and returns it.
   */
  private static String node(
      ArrayNode nodes, String side, String name, int depth, String unit, double sum) {
    String id = "n" + nodes.size();
    ObjectNode node = nodes.addObject().put("name", id).put("depth", depth).put("value", sum);
    // Braces are what ECharts fills in; without them the text stays as it is.
    node.putObject("label")
        .put("position", side)
        .put("formatter", Texts.shorten(name, Texts.WORD).replace('{', '(').replace('}', ')'));
    Tip.of(name).row(unit, sum).on(node);
    return id;
  }

  @Override
  TableData table(Sankey chart) {
    TableData.Builder table =
        TableData.builder()
            .text("From", "To")
            .number(chart.unit().isEmpty() ? "Value" : chart.unit());
    for (Sankey.Flow flow : chart.flows()) {
      table.row(
          TableData.label(flow.from()), TableData.label(flow.to()), TableData.plain(flow.value()));
    }
    return table.build();
  }
}
