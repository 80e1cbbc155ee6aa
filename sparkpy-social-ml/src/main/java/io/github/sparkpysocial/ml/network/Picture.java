package io.github.sparkpysocial.ml.network;

import java.io.Serializable;
import java.util.List;

/**
 * The most central part of a network, ready to be drawn.
 *
 * @param nodes the vertices of the largest PageRank, that first
 * @param links the edges between them, the heaviest first
 */
public record Picture(List<Node> nodes, List<Link> links) implements Serializable {
  public Picture {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }
}
