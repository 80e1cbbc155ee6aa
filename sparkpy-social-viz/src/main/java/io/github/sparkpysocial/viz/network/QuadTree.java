package io.github.sparkpysocial.viz.network;

import java.util.Arrays;

/**
 * Sums up masses of far points. Cells are numbers in arrays, so that nothing is allocated from
 * round to round. Not thread-safe.
 */
final class QuadTree {
  private static final double THETA = 1.2;
  private static final int DEEPEST = 40;
  private static final int NONE = -1;

  private int[] children;
  private int[] point;
  private double[] cellMass;
  private double[] centreX;
  private double[] centreY;
  private double[] side;
  private final int[] stack = new int[4 * DEEPEST + 8];
  private int cells;

  QuadTree(int points) {
    int room = Math.max(16, 3 * points);
    children = new int[4 * room];
    point = new int[room];
    cellMass = new double[room];
    centreX = new double[room];
    centreY = new double[room];
    side = new double[room];
  }

  void build(double[] x, double[] y, double[] mass) {
    double left = Arrays.stream(x).min().orElse(0);
    double top = Arrays.stream(y).min().orElse(0);
    double span =
        Math.max(Arrays.stream(x).max().orElse(0) - left, Arrays.stream(y).max().orElse(0) - top);
    cells = 0;
    cell(Math.max(1e-9, span * 1.0001));
    for (int i = 0; i < x.length; i++) {
      insert(i, x, y, mass, left, top);
    }
    for (int c = 0; c < cells; c++) {
      centreX[c] /= cellMass[c];
      centreY[c] /= cellMass[c];
    }
  }

  private int cell(double length) {
    if (cells == point.length) {
      int room = 2 * cells;
      children = Arrays.copyOf(children, 4 * room);
      point = Arrays.copyOf(point, room);
      cellMass = Arrays.copyOf(cellMass, room);
      centreX = Arrays.copyOf(centreX, room);
      centreY = Arrays.copyOf(centreY, room);
      side = Arrays.copyOf(side, room);
    }
    int c = cells++;
    Arrays.fill(children, 4 * c, 4 * c + 4, NONE);
    point[c] = NONE;
    cellMass[c] = 0;
    centreX[c] = 0;
    centreY[c] = 0;
    side[c] = length;
    return c;
  }

  /** Adds a point to all cells it lies in; a leaf that has one already is divided. */
  private void insert(int i, double[] x, double[] y, double[] mass, double left, double top) {
    int c = 0;
    double cornerX = left;
    double cornerY = top;
    for (int depth = 0; ; depth++) {
      boolean empty = cellMass[c] == 0;
      cellMass[c] += mass[i];
      centreX[c] += mass[i] * x[i];
      centreY[c] += mass[i] * y[i];
      if (empty) {
        point[c] = i;
        return;
      }
      if (depth == DEEPEST) {
        return; // at the same spot as another, which then stands for both
      }
      double half = side[c] / 2;
      int resident = point[c];
      if (resident != NONE) {
        point[c] = NONE;
        int quarter = quarter(x[resident], y[resident], cornerX + half, cornerY + half);
        int child = cell(half);
        children[4 * c + quarter] = child;
        point[child] = resident;
        cellMass[child] = mass[resident];
        centreX[child] = mass[resident] * x[resident];
        centreY[child] = mass[resident] * y[resident];
      }
      int quarter = quarter(x[i], y[i], cornerX + half, cornerY + half);
      int child = children[4 * c + quarter];
      if (child == NONE) {
        child = cell(half);
        children[4 * c + quarter] = child;
      }
      cornerX += (quarter & 1) == 0 ? 0 : half;
      cornerY += (quarter & 2) == 0 ? 0 : half;
      c = child;
    }
  }

  private static int quarter(double x, double y, double middleX, double middleY) {
    return (x < middleX ? 0 : 1) | (y < middleY ? 0 : 2);
  }

  /** Sets the force on a point to what all others push it with. */
  void repel(
      int i,
      double[] x,
      double[] y,
      double massOfPoint,
      double strength,
      double[] forceX,
      double[] forceY) {
    double sumX = 0;
    double sumY = 0;
    int top = 0;
    stack[top++] = 0;
    while (top > 0) {
      int c = stack[--top];
      if (point[c] == i && cellMass[c] <= massOfPoint) {
        continue;
      }
      double dx = x[i] - centreX[c];
      double dy = y[i] - centreY[c];
      double square = dx * dx + dy * dy;
      if (point[c] != NONE || side[c] * side[c] < THETA * THETA * square) {
        if (square < 1e-12) {
          // At the same spot: the number of the point decides on the way out.
          dx = 1e-3 * ((i % 7) - 3.5);
          dy = 1e-3 * ((i % 5) - 2.5);
          square = dx * dx + dy * dy;
        }
        double push = strength * massOfPoint * cellMass[c] / square;
        sumX += dx * push;
        sumY += dy * push;
        continue;
      }
      for (int q = 0; q < 4; q++) {
        int child = children[4 * c + q];
        if (child != NONE) {
          stack[top++] = child;
        }
      }
    }
    forceX[i] = sumX;
    forceY[i] = sumY;
  }
}
