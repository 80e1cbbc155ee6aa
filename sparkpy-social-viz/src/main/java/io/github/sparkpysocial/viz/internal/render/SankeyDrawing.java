package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.Sankey;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Bands from names on the left to names on the right, over two columns or many. */
final class SankeyDrawing extends Drawing<Sankey> {

  private static final int NARROW = 600;
  private static final int SCROLLED = 640;
  private static final int MOST_NAMED = 3;
  private static final int OUTER_LABEL = 130;

  SankeyDrawing() {
    super(Sankey.class, "item");
  }

  @Override
  boolean isEmpty(Sankey chart) {
    return chart.flowsDrawn().isEmpty();
  }

  @Override
  int leastWidth(Sankey chart) {
    return chart.columns() == Sankey.Columns.STEPS && lastColumn(columns(chart)) > 1 ? SCROLLED : 0;
  }

  @Override
  String note(Sankey chart) {
    List<Sankey.Flow> back = chart.flowsLeftOut();
    if (back.isEmpty()) {
      return "";
    }
    String named =
        back.stream()
            .limit(MOST_NAMED)
            .map(
                flow ->
                    "%s to %s (%s)"
                        .formatted(
                            Texts.shorten(flow.from(), Texts.WORD),
                            Texts.shorten(flow.to(), Texts.WORD),
                            Texts.number(flow.value())))
            .collect(Collectors.joining(", "));
    return "Not drawn, as it leads back: "
        + named
        + (back.size() > MOST_NAMED ? ", and " + (back.size() - MOST_NAMED) + " more" : "")
        + ".";
  }

  /** A name in its column. */
  private record Place(String name, int column) {}

  @Override
  void draw(Sankey chart, Frame frame) {
    String unit = chart.unit().isEmpty() ? "value" : chart.unit();
    boolean steps = chart.columns() == Sankey.Columns.STEPS;
    Map<String, Integer> columns = columns(chart);
    int last = lastColumn(columns);
    Map<Place, Double> given = new LinkedHashMap<>();
    Map<Place, Double> taken = new LinkedHashMap<>();
    Map<List<Place>, Double> bands = new LinkedHashMap<>();
    for (Sankey.Flow flow : chart.flowsDrawn()) {
      Place from = new Place(flow.from(), steps ? columns.getOrDefault(flow.from(), 0) : 0);
      Place to = new Place(flow.to(), steps ? columns.getOrDefault(flow.to(), 1) : 1);
      given.merge(from, flow.value(), Double::sum);
      taken.merge(to, flow.value(), Double::sum);
      bands.merge(List.of(from, to), flow.value(), Double::sum);
    }
    ObjectNode series = frame.option().putArray("series").addObject().put("type", "sankey");
    series.put("left", 150).put("right", 150).put("top", frame.top() + 8);
    series.put("bottom", frame.alone() && !note(chart).isEmpty() ? 40 : 20);
    series.put("nodeWidth", 14).put("nodeGap", 10).put("draggable", false);
    series.putObject("emphasis").put("focus", "adjacency");
    series.putObject("lineStyle").put("color", "source").put("opacity", 0.35).put("curveness", 0.5);
    int between = last < 2 ? OUTER_LABEL : (chart.size().width() - 300) / last - 40;
    series
        .putObject("label")
        .put("width", Math.max(40, Math.min(OUTER_LABEL, between)))
        .put("overflow", "truncate");
    if (last < 2) {
      ObjectNode narrow = frame.option().putArray("media").addObject();
      narrow.putObject("query").put("maxWidth", NARROW);
      ObjectNode tight = narrow.putObject("option").putArray("series").addObject();
      tight.put("left", 84).put("right", 84).putObject("label").put("width", 74);
    }
    ArrayNode nodes = series.putArray("data");
    Map<Place, String> ids = new LinkedHashMap<>();
    Set<Place> places = new LinkedHashSet<>(given.keySet());
    places.addAll(taken.keySet());
    for (Place place : places) {
      double out = given.getOrDefault(place, 0.0);
      double in = taken.getOrDefault(place, 0.0);
      String id = "n" + nodes.size();
      ids.put(place, id);
      ObjectNode node = nodes.addObject().put("name", id).put("depth", place.column());
      node.put("value", Math.max(in, out));
      // Braces are what ECharts fills in; without them the text stays as it is.
      node.putObject("label")
          .put("position", place.column() == 0 ? "left" : "right")
          .put(
              "formatter",
              Texts.shorten(place.name(), Texts.WORD).replace('{', '(').replace('}', ')'));
      Tip tip = Tip.of(place.name());
      if (steps && in > 0 && out > 0) {
        tip.row(unit + " in", in).row(unit + " out", out).on(node);
      } else {
        tip.row(unit, Math.max(in, out)).on(node);
      }
    }
    ArrayNode links = series.putArray("links");
    bands.forEach(
        (ends, value) -> {
          ObjectNode link = links.addObject();
          link.put("source", ids.get(ends.get(0))).put("target", ids.get(ends.get(1)));
          link.put("value", value);
          Tip.of(ends.get(0).name()).row("to", ends.get(1).name()).row(unit, value).on(link);
        });
  }

  /** Returns the column of each name in steps: one further than those it takes from. */
  private static Map<String, Integer> columns(Sankey chart) {
    Map<String, Integer> columns = new HashMap<>();
    if (chart.columns() == Sankey.Columns.TWO) {
      return columns;
    }
    List<Sankey.Flow> flows = chart.flowsDrawn();
    boolean moved = true;
    while (moved) { // no circles: each round settles one more column
      moved = false;
      for (Sankey.Flow flow : flows) {
        int next = columns.computeIfAbsent(flow.from(), name -> 0) + 1;
        if (columns.getOrDefault(flow.to(), 0) < next) {
          columns.put(flow.to(), next);
          moved = true;
        }
      }
    }
    return columns;
  }

  private static int lastColumn(Map<String, Integer> columns) {
    return columns.values().stream().mapToInt(Integer::intValue).max().orElse(1);
  }

  @Override
  TableData table(Sankey chart) {
    TableData.Builder table =
        TableData.builder()
            .text("From", "To")
            .number(chart.unit().isEmpty() ? "Value" : chart.unit());
    List<Sankey.Flow> leftOut = chart.flowsLeftOut();
    if (leftOut.isEmpty()) {
      for (Sankey.Flow flow : chart.flows()) {
        table.row(
            TableData.label(flow.from()),
            TableData.label(flow.to()),
            TableData.plain(flow.value()));
      }
      return table.build();
    }
    table.text("Note");
    for (Sankey.Flow flow : chart.flowsDrawn()) {
      table.row(
          TableData.label(flow.from()),
          TableData.label(flow.to()),
          TableData.plain(flow.value()),
          "");
    }
    for (Sankey.Flow flow : leftOut) {
      table.row(
          TableData.label(flow.from()),
          TableData.label(flow.to()),
          TableData.plain(flow.value()),
          "leads back, not drawn");
    }
    return table.build();
  }
}
