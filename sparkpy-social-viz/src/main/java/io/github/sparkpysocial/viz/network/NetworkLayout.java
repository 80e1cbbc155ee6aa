package io.github.sparkpysocial.viz.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the nodes of a graph lie. Immutable and thread-safe. */
public final class NetworkLayout {
  private final double[] x;
  private final double[] y;

  private NetworkLayout(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  static NetworkLayout of(NetworkGraph graph) {
    Map<String, Integer> index = new HashMap<>();
    List<NetworkNode> nodes = graph.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i).id(), i);
    }
    int[] sources = new int[graph.edges().size()];
    int[] targets = new int[sources.length];
    double[] weights = new double[sources.length];
    for (int e = 0; e < sources.length; e++) {
      NetworkEdge edge = graph.edges().get(e);
      sources[e] = index.getOrDefault(edge.source(), 0);
      targets[e] = index.getOrDefault(edge.target(), 0);
      weights[e] = edge.weight();
    }
    ForceLayout layout = new ForceLayout(nodes.size(), sources, targets, weights, graph.seed());
    layout.run();
    double[] x = layout.x();
    double[] y = layout.y();
    fit(x, y);
    return new NetworkLayout(x, y);
  }

  /** Moves and scales to the unit square, keeping the proportions, the longer side across. */
  private static void fit(double[] x, double[] y) {
    if (x.length == 0) {
      return;
    }
    double left = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < x.length; i++) {
      left = Math.min(left, x[i]);
      right = Math.max(right, x[i]);
      top = Math.min(top, y[i]);
      bottom = Math.max(bottom, y[i]);
    }
    boolean upright = bottom - top > right - left;
    double span = Math.max(1e-9, Math.max(right - left, bottom - top));
    for (int i = 0; i < x.length; i++) {
      double across = (x[i] - (left + right) / 2) / span;
      double down = (y[i] - (top + bottom) / 2) / span;
      x[i] = 0.5 + (upright ? down : across);
      y[i] = 0.5 + (upright ? across : down);
    }
  }

  /** Returns how many nodes there are. */
  public int size() {
    return x.length;
  }

  /** Returns how far from the left a node lies, from 0 to 1. */
  public double x(int node) {
    return x[node];
  }

  /** Returns how far from the top a node lies, from 0 to 1. */
  public double y(int node) {
    return y[node];
  }
}
