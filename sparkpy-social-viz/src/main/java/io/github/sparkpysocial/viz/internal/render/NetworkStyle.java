package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** How the nodes of a network look: colour by community, or else by kind; shape by kind. */
final class NetworkStyle {
  private static final List<String> SHAPES = List.of("circle", "diamond", "triangle", "rect");
  private static final int COLOURS = 8;
  private static final double SMALLEST = 2;
  private static final double LARGEST = 14;

  private final NetworkGraph graph;
  private final List<String> kinds;
  private final Map<String, Integer> colours = new LinkedHashMap<>();
  private final boolean communities;
  private final double mostWeight;

  NetworkStyle(NetworkGraph graph) {
    this.graph = graph;
    Map<String, Integer> frequent = new LinkedHashMap<>();
    graph.nodes().forEach(node -> frequent.merge(node.kind(), 1, Integer::sum));
    this.kinds =
        frequent.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(Map.Entry::getKey)
            .toList();
    this.communities = graph.nodes().stream().anyMatch(node -> node.community() != null);
    this.mostWeight =
        Math.max(1e-9, graph.nodes().stream().mapToDouble(NetworkNode::weight).max().orElse(1));
    Map<String, Integer> sizes = new LinkedHashMap<>();
    graph.nodes().forEach(node -> sizes.merge(group(node), 1, Integer::sum));
    sizes.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(COLOURS)
        .forEach(entry -> colours.put(entry.getKey(), colours.size()));
  }

  private String group(NetworkNode node) {
    return communities ? Objects.requireNonNullElse(node.community(), "") : node.kind();
  }

  List<String> kinds() {
    return kinds;
  }

  /** Returns whether colours tell communities; otherwise they tell kinds. */
  boolean hasCommunities() {
    return communities;
  }

  /** Returns the names of what has a colour of its own, in the order of the colours. */
  List<String> coloured() {
    return List.copyOf(colours.keySet());
  }

  /** Returns whether some nodes belong to none of those with a colour. */
  boolean hasOthers() {
    return graph.nodes().stream().anyMatch(node -> colour(node) < 0);
  }

  /** Returns the number of the colour, or -1 for that of all others. */
  int colour(NetworkNode node) {
    return colours.getOrDefault(group(node), -1);
  }

  String shape(NetworkNode node) {
    return shape(kinds.indexOf(node.kind()));
  }

  String shape(int kind) {
    return SHAPES.get(kind % SHAPES.size());
  }

  /** Returns the radius in pixels: the area grows with the weight, and is smaller in a crowd. */
  double radius(NetworkNode node) {
    int n = graph.nodes().size();
    double crowd = n <= 150 ? 1 : Math.max(0.3, Math.sqrt(150.0 / n) * 1.2);
    return Math.max(
        1.2,
        (SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(node.weight() / mostWeight))
            * Math.min(1, crowd));
  }

  /** Returns the nodes in the order in which they deserve a label. */
  int[] byWeight() {
    Map<String, Double> ties = new HashMap<>();
    for (NetworkEdge edge : graph.edges()) {
      ties.merge(edge.source(), edge.weight(), Double::sum);
      ties.merge(edge.target(), edge.weight(), Double::sum);
    }
    return IntStream.range(0, graph.nodes().size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -graph.nodes().get(i).weight())
                .thenComparingDouble(i -> -ties.getOrDefault(graph.nodes().get(i).id(), 0.0))
                .thenComparingInt(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  static String label(NetworkNode node) {
    return Texts.shorten(node.label(), Texts.WORD);
  }

  /** Boxes that texts take up, so that none lies on another. */
  static final class Room {
    private final List<double[]> taken = new ArrayList<>();

    /** Takes the box, free or not. */
    void block(double left, double top, double right, double bottom) {
      taken.add(new double[] {left, top, right, bottom});
    }

    /** Takes the box if it is free. */
    boolean take(double left, double top, double right, double bottom) {
      for (double[] box : taken) {
        if (left < box[2] && right > box[0] && top < box[3] && bottom > box[1]) {
          return false;
        }
      }
      taken.add(new double[] {left, top, right, bottom});
      return true;
    }
  }
}
