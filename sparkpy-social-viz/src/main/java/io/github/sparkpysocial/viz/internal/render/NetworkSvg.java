package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkLayout;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Draws networks as SVG.
 *
 * @param index the number of each node by its id
 */
record NetworkSvg(NetworkGraph graph, NetworkStyle style, Map<String, Integer> index) {
  private static final int MOST_LABELS = 60;
  private static final int EDGES_A_PATH = 500;
  private static final double MARGIN = 30;
  private static final double LARGE = 4;

  String of(Theme theme) {
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

  /** Draws lines some at a time: of a path of all that cross, each pixel would cost all of them. */
  private void edges(SvgPaper paper, double[] x, double[] y) {
    double opacity = Math.max(0.06, Math.min(0.45, 12 / Math.sqrt(graph.edges().size() + 1.0)));
    List<NetworkEdge> edges = graph.edges();
    for (int from = 0; from < edges.size(); from += EDGES_A_PATH) {
      String path = path(edges.subList(from, Math.min(edges.size(), from + EDGES_A_PATH)), x, y);
      paper
          .out()
          .leaf(
              "path",
              "d",
              path,
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
  }

  private @Nullable String path(List<NetworkEdge> edges, double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (NetworkEdge edge : edges) {
      int a = number(edge.source());
      int b = number(edge.target());
      if (a != b) {
        path.append('M').append(SvgPaper.number(x[a])).append(' ').append(SvgPaper.number(y[a]));
        path.append('L').append(SvgPaper.number(x[b])).append(' ').append(SvgPaper.number(y[b]));
      }
    }
    return path.length() == 0 ? null : path.toString();
  }

  private int number(String id) {
    return Objects.requireNonNull(index.get(id), id);
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
