package io.github.sparkpysocial.viz.network;

import java.util.SplittableRandom;

/**
 * The force-directed layout of M. Jacomy, T. Venturini, S. Heymann and M. Bastian: "ForceAtlas2, a
 * continuous graph layout algorithm for handy network visualization", PLOS ONE 9(6), 2014: nodes
 * repel by their degrees, edges attract, gravity keeps parts without an edge near, and the speed
 * follows from how much the forces swing. Otherwise than there, edges attract by the root of their
 * length, between its linear and its logarithmic mode, which spreads the middle of large networks.
 * Repulsion of far nodes is summed up in a quadtree (J. Barnes, P. Hut: "A hierarchical O(N log N)
 * force-calculation algorithm", Nature 324, 1986). One thread and no trigonometry, so that every
 * machine computes the same.
 */
final class ForceLayout {
  private static final double REPULSION = 10;
  private static final double GRAVITY = 0.02;
  private static final double JITTER = 1;
  private static final long BUDGET = 1_500_000; // nodes times rounds

  private final int[] sources;
  private final int[] targets;
  private final double[] pull;
  private final double[] x;
  private final double[] y;
  private final double[] mass;
  private final double[] forceX;
  private final double[] forceY;
  private final double[] oldX;
  private final double[] oldY;
  private double speed = 1;
  private double efficiency = 1;

  ForceLayout(int nodes, int[] sources, int[] targets, double[] weights, long seed) {
    this.sources = sources;
    this.targets = targets;
    this.pull = new double[weights.length];
    this.x = new double[nodes];
    this.y = new double[nodes];
    this.mass = new double[nodes];
    this.forceX = new double[nodes];
    this.forceY = new double[nodes];
    this.oldX = new double[nodes];
    this.oldY = new double[nodes];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < nodes; i++) {
      x[i] = random.nextDouble(-500, 500);
      y[i] = random.nextDouble(-500, 500);
      mass[i] = 1;
    }
    for (int e = 0; e < sources.length; e++) {
      // The square root keeps one busy pair from pulling all others into a point.
      pull[e] = StrictMath.sqrt(weights[e]);
      if (sources[e] != targets[e]) {
        mass[sources[e]]++;
        mass[targets[e]]++;
      }
    }
  }

  double[] x() {
    return x;
  }

  double[] y() {
    return y;
  }

  void run() {
    if (x.length < 2) {
      return;
    }
    int rounds = (int) Math.max(120, Math.min(600, BUDGET / x.length));
    QuadTree tree = new QuadTree(x.length);
    for (int round = 0; round < rounds; round++) {
      System.arraycopy(forceX, 0, oldX, 0, x.length);
      System.arraycopy(forceY, 0, oldY, 0, x.length);
      tree.build(x, y, mass);
      for (int i = 0; i < x.length; i++) {
        tree.repel(i, x, y, mass[i], REPULSION, forceX, forceY);
        forceX[i] -= x[i] * mass[i] * GRAVITY;
        forceY[i] -= y[i] * mass[i] * GRAVITY;
      }
      for (int e = 0; e < sources.length; e++) {
        int a = sources[e];
        int b = targets[e];
        double dx = x[b] - x[a];
        double dy = y[b] - y[a];
        double distance = Math.max(1e-9, length(dx, dy));
        double force = pull[e] / Math.sqrt(distance);
        dx *= force;
        dy *= force;
        forceX[a] += dx;
        forceY[a] += dy;
        forceX[b] -= dx;
        forceY[b] -= dy;
      }
      move();
    }
  }

  private void move() {
    double swinging = 0;
    double traction = 0;
    for (int i = 0; i < x.length; i++) {
      swinging += mass[i] * length(forceX[i] - oldX[i], forceY[i] - oldY[i]);
      traction += mass[i] * 0.5 * length(forceX[i] + oldX[i], forceY[i] + oldY[i]);
    }
    double n = x.length;
    double jitter =
        JITTER
            * Math.max(
                0.05 * Math.sqrt(n) / 100, Math.min(10, 0.05 * Math.sqrt(n) * traction / (n * n)));
    if (swinging / traction > 2) {
      efficiency = Math.max(0.05, efficiency * 0.5);
      jitter = Math.max(jitter, JITTER);
    }
    double wanted = jitter * efficiency * traction / Math.max(1e-9, swinging);
    if (swinging > jitter * traction) {
      efficiency = Math.max(0.05, efficiency * 0.7);
    } else if (speed < 1000) {
      efficiency *= 1.3;
    }
    speed += Math.min(wanted - speed, 0.5 * speed);
    for (int i = 0; i < x.length; i++) {
      double swing = mass[i] * length(forceX[i] - oldX[i], forceY[i] - oldY[i]);
      double factor = speed / (1 + Math.sqrt(speed * swing));
      x[i] += forceX[i] * factor;
      y[i] += forceY[i] * factor;
    }
  }

  private static double length(double dx, double dy) {
    return Math.sqrt(dx * dx + dy * dy);
  }
}
