package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkLayout;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows networks on a page. */
final class NetworkSheet implements SelfDrawn {
  private static final int ROWS = 5_000;

  private final NetworkGraph graph;
  private final NetworkStyle style;
  private final Map<String, Integer> index = new HashMap<>();

  NetworkSheet(NetworkGraph graph) {
    this.graph = graph;
    this.style = new NetworkStyle(graph);
    graph.nodes().forEach(node -> index.put(node.id(), index.size()));
  }

  @Override
  public void inline(Page page, String id) {
    Markup body = page.body();
    if (graph.nodes().isEmpty()) {
      body.element("p", "No data", "class", "none", "id", id);
      return;
    }
    page.script("network.js");
    body.open("div", "class", "finder", "role", "search");
    body.element("label", "Find", "for", id + "-search");
    body.leaf("input", "type", "search", "id", id + "-search", "autocomplete", "off");
    body.open("ul", "id", id + "-found", "aria-live", "polite").close();
    body.close();
    body.open(
        "div",
        "class",
        "chart network " + page.shapeClass(graph.size()),
        "id",
        id,
        "data-network",
        id + "-network",
        "tabindex",
        "0",
        "role",
        "group",
        "aria-roledescription",
        "network",
        "aria-label",
        graph.summary() + " Arrow keys move it, plus and minus zoom.");
    body.open("canvas", "aria-hidden", "true").close().close();
    body.open("div", "class", "zoom", "role", "group", "aria-label", "Zoom of the network");
    page.zoom(id, "in", "+", "Zoom in");
    page.zoom(id, "out", "−", "Zoom out");
    page.zoom(id, "all", "Whole network", null);
    body.close();
    legend(body);
    body.open("div", "class", "picked", "id", id + "-picked", "aria-live", "polite").close();
    page.addData(id + "-network", Json.script(json()));
  }

  private void legend(Markup body) {
    body.open("ul", "class", "keys");
    List<String> coloured = style.coloured();
    for (int i = 0; i < coloured.size(); i++) {
      body.element("li", Texts.shorten(coloured.get(i), Texts.LABEL), "class", "a" + i);
    }
    if (style.hasOthers()) {
      body.element("li", "others", "class", "rest");
    }
    body.close();
    if (style.hasCommunities() && style.kinds().size() > 1) {
      body.open("ul", "class", "keys plain");
      for (int i = 0; i < style.kinds().size(); i++) {
        body.element(
            "li", mark(style.shape(i)) + ' ' + Texts.shorten(style.kinds().get(i), Texts.LABEL));
      }
      body.close();
    }
  }

  private static String mark(String shape) {
    return switch (shape) {
      case "rect" -> "■";
      case "diamond" -> "◆";
      case "triangle" -> "▲";
      default -> "●";
    };
  }

  private ObjectNode json() {
    NetworkLayout layout = graph.layout();
    ObjectNode json = Json.object();
    ArrayNode nodes = json.putArray("nodes");
    for (int i = 0; i < graph.nodes().size(); i++) {
      NetworkNode node = graph.nodes().get(i);
      ArrayNode one = nodes.addArray();
      one.add(rounded(layout.x(i), 1e4)).add(rounded(layout.y(i), 1e4));
      one.add(rounded(style.radius(node), 10)).add(style.colour(node));
      one.add(style.kinds().indexOf(node.kind()));
      one.add(Texts.shorten(node.label(), Texts.LABEL));
      one.add(shortened(node.community()));
      one.add(node.note() == null ? "" : Texts.shorten(node.note(), Texts.QUOTE));
      one.add(Objects.requireNonNullElse(Links.safe(node.link()), ""));
    }
    Set<String> ties = new LinkedHashSet<>();
    graph.edges().forEach(edge -> ties.add(edge.kind()));
    List<String> tieKinds = List.copyOf(ties);
    ArrayNode edges = json.putArray("edges");
    for (NetworkEdge edge : graph.edges()) {
      edges.add(number(edge.source())).add(number(edge.target()));
      edges.add(tieKinds.indexOf(edge.kind())).add(rounded(edge.weight(), 100));
    }
    ArrayNode kinds = json.putArray("kinds");
    for (int i = 0; i < style.kinds().size(); i++) {
      kinds.addArray().add(Texts.shorten(style.kinds().get(i), Texts.LABEL)).add(style.shape(i));
    }
    ArrayNode tieNames = json.putArray("ties");
    tieKinds.forEach(kind -> tieNames.add(Texts.shorten(kind, Texts.LABEL)));
    ArrayNode order = json.putArray("order");
    for (int node : style.byWeight()) {
      order.add(node);
    }
    ObjectNode colours = json.putObject("colours");
    for (Theme theme : Theme.values()) {
      Palette palette = Palette.of(theme);
      ObjectNode set = colours.putObject(theme.name().toLowerCase(Locale.ROOT));
      ArrayNode series = set.putArray("series");
      palette.series().forEach(series::add);
      set.put("rest", palette.muted()).put("ink", palette.ink());
      set.put("edge", palette.muted()).put("ground", palette.panel());
    }
    return json;
  }

  private static String shortened(@Nullable String text) {
    return text == null ? "" : Texts.shorten(text, Texts.LABEL);
  }

  private static double rounded(double value, double places) {
    return Math.rint(value * places) / places;
  }

  private int number(String id) {
    return Objects.requireNonNull(index.get(id), id);
  }

  @Override
  public void table(Page page, String id) {
    List<NetworkEdge> heaviest = new ArrayList<>(graph.edges());
    if (heaviest.size() > ROWS) {
      heaviest.sort(Comparator.comparingDouble(NetworkEdge::weight).reversed());
      page.body()
          .element(
              "p",
              "The table has the %s heaviest of %s edges."
                  .formatted(Texts.number(ROWS), Texts.number(graph.edges().size())),
              "class",
              "skipped");
      heaviest.subList(ROWS, heaviest.size()).clear();
    }
    TableData.Builder table =
        TableData.builder().text("From", "What", "To").number("Weight").text("Community");
    for (NetworkEdge edge : heaviest) {
      NetworkNode source = graph.nodes().get(number(edge.source()));
      NetworkNode target = graph.nodes().get(number(edge.target()));
      table.row(
          TableData.label(source.label()),
          TableData.label(edge.kind()),
          TableData.label(target.label()),
          TableData.plain(edge.weight()),
          TableData.label(source.community()));
    }
    TableData built = table.build();
    page.table(id, built, true, built.rows().size());
  }

  @Override
  public String svg(Theme theme) {
    return new NetworkSvg(graph, style, index).of(theme);
  }
}
