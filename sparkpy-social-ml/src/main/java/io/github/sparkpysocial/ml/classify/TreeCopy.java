package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.internal.Margins;
import io.github.sparkpysocial.ml.internal.TreeMargins;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;

/** Copies trees of MLlib, so that they can be asked without Spark. */
final class TreeCopy {
  private final TreeMargins.Builder copy;

  TreeCopy(int labels) {
    this.copy = new TreeMargins.Builder(labels);
  }

  /** Copies a tree whose leaves vote with the shares of the labels among the posts they hold. */
  void add(Node root) {
    copy.root(
        node(
            root,
            leaf -> {
              // Spark keeps the counts to itself in Scala; its public prediction tells the first.
              double[] counts = leaf.impurityStats().stats();
              double sum = Arrays.stream(counts).sum();
              return Arrays.stream(counts).map(count -> sum == 0 ? 0 : count / sum).toArray();
            }));
  }

  /** Copies a tree of numbers, each of which counts for the labels by these shares. */
  void add(Node root, double weight, double[] shares) {
    copy.root(
        node(
            root,
            leaf ->
                Arrays.stream(shares).map(share -> share * weight * leaf.prediction()).toArray()));
  }

  Margins margins() {
    return copy.build();
  }

  private int node(Node node, Function<Node, double[]> leaf) {
    if (!(node instanceof InternalNode inner)) {
      return copy.leaf(leaf.apply(node));
    }
    int left = node(inner.leftChild(), leaf);
    int right = node(inner.rightChild(), leaf);
    ContinuousSplit split = (ContinuousSplit) inner.split();
    return copy.split(split.featureIndex(), split.threshold(), left, right);
  }
}
