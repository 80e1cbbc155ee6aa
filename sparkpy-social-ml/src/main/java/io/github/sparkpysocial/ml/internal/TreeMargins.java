package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Decision trees whose leaves add up. Immutable. */
public final class TreeMargins implements Margins {
  private static final long serialVersionUID = 1L;
  static final String KIND = "trees";
  private static final int LEAF = -1;
  private static final String SPLITS = "splits.npy";
  private static final String THRESHOLDS = "thresholds.npy";
  private static final String LEAVES = "leaves.npy";
  private static final String ROOTS = "roots.npy";
  private static final int FIELDS = 3;

  private final int labels;
  private final int[] roots;

  /** Of each node the term that it asks for, and the nodes to the left and right. */
  private final int[] splits;

  private final double[] thresholds;

  /** Of each node what it adds to each label; zero but for leaves. */
  private final double[] leaves;

  private TreeMargins(int labels, int[] roots, int[] splits, double[] thresholds, double[] leaves) {
    this.labels = labels;
    this.roots = roots;
    this.splits = splits;
    this.thresholds = thresholds;
    this.leaves = leaves;
  }

  /** Takes trees node by node. Not thread-safe. */
  public static final class Builder {
    private final int labels;
    private final List<Integer> roots = new ArrayList<>();
    private final List<int[]> splits = new ArrayList<>();
    private final List<Double> thresholds = new ArrayList<>();
    private final List<double[]> leaves = new ArrayList<>();

    public Builder(int labels) {
      this.labels = labels;
    }

    /** Names the node that a tree begins with. */
    public void root(int node) {
      roots.add(node);
    }

    /** Adds a leaf, and returns its number. */
    public int leaf(double[] values) {
      return add(0, new int[] {LEAF, LEAF, LEAF}, values.clone());
    }

    /** Adds a node that goes to the left where a term weighs no more than the threshold. */
    public int split(int term, double threshold, int left, int right) {
      return add(threshold, new int[] {term, left, right}, new double[labels]);
    }

    private int add(double threshold, int[] split, double[] leaf) {
      thresholds.add(threshold);
      splits.add(split);
      leaves.add(leaf);
      return thresholds.size() - 1;
    }

    public TreeMargins build() {
      return new TreeMargins(
          labels,
          roots.stream().mapToInt(Integer::intValue).toArray(),
          splits.stream().flatMapToInt(Arrays::stream).toArray(),
          thresholds.stream().mapToDouble(Double::doubleValue).toArray(),
          leaves.stream().flatMapToDouble(Arrays::stream).toArray());
    }
  }

  @Override
  public double[] of(TermVector weights) {
    double[] margins = new double[labels];
    for (int root : roots) {
      int node = root;
      while (splits[node * FIELDS] != LEAF) {
        int at = Arrays.binarySearch(weights.indices(), splits[node * FIELDS]);
        double weight = at < 0 ? 0 : weights.values()[at];
        node = splits[node * FIELDS + (weight <= thresholds[node] ? 1 : 2)];
      }
      for (int c = 0; c < labels; c++) {
        margins[c] += leaves[node * labels + c];
      }
    }
    return margins;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelDirectory.Output files) throws IOException {
    files.array(ROOTS, roots, roots.length);
    files.array(SPLITS, splits, thresholds.length, FIELDS);
    files.array(THRESHOLDS, thresholds, thresholds.length);
    files.array(LEAVES, leaves, thresholds.length, labels);
  }

  static TreeMargins load(ModelDirectory files, int labels, int terms) throws IOException {
    TreeMargins trees =
        new TreeMargins(
            labels,
            files.ints(ROOTS),
            files.ints(SPLITS),
            files.doubles(THRESHOLDS),
            files.doubles(LEAVES));
    if (!trees.isWhole(terms)) {
      throw files.damaged("a tree leads nowhere");
    }
    return trees;
  }

  /** Children come before their parents, so that no way down is endless. */
  private boolean isWhole(int terms) {
    int nodes = thresholds.length;
    boolean whole = splits.length == nodes * FIELDS && leaves.length == nodes * labels;
    for (int node = 0; whole && node < nodes; node++) {
      int term = splits[node * FIELDS];
      int left = splits[node * FIELDS + 1];
      int right = splits[node * FIELDS + 2];
      whole =
          term == LEAF
              || (term >= 0
                  && term < terms
                  && left >= 0
                  && left < node
                  && right >= 0
                  && right < node);
    }
    return whole && Arrays.stream(roots).allMatch(root -> root >= 0 && root < nodes);
  }
}
