package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.ModelDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.mllib.clustering.ClusteringTreeNode;

/**
 * A point goes down the tree of splits, each time to the nearer of two centres, as in MLlib's
 * bisecting K-Means.
 *
 * @param centres of the nodes; the root is the last
 * @param splits for each node its two children, which come before it, and its cluster; -1 is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TreeMembership(double[][] centres, int[] splits) implements Membership {
  static final String KIND = "tree";
  private static final String CENTRES = "node-centres.npy";
  private static final String SPLITS = "node-splits.npy";
  private static final int FIELDS = 3;
  private static final int NONE = -1;

  static TreeMembership of(ClusteringTreeNode root) {
    List<double[]> centres = new ArrayList<>();
    List<int[]> splits = new ArrayList<>();
    add(root, centres, splits, new int[1]);
    return new TreeMembership(
        centres.toArray(double[][]::new), splits.stream().flatMapToInt(Arrays::stream).toArray());
  }

  private static int add(
      ClusteringTreeNode node, List<double[]> centres, List<int[]> splits, int[] leaves) {
    int[] split = {NONE, NONE, NONE};
    ClusteringTreeNode[] children = node.children();
    if (children.length == 2) {
      split[0] = add(children[0], centres, splits, leaves);
      split[1] = add(children[1], centres, splits, leaves);
    } else {
      split[2] = leaves[0]++;
    }
    centres.add(node.center().toArray());
    splits.add(split);
    return splits.size() - 1;
  }

  @Override
  public int clusters() {
    return (centres.length + 1) / 2;
  }

  @Override
  public int of(double[] point) {
    int node = centres.length - 1;
    while (splits[node * FIELDS + 2] == NONE) {
      int left = splits[node * FIELDS];
      int right = splits[node * FIELDS + 1];
      node =
          KMeansStarts.nearest(new double[][] {centres[left], centres[right]}, point) == 0
              ? left
              : right;
    }
    return splits[node * FIELDS + 2];
  }

  @Override
  public TreeMembership inOrder(int[] order) {
    int[] numbers = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      numbers[order[i]] = i;
    }
    int[] renumbered = splits.clone();
    for (int i = 2; i < renumbered.length; i += FIELDS) {
      renumbered[i] = splits[i] == NONE ? NONE : numbers[splits[i]];
    }
    return new TreeMembership(centres, renumbered);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelDirectory.Output files) throws IOException {
    files.array(CENTRES, Membership.flat(centres), centres.length, centres[0].length);
    files.array(SPLITS, splits, centres.length, FIELDS);
  }

  static TreeMembership load(ModelDirectory files, double[][] centres) throws IOException {
    double[] values = files.doubles(CENTRES);
    int[] splits = files.ints(SPLITS);
    int width = centres[0].length;
    int nodes = 2 * centres.length - 1;
    boolean whole = values.length == nodes * width && splits.length == nodes * FIELDS;
    for (int node = 0; whole && node < nodes; node++) {
      int left = splits[node * FIELDS];
      int right = splits[node * FIELDS + 1];
      int cluster = splits[node * FIELDS + 2];
      whole =
          cluster == NONE
              ? left >= 0 && left < node && right >= 0 && right < node
              : cluster >= 0 && cluster < centres.length;
    }
    if (!whole) {
      throw files.damaged("the tree of splits leads nowhere");
    }
    return new TreeMembership(Membership.rows(values, width), splits);
  }
}
