package io.github.sparkpysocial.viz.network;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Recent;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Nodes and edges, laid out so that those who have much to do with each other are near. A page can
 * be zoomed, dragged and searched, and names on hover what a node is tied to.
 *
 * <p>Ten thousand nodes are laid out in seconds; see {@link #layout()}.
 *
 * @param title what stands above it, or an empty text
 * @param nodes the nodes; may be empty
 * @param edges the edges; a pair may be tied several times, and to itself
 * @param seed decides on where the layout begins; the same seed gives the same picture
 * @param size the size of the picture
 */
public record NetworkGraph(
    String title, List<NetworkNode> nodes, List<NetworkEdge> edges, long seed, Size size)
    implements Figure {
  private static final Recent<NetworkGraph, NetworkLayout> LAYOUTS = new Recent<>();

  public NetworkGraph {
    Objects.requireNonNull(title, "title");
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    Objects.requireNonNull(size, "size");
    Set<String> ids = new HashSet<>();
    for (NetworkNode node : nodes) {
      if (!ids.add(node.id())) {
        throw new IllegalArgumentException(
            "Two nodes have the id '" + Texts.shorten(node.id(), Texts.LABEL) + "'");
      }
    }
    for (NetworkEdge edge : edges) {
      for (String end : List.of(edge.source(), edge.target())) {
        if (!ids.contains(end)) {
          throw new IllegalArgumentException(
              "An edge of kind '"
                  + Texts.shorten(edge.kind(), Texts.LABEL)
                  + "' ends at the node '"
                  + Texts.shorten(end, Texts.LABEL)
                  + "', which is not there; add it, or leave the edge out");
        }
      }
    }
  }

  /** Returns a graph of 960 by 540 pixels with seed 42. */
  public static NetworkGraph of(String title, List<NetworkNode> nodes, List<NetworkEdge> edges) {
    return new NetworkGraph(title, nodes, edges, 42, Size.DEFAULT);
  }

  /** Returns a builder that adds edges of the same kind between the same two up. */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  /** Returns the same graph laid out from this seed. */
  public NetworkGraph withSeed(long seed) {
    return new NetworkGraph(title, nodes, edges, seed, size);
  }

  /** Returns the same graph in this size. */
  public NetworkGraph withSize(Size size) {
    return new NetworkGraph(title, nodes, edges, seed, size);
  }

  /**
   * Computes where each node lies. Takes seconds for ten thousand nodes, on the calling thread; the
   * same graph gives the same layout on every machine. While the graph is in use, the layouts of
   * the last graphs are kept, so that writing one in several formats computes it once.
   */
  public NetworkLayout layout() {
    return LAYOUTS.get(this, NetworkLayout::of);
  }

  @Override
  public String summary() {
    if (nodes.isEmpty()) {
      return "Network without nodes.";
    }
    long communities =
        nodes.stream().map(NetworkNode::community).filter(Objects::nonNull).distinct().count();
    return "Network of "
        + count(nodes.size(), "node")
        + " with "
        + count(edges.size(), "edge")
        + (communities > 1 ? " in " + Texts.number(communities) + " communities." : ".");
  }

  private static String count(int count, String what) {
    return Texts.number(count) + ' ' + what + (count == 1 ? "" : "s");
  }

  /** Collects nodes and edges. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private record Tie(String source, String target, String kind) {}

    private final String title;
    private final Map<String, NetworkNode> nodes = new LinkedHashMap<>();
    private final Map<Tie, Double> ties = new LinkedHashMap<>();

    private Builder(String title) {
      this.title = Objects.requireNonNull(title, "title");
    }

    /** Adds a node, or replaces the one with the same id. */
    public Builder node(NetworkNode node) {
      nodes.put(node.id(), node);
      return this;
    }

    /** Adds a node if there is none with its id. */
    public Builder nodeIfAbsent(NetworkNode node) {
      nodes.putIfAbsent(node.id(), node);
      return this;
    }

    /** Adds an edge of weight 1, or 1 to the weight of the same edge. */
    public Builder edge(String source, String target, String kind) {
      return edge(NetworkEdge.of(source, target, kind));
    }

    /** Adds an edge, or its weight to that of the same edge. */
    public Builder edge(NetworkEdge edge) {
      ties.merge(new Tie(edge.source(), edge.target(), edge.kind()), edge.weight(), Double::sum);
      return this;
    }

    /**
     * Returns the graph.
     *
     * @throws IllegalArgumentException if an edge ends at a node that is not there
     */
    public NetworkGraph build() {
      List<NetworkEdge> edges = new ArrayList<>();
      ties.forEach(
          (tie, weight) ->
              edges.add(new NetworkEdge(tie.source(), tie.target(), tie.kind(), weight)));
      return NetworkGraph.of(title, List.copyOf(nodes.values()), edges);
    }
  }
}
