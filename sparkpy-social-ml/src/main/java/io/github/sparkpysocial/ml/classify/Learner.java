package io.github.sparkpysocial.ml.classify;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;

/**
 * What tells labels apart, given the weights of a post's terms. Start with the default, {@link
 * LinearSvm}: on short texts nothing else here does better for long.
 *
 * <p>The trees look at the {@value #TREE_TERMS} most frequent terms only, since MLlib keeps a
 * histogram of every term for every node that it splits.
 */
public sealed interface Learner extends Serializable {
  /** How many terms trees look at. */
  int TREE_TERMS = 1_000;

  /**
   * A linear support vector machine with squared hinge loss; see {@link
   * io.github.sparkpysocial.ml.classify.LinearSvm}.
   *
   * @param cost what a violated margin costs, above 0
   */
  record LinearSvm(double cost) implements Learner {
    public LinearSvm {
      requirePositive("cost", cost);
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("cost", cost);
    }
  }

  /**
   * Multinomial logistic regression by L-BFGS, without the standardisation that is Spark's default:
   * on sparse text it gives rare terms the same say as frequent ones, which costs .03 to .1 of
   * macro-F1.
   *
   * @param regParam how much large weights cost, L2, 0 or more
   */
  record LogisticRegression(double regParam) implements Learner {
    public LogisticRegression {
      if (!(regParam >= 0)) {
        throw new IllegalArgumentException("regParam must be 0 or more, was " + regParam);
      }
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("regParam", regParam);
    }
  }

  /**
   * Multinomial naive Bayes on the weights of terms: the quickest, one pass.
   *
   * @param smoothing what is added to the weight of each term in each label, above 0
   */
  record NaiveBayes(double smoothing) implements Learner {
    public NaiveBayes {
      requirePositive("smoothing", smoothing);
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("smoothing", smoothing);
    }
  }

  /**
   * One decision tree: weak, but can be read.
   *
   * @param maxDepth how many questions it asks at most, from 1 to 30
   */
  record DecisionTree(int maxDepth) implements Learner {
    public DecisionTree {
      requireDepth(maxDepth);
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("maxDepth", (double) maxDepth);
    }
  }

  /**
   * A random forest: the mean of many trees, each of a sample of posts and terms.
   *
   * @param numTrees how many trees, at least 1
   * @param maxDepth how many questions each asks at most, from 1 to 30
   */
  record RandomForest(int numTrees, int maxDepth) implements Learner {
    public RandomForest {
      requirePositive("numTrees", numTrees);
      requireDepth(maxDepth);
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("numTrees", (double) numTrees, "maxDepth", (double) maxDepth);
    }
  }

  /**
   * Gradient-boosted trees, one label against the rest, each tree mending what those before it got
   * wrong. The slowest: {@code maxIter} trees for each label, one after the other.
   *
   * @param maxIter how many trees for each label, at least 1
   * @param maxDepth how many questions each asks at most, from 1 to 30
   */
  record GradientBoostedTrees(int maxIter, int maxDepth) implements Learner {
    public GradientBoostedTrees {
      requirePositive("maxIter", maxIter);
      requireDepth(maxDepth);
    }

    @Override
    public Map<String, Double> parameters() {
      return Map.of("maxIter", (double) maxIter, "maxDepth", (double) maxDepth);
    }
  }

  /** Returns a linear support vector machine with cost 1, the default. */
  static Learner linearSvm() {
    return new LinearSvm(1);
  }

  /** Returns logistic regression with regularisation 1e-4, which suits short texts. */
  static Learner logisticRegression() {
    return new LogisticRegression(1e-4);
  }

  /** Returns naive Bayes with smoothing .1, which suits weights of terms that are below one. */
  static Learner naiveBayes() {
    return new NaiveBayes(0.1);
  }

  /** Returns a decision tree of depth 10. */
  static Learner decisionTree() {
    return new DecisionTree(10);
  }

  /** Returns a random forest of 50 trees of depth 10. */
  static Learner randomForest() {
    return new RandomForest(50, 10);
  }

  /** Returns gradient-boosted trees, 20 of depth 4 for each label. */
  static Learner gradientBoostedTrees() {
    return new GradientBoostedTrees(20, 4);
  }

  /** Returns what was chosen, by name. */
  Map<String, Double> parameters();

  /** Returns its name, such as {@code linear-svm}. */
  default String learnerName() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "-")
        .toLowerCase(Locale.ROOT);
  }

  private static void requirePositive(String name, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }

  private static void requireDepth(int maxDepth) {
    if (maxDepth < 1 || maxDepth > 30) {
      throw new IllegalArgumentException("maxDepth must be from 1 to 30, was " + maxDepth);
    }
  }
}
