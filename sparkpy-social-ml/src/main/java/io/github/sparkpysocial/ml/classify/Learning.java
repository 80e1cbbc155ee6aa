package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.internal.LinearMargins;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Lets a {@link Learner} learn from weighed posts. */
final class Learning {
  private static final String INDEX = "__index";
  private static final int MOST_LABELS = 1_000;

  private final String featuresCol;
  private final String labelCol;
  private final long seed;

  Learning(String featuresCol, String labelCol, long seed) {
    this.featuresCol = featuresCol;
    this.labelCol = labelCol;
    this.seed = seed;
  }

  /**
   * Learns.
   *
   * @param rows with vectors and labels, texts, none of which is null; kept by Spark
   * @throws IllegalArgumentException if there are fewer than two labels, or more than a thousand
   */
  Learnt learn(Learner learner, Dataset<Row> rows) {
    if (learner instanceof Learner.LinearSvm svm) {
      LinearSvmModel model =
          new LinearSvm()
              .setFeaturesCol(featuresCol)
              .setLabelCol(labelCol)
              .setCost(svm.cost())
              .fit(rows);
      return new Learnt(model.labels(), model.toMargins());
    }
    List<String> labels = labels(rows);
    if (learner instanceof Learner.GradientBoostedTrees boosted) {
      return new Learnt(labels, boosted(boosted, rows, labels));
    }
    Dataset<Row> indexed = rows.withColumn(INDEX, index(labels));
    if (learner instanceof Learner.LogisticRegression regression) {
      return new Learnt(labels, regression(regression, indexed));
    } else if (learner instanceof Learner.NaiveBayes bayes) {
      return new Learnt(labels, bayes(bayes, indexed));
    } else if (learner instanceof Learner.DecisionTree tree) {
      TreeCopy copy = new TreeCopy(labels.size());
      copy.add(
          new DecisionTreeClassifier()
              .setFeaturesCol(featuresCol)
              .setLabelCol(INDEX)
              .setMaxDepth(tree.maxDepth())
              .setSeed(seed)
              .fit(indexed)
              .rootNode());
      return new Learnt(labels, copy.margins());
    } else if (learner instanceof Learner.RandomForest forest) {
      TreeCopy copy = new TreeCopy(labels.size());
      Arrays.stream(
              new RandomForestClassifier()
                  .setFeaturesCol(featuresCol)
                  .setLabelCol(INDEX)
                  .setNumTrees(forest.numTrees())
                  .setMaxDepth(forest.maxDepth())
                  .setSeed(seed)
                  .fit(indexed)
                  .trees())
          .forEach(tree -> copy.add(tree.rootNode()));
      return new Learnt(labels, copy.margins());
    }
    throw new IllegalArgumentException("There is no way to learn by " + learner);
  }

  private List<String> labels(Dataset<Row> rows) {
    List<String> labels =
        rows.select(labelCol).distinct().limit(MOST_LABELS + 1).collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (labels.size() < 2 || labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          labels.size() < 2
              ? "there is "
                  + (labels.isEmpty() ? "no label" : "the one label '" + labels.get(0) + "'")
              : "there are more than " + MOST_LABELS + " labels");
    }
    return labels;
  }

  private Column index(List<String> labels) {
    return functions
        .array_position(lit(labels.toArray(new String[0])), col(labelCol))
        .minus(1)
        .cast("double");
  }

  private LinearMargins regression(Learner.LogisticRegression learner, Dataset<Row> indexed) {
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFeaturesCol(featuresCol)
            .setLabelCol(INDEX)
            .setFamily("multinomial")
            .setStandardization(false)
            .setRegParam(learner.regParam())
            .setMaxIter(200)
            .fit(indexed);
    return new LinearMargins(
        rows(model.coefficientMatrix()), model.interceptVector().toArray().clone());
  }

  /** The logarithms of what is multiplied: a prior for each label, a probability for each term. */
  private LinearMargins bayes(Learner.NaiveBayes learner, Dataset<Row> indexed) {
    NaiveBayesModel model =
        new NaiveBayes()
            .setFeaturesCol(featuresCol)
            .setLabelCol(INDEX)
            .setSmoothing(learner.smoothing())
            .fit(indexed);
    return new LinearMargins(rows(model.theta()), model.pi().toArray().clone());
  }

  private static double[] rows(Matrix matrix) {
    return matrix.transpose().toArray();
  }

  private io.github.sparkpysocial.ml.internal.Margins boosted(
      Learner.GradientBoostedTrees learner, Dataset<Row> rows, List<String> labels) {
    TreeCopy copy = new TreeCopy(labels.size());
    // Of two labels one machine tells both.
    int machines = labels.size() == 2 ? 1 : labels.size();
    for (int c = labels.size() - machines; c < labels.size(); c++) {
      GBTClassificationModel model =
          new GBTClassifier()
              .setFeaturesCol(featuresCol)
              .setLabelCol(INDEX)
              .setMaxIter(learner.maxIter())
              .setMaxDepth(learner.maxDepth())
              .setSeed(seed)
              .fit(
                  rows.withColumn(
                      INDEX, when(col(labelCol).equalTo(labels.get(c)), 1.0).otherwise(0.0)));
      double[] share = new double[labels.size()];
      share[c] = 1;
      if (machines == 1) {
        share[0] = -1;
      }
      IntStream.range(0, model.trees().length)
          .forEach(t -> copy.add(model.trees()[t].rootNode(), model.treeWeights()[t], share));
    }
    return copy.margins();
  }
}
