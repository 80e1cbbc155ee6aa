package io.github.sparkpysocial.viz.network;

import java.util.Objects;

/**
 * What ties two nodes together.
 *
 * @param source the id of the node that did it
 * @param target the id of the node to which it was done
 * @param kind what it was, such as {@code star} or {@code reply}
 * @param weight how much it counts, such as how often, at least 0
 */
public record NetworkEdge(String source, String target, String kind, double weight) {

  public NetworkEdge {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(kind, "kind");
    if (!(Double.isFinite(weight) && weight >= 0)) {
      throw new IllegalArgumentException(
          "The weight of an edge is finite and at least 0, was " + weight);
    }
  }

  /** Returns an edge of weight 1. */
  public static NetworkEdge of(String source, String target, String kind) {
    return new NetworkEdge(source, target, kind, 1);
  }
}
