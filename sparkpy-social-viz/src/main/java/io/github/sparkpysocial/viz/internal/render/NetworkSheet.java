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

/** Draws networks. */
final class NetworkSheet implements SelfDrawn {
  private static final int MOST_LABELS = 60;
  private static final int ROWS = 5_000;
  private static final double MARGIN = 30;
  private static final double LARGE = 4;

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
    SvgPaper paper = new SvgPaper(graph, theme);
    if (graph.nodes().isEmpty()) {
      paper.noData();
      return paper.end();
    }
    List<SvgPaper.Key> keys = keys(paper.palette());
    NetworkLayout layout = graph.layout();
    double width = paper.width() - 2 * MARGIN;
    double height =
        Math.max(20, paper.height() - paper.top() - 2 * MARGIN - (keys.size() > 8 ? 56 : 36));
    double[] x = new double[layout.size()];
    double[] y = new double[layout.size()];
    double top = 1;
    double bottom = 0;
    for (int i = 0; i < x.length; i++) {
      top = Math.min(top, layout.y(i));
      bottom = Math.max(bottom, layout.y(i));
    }
    double scale = Math.min(width, height / Math.max(0.05, bottom - top));
    for (int i = 0; i < x.length; i++) {
      x[i] = paper.width() / 2.0 + scale * (layout.x(i) - 0.5);
      y[i] = paper.top() + MARGIN + height / 2 + scale * (layout.y(i) - 0.5);
    }
    edges(paper, x, y);
    nodes(paper, x, y);
    labels(paper, x, y);
    paper.legend(keys);
    return paper.end();
  }

  private void edges(SvgPaper paper, double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (NetworkEdge edge : graph.edges()) {
      int a = number(edge.source());
      int b = number(edge.target());
      if (a != b) {
        path.append('M').append(SvgPaper.number(x[a])).append(' ').append(SvgPaper.number(y[a]));
        path.append('L').append(SvgPaper.number(x[b])).append(' ').append(SvgPaper.number(y[b]));
      }
    }
    double opacity = Math.max(0.06, Math.min(0.45, 12 / Math.sqrt(graph.edges().size() + 1.0)));
    paper
        .out()
        .leaf(
            "path",
            "d",
            path.length() == 0 ? null : path.toString(),
            "fill",
            "none",
            "stroke",
            paper.palette().muted(),
            "stroke-opacity",
            SvgPaper.number(opacity),
            "stroke-width",
            "0.8")
        .line();
  }

  private void nodes(SvgPaper paper, double[] x, double[] y) {
    int[] order = style.byWeight();
    for (int at = order.length - 1; at >= 0; at--) {
      int i = order[at];
      NetworkNode node = graph.nodes().get(i);
      int colour = style.colour(node);
      boolean named = graph.nodes().size() <= 2_000;
      if (named) {
        paper.out().open("g").element("title", Texts.shorten(node.label(), Texts.LABEL));
      }
      paper.mark(
          style.shape(node),
          x[i],
          y[i],
          style.radius(node),
          colour < 0 ? paper.palette().muted() : paper.palette().series(colour),
          1);
      if (named) {
        paper.out().close();
      }
    }
  }

  /**
   * Names the heaviest nodes, each on the first side where it hides neither name nor large node.
   */
  private void labels(SvgPaper paper, double[] x, double[] y) {
    NetworkStyle.Room room = new NetworkStyle.Room();
    int[] order = style.byWeight();
    for (int at = 0; at < Math.min(MOST_LABELS, order.length); at++) {
      int i = order[at];
      double radius = style.radius(graph.nodes().get(i));
      if (radius >= LARGE) {
        room.block(x[i] - radius, y[i] - radius, x[i] + radius, y[i] + radius);
      }
    }
    int written = 0;
    for (int i : order) {
      if (written == MOST_LABELS) {
        return;
      }
      NetworkNode node = graph.nodes().get(i);
      String label = NetworkStyle.label(node);
      double size = written < 10 ? 13 : 11;
      double width = SvgPaper.width(label, size);
      double away = style.radius(node) + 3;
      double[][] places = {
        {x[i] + away, y[i]},
        {x[i] - away - width, y[i]},
        {x[i] - width / 2, y[i] - away - size / 2},
        {x[i] - width / 2, y[i] + away + size / 2}
      };
      for (double[] place : places) {
        double left = place[0];
        double middle = place[1];
        if (!label.isEmpty()
            && left > 2
            && left + width < paper.width() - 4
            && room.take(left, middle - size * 0.6, left + width, middle + size * 0.6)) {
          paper.halo(label, left, middle + size * 0.36, size, "start", paper.palette().ink());
          written++;
          break;
        }
      }
    }
  }

  private List<SvgPaper.Key> keys(Palette palette) {
    List<SvgPaper.Key> keys = new ArrayList<>();
    List<String> coloured = style.coloured();
    for (int i = 0; i < coloured.size(); i++) {
      String shape =
          style.hasCommunities() ? "circle" : style.shape(style.kinds().indexOf(coloured.get(i)));
      keys.add(
          new SvgPaper.Key(shape, palette.series(i), Texts.shorten(coloured.get(i), Texts.WORD)));
    }
    if (style.hasOthers()) {
      keys.add(new SvgPaper.Key("circle", palette.muted(), "others"));
    }
    if (style.hasCommunities() && style.kinds().size() > 1) {
      keys.add(new SvgPaper.Key("", "", ""));
      for (int i = 0; i < style.kinds().size(); i++) {
        keys.add(
            new SvgPaper.Key(
                style.shape(i), palette.ink(), Texts.shorten(style.kinds().get(i), Texts.WORD)));
      }
    }
    return keys;
  }
}
