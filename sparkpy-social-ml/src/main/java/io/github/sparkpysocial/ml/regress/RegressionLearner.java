package io.github.sparkpysocial.ml.regress;

import java.io.Serializable;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.regression.DecisionTreeRegressor;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.IsotonicRegression;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RandomForestRegressor;

/** What tells a number from others: one of MLlib's learners with its main choices. */
public sealed interface RegressionLearner extends Serializable {

  /**
   * A weighted sum of the features, by L-BFGS.
   *
   * @param regParam how much large weights cost, L2, 0 or more
   */
  record Linear(double regParam) implements RegressionLearner {
    public Linear {
      if (!(regParam >= 0)) {
        throw new IllegalArgumentException("regParam must be 0 or more, was " + regParam);
      }
    }

    @Override
    public PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed) {
      return new LinearRegression()
          .setRegParam(regParam)
          .setFeaturesCol(featuresCol)
          .setLabelCol(labelCol)
          .setPredictionCol(outputCol);
    }
  }

  /**
   * A curve that never falls, or never rises, over one feature.
   *
   * @param increasing whether it never falls
   */
  record Isotonic(boolean increasing) implements RegressionLearner {
    @Override
    public PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed) {
      return new IsotonicRegression()
          .setIsotonic(increasing)
          .setFeaturesCol(featuresCol)
          .setLabelCol(labelCol)
          .setPredictionCol(outputCol);
    }
  }

  /**
   * One decision tree.
   *
   * @param maxDepth how many questions it asks at most, from 1 to 30
   */
  record DecisionTree(int maxDepth) implements RegressionLearner {
    public DecisionTree {
      requireDepth(maxDepth);
    }

    @Override
    public PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed) {
      return new DecisionTreeRegressor()
          .setMaxDepth(maxDepth)
          .setSeed(seed)
          .setFeaturesCol(featuresCol)
          .setLabelCol(labelCol)
          .setPredictionCol(outputCol);
    }
  }

  /**
   * The mean of many trees, each of a sample.
   *
   * @param numTrees how many, at least 1
   * @param maxDepth how many questions each asks at most, from 1 to 30
   */
  record RandomForest(int numTrees, int maxDepth) implements RegressionLearner {
    public RandomForest {
      requirePositive("numTrees", numTrees);
      requireDepth(maxDepth);
    }

    @Override
    public PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed) {
      return new RandomForestRegressor()
          .setNumTrees(numTrees)
          .setMaxDepth(maxDepth)
          .setSeed(seed)
          .setFeaturesCol(featuresCol)
          .setLabelCol(labelCol)
          .setPredictionCol(outputCol);
    }
  }

  /**
   * Trees one after the other, each of which mends what those before it got wrong.
   *
   * @param maxIter how many, at least 1
   * @param maxDepth how many questions each asks at most, from 1 to 30
   */
  record GradientBoostedTrees(int maxIter, int maxDepth) implements RegressionLearner {
    public GradientBoostedTrees {
      requirePositive("maxIter", maxIter);
      requireDepth(maxDepth);
    }

    @Override
    public PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed) {
      return new GBTRegressor()
          .setMaxIter(maxIter)
          .setMaxDepth(maxDepth)
          .setSeed(seed)
          .setFeaturesCol(featuresCol)
          .setLabelCol(labelCol)
          .setPredictionCol(outputCol);
    }
  }

  /** Returns linear regression with regularisation .01. */
  static RegressionLearner linear() {
    return new Linear(0.01);
  }

  /** Returns a curve that never falls. */
  static RegressionLearner isotonic() {
    return new Isotonic(true);
  }

  /** Returns a tree of depth 5. */
  static RegressionLearner decisionTree() {
    return new DecisionTree(5);
  }

  /** Returns a forest of 50 trees of depth 8. */
  static RegressionLearner randomForest() {
    return new RandomForest(50, 8);
  }

  /** Returns 40 boosted trees of depth 4. */
  static RegressionLearner gradientBoostedTrees() {
    return new GradientBoostedTrees(40, 4);
  }

  /** Returns MLlib's stage, ready to fit. */
  PipelineStage stage(String featuresCol, String labelCol, String outputCol, long seed);

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }

  private static void requireDepth(int maxDepth) {
    if (maxDepth < 1 || maxDepth > 30) {
      throw new IllegalArgumentException("maxDepth must be from 1 to 30, was " + maxDepth);
    }
  }
}
