package io.github.sparkpysocial.ml.network;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The neighbours of all vertices, and how much the shortest paths from one of them depend on each
 * (Brandes 2001, "A faster algorithm for betweenness centrality"). Once built it does not change.
 */
final class ShortestPaths implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int NOT_REACHED = -1;

  private final int[] starts;
  private final int[] neighbours;

  private ShortestPaths(int[] starts, int[] neighbours) {
    this.starts = starts;
    this.neighbours = neighbours;
  }

  int vertices() {
    return starts.length - 1;
  }

  /**
   * Adds to each vertex the share of shortest paths from {@code source} to others that go through
   * it, summed over the others.
   */
  void add(int source, double[] sum) {
    int[] distance = new int[vertices()];
    double[] paths = new double[vertices()];
    int[] order = new int[vertices()];
    Arrays.fill(distance, NOT_REACHED);
    distance[source] = 0;
    paths[source] = 1;
    order[0] = source;
    int reached = 1;
    for (int next = 0; next < reached; next++) {
      int vertex = order[next];
      for (int i = starts[vertex]; i < starts[vertex + 1]; i++) {
        int other = neighbours[i];
        if (distance[other] == NOT_REACHED) {
          distance[other] = distance[vertex] + 1;
          order[reached++] = other;
        }
        if (distance[other] == distance[vertex] + 1) {
          paths[other] += paths[vertex];
        }
      }
    }
    double[] dependency = new double[vertices()];
    for (int last = reached - 1; last > 0; last--) {
      int vertex = order[last];
      for (int i = starts[vertex]; i < starts[vertex + 1]; i++) {
        int other = neighbours[i];
        if (distance[other] == distance[vertex] - 1) {
          dependency[other] += paths[other] / paths[vertex] * (1 + dependency[vertex]);
        }
      }
      sum[vertex] += dependency[vertex];
    }
  }

  /** Collects pairs of neighbours, each once. Not thread-safe. */
  static final class Builder {
    private final int[] degrees;
    private final int[] ends;
    private int size;

    Builder(int vertices, int pairs) {
      this.degrees = new int[vertices];
      this.ends = new int[2 * pairs];
    }

    void add(int a, int b) {
      ends[size++] = a;
      ends[size++] = b;
      degrees[a]++;
      degrees[b]++;
    }

    ShortestPaths build() {
      int[] starts = new int[degrees.length + 1];
      for (int v = 0; v < degrees.length; v++) {
        starts[v + 1] = starts[v] + degrees[v];
      }
      int[] free = Arrays.copyOf(starts, degrees.length);
      int[] neighbours = new int[size];
      for (int i = 0; i < size; i += 2) {
        neighbours[free[ends[i]]++] = ends[i + 1];
        neighbours[free[ends[i + 1]]++] = ends[i];
      }
      return new ShortestPaths(starts, neighbours);
    }
  }
}
