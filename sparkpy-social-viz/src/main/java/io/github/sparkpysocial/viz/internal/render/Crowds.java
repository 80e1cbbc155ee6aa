package io.github.sparkpysocial.viz.internal.render;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts points that are too close to be told apart into one crowd: each falls into a cell of a grid,
 * then the largest crowds take in the neighbours whose middle is near theirs. Linear in the number
 * of points; the same points give the same crowds. {@code map.js} does the same.
 */
final class Crowds {
  /** Side of a cell, in pixels. */
  static final double CELL = 46;

  private static final double NEAR = 0.9 * CELL;

  private Crowds() {}

  /** Points that are drawn as one. */
  static final class Crowd {
    private final int column;
    private final int row;
    private final List<Integer> members = new ArrayList<>();
    private double sumX;
    private double sumY;
    private boolean taken;

    private Crowd(int column, int row) {
      this.column = column;
      this.row = row;
    }

    private void add(int index, double x, double y) {
      members.add(index);
      sumX += x;
      sumY += y;
    }

    private void addAll(Crowd other) {
      members.addAll(other.members);
      sumX += other.sumX;
      sumY += other.sumY;
      other.taken = true;
    }

    int size() {
      return members.size();
    }

    /** Returns the index of the first point. */
    int first() {
      return members.get(0);
    }

    double x() {
      return sumX / members.size();
    }

    double y() {
      return sumY / members.size();
    }

    /** Returns the radius of its circle in pixels. */
    double radius() {
      return size() == 1 ? 5 : 7 + 3.6 * Math.log10(size());
    }

    private double distance(Crowd other) {
      return Math.hypot(x() - other.x(), y() - other.y());
    }
  }

  /** Returns the crowds of points in pixels, the largest first. */
  static List<Crowd> of(double[] x, double[] y) {
    Map<Long, Crowd> cells = new HashMap<>();
    for (int i = 0; i < x.length; i++) {
      int column = (int) Math.floor(x[i] / CELL);
      int row = (int) Math.floor(y[i] / CELL);
      cells.computeIfAbsent(key(column, row), k -> new Crowd(column, row)).add(i, x[i], y[i]);
    }
    return merged(cells);
  }

  private static List<Crowd> merged(Map<Long, Crowd> cells) {
    List<Crowd> crowds = sorted(cells.values());
    for (Crowd crowd : crowds) {
      for (int down = -1; down <= 1 && !crowd.taken; down++) {
        for (int right = -1; right <= 1; right++) {
          Crowd next = cells.get(key(crowd.column + right, crowd.row + down));
          if (next != null && next != crowd && !next.taken && crowd.distance(next) < NEAR) {
            crowd.addAll(next);
          }
        }
      }
    }
    crowds.removeIf(crowd -> crowd.taken);
    return sorted(crowds);
  }

  private static List<Crowd> sorted(Collection<Crowd> crowds) {
    List<Crowd> sorted = new ArrayList<>(crowds);
    sorted.sort(Comparator.comparingInt(Crowd::size).reversed().thenComparing(Crowd::first));
    return sorted;
  }

  private static long key(int column, int row) {
    return ((long) column << 32) | (row & 0xFFFFFFFFL);
  }
}
