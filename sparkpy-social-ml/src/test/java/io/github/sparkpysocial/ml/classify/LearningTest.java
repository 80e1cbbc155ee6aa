package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.internal.Margins;
import io.github.sparkpysocial.ml.internal.TermVector;
import io.github.sparkpysocial.ml.score.LabelScore;
import io.github.sparkpysocial.ml.score.TextClassifier;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.DecisionTreeClassifier;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is copied from MLlib's models against those models themselves. */
@ExtendWith(PlainQueries.class)
class LearningTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static final int FEATURES = 6;

  private static Dataset<Row> rows(int labels) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      int label = i % labels;
      double[] x = new double[FEATURES];
      for (int j = 0; j < FEATURES; j++) {
        x[j] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
      }
      x[label] += 0.4;
      rows.add(RowFactory.create("label " + label, (double) label, Vectors.dense(x).toSparse()));
    }
    return spark.createDataFrame(
        rows,
        new StructType(
            new StructField[] {
              DataTypes.createStructField("name", DataTypes.StringType, false),
              DataTypes.createStructField("label", DataTypes.DoubleType, false),
              DataTypes.createStructField("features", SQLDataTypes.VectorType(), false)
            }));
  }

  private static Margins learn(Learner learner, Dataset<Row> rows) {
    Learnt learnt = new Learning("features", "name", 3).learn(learner, rows);
    assertThat(learnt.labels()).isSorted();
    return learnt.margins();
  }

  private static double[] margins(Margins margins, Vector x) {
    SparseVector sparse = x.toSparse();
    return margins.of(new TermVector(sparse.indices(), sparse.values()));
  }

  /** Margins must be MLlib's own raw predictions. */
  private static void same(
      Margins margins, ProbabilisticClassificationModel<Vector, ?> model, Dataset<Row> rows) {
    for (Row row : rows.collectAsList()) {
      Vector x = row.getAs("features");
      double[] raw = model.predictRaw(x).toArray();
      assertThat(margins(margins, x)).containsExactly(raw, within(1e-9));
    }
  }

  @Test
  void linearLearnersAreCopiedWhole() {
    Dataset<Row> rows = rows(3);

    same(
        learn(new Learner.LogisticRegression(1e-2), rows),
        new LogisticRegression()
            .setFamily("multinomial")
            .setStandardization(false)
            .setRegParam(1e-2)
            .setMaxIter(200)
            .fit(rows),
        rows);
    same(
        learn(new Learner.NaiveBayes(0.3), rows),
        new NaiveBayes().setSmoothing(0.3).fit(rows),
        rows);
  }

  @Test
  void treesAreCopiedNodeByNode() {
    Dataset<Row> rows = rows(3);

    same(
        learn(new Learner.RandomForest(7, 4), rows),
        new RandomForestClassifier().setNumTrees(7).setMaxDepth(4).setSeed(3).fit(rows),
        rows);
    Margins tree = learn(new Learner.DecisionTree(3), rows);
    var model = new DecisionTreeClassifier().setMaxDepth(3).setSeed(3).fit(rows);
    for (Row row : rows.collectAsList()) {
      Vector x = row.getAs("features");
      assertThat(margins(tree, x))
          .containsExactly(model.predictProbability(x).toArray(), within(1e-9));
    }
  }

  @Test
  void oneMachineOfBoostedTreesTellsTwoLabels() {
    Dataset<Row> rows = rows(2);

    same(
        learn(new Learner.GradientBoostedTrees(3, 2), rows),
        new GBTClassifier().setMaxIter(3).setMaxDepth(2).setSeed(3).fit(rows),
        rows);
  }

  static Stream<Learner> learners() {
    return Stream.of(
        Learner.linearSvm(),
        Learner.logisticRegression(),
        Learner.naiveBayes(),
        Learner.decisionTree(),
        new Learner.RandomForest(5, 4),
        new Learner.GradientBoostedTrees(2, 2));
  }

  @ParameterizedTest
  @MethodSource("learners")
  void everyLearnerIsSavedWholeAndIndifferentToPartitions(Learner learner, @TempDir Path directory)
      throws Exception {
    List<Row> rows = new ArrayList<>(Moods.rows(40));
    for (int i = 0; i < 20; i++) {
      rows.add(RowFactory.create("c" + i, "compile number " + i + " with maven", "calm"));
    }
    TextClassification classification =
        TextClassification.builder("mood")
            .learner(learner)
            .folds(Folds.keeping(2, 1, Folds.Together.TEXT))
            .build();

    TextClassificationModel one = classification.fit(Moods.frame(spark, rows).coalesce(1));
    TextClassificationModel eight = classification.fit(Moods.frame(spark, rows).repartition(8));
    one.save(directory.resolve("model"));
    TextClassifier plain = TextClassifier.load(directory.resolve("model"));

    assertThat(one.report().scores().macroF1()).isGreaterThan(0.8);
    assertThat(eight.report()).isEqualTo(one.report());
    for (Row row : one.transform(Moods.frame(spark, rows)).collectAsList()) {
      assertThat(plain.score(row.getString(1)))
          .isEqualTo(new LabelScore(row.getAs("prediction"), row.getAs("confidence")));
    }
  }

  @Test
  void aChoiceThatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Learner.LinearSvm(0))
        .hasMessageContaining("cost must be positive");
    assertThatThrownBy(() -> new Learner.DecisionTree(31))
        .hasMessageContaining("maxDepth must be from 1 to 30, was 31");
    assertThatThrownBy(() -> new Learner.LogisticRegression(Double.NaN))
        .hasMessageContaining("regParam");
    assertThatThrownBy(
            () -> new Learning("features", "name", 1).learn(Learner.naiveBayes(), rows(1)))
        .hasMessageContaining("the one label 'label 0'");
  }
}
