package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.linalg.DenseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LinearSvmTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  private static Dataset<Row> rows(List<Row> rows) {
    return spark.createDataFrame(
        rows,
        new StructType(
            new StructField[] {
              DataTypes.createStructField("label", DataTypes.StringType, true),
              DataTypes.createStructField("features", SQLDataTypes.VectorType(), false)
            }));
  }

  /** Three overlapping clouds in four dimensions. */
  private static List<Row> clouds(int count) {
    Random random = new Random(7);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % 3;
      double[] x = random.doubles(4, -1, 1).toArray();
      x[label] += 0.8;
      rows.add(RowFactory.create("label " + label, Vectors.dense(x).toSparse()));
    }
    return rows;
  }

  @Test
  void theSlopeIsThatOfTheLoss() {
    SquaredHinge loss = new SquaredHinge(3, 4);
    Random random = new Random(3);
    double[] weights = random.doubles(15, -1, 1).toArray();
    org.apache.spark.mllib.linalg.Vector x =
        org.apache.spark.mllib.linalg.Vectors.sparse(4, new int[] {0, 3}, new double[] {0.6, -0.8});
    DenseVector slope = new DenseVector(new double[15]);
    loss.compute(x, 1, new DenseVector(weights), slope);
    for (int i = 0; i < weights.length; i++) {
      double h = 1e-6;
      double[] more = weights.clone();
      more[i] += h;
      double[] less = weights.clone();
      less[i] -= h;
      double measured =
          (loss.compute(x, 1, new DenseVector(more), new DenseVector(new double[15]))
                  - loss.compute(x, 1, new DenseVector(less), new DenseVector(new double[15])))
              / (2 * h);
      assertThat(slope.values()[i]).isCloseTo(measured, within(1e-5));
    }
  }

  @Test
  void whatIsLearntIsTheLowestPoint() {
    List<Row> rows = clouds(300);
    LinearSvmModel model = new LinearSvm().setCost(0.5).setTol(1e-9).fit(rows(rows));

    double[] best = weights(model);
    double lowest = objective(best, rows, 0.5);
    Random random = new Random(5);
    for (int trial = 0; trial < 50; trial++) {
      double[] other = best.clone();
      for (int i = 0; i < other.length; i++) {
        other[i] += 0.01 * random.nextGaussian();
      }
      assertThat(objective(other, rows, 0.5)).isGreaterThan(lowest);
    }
  }

  private static double[] weights(LinearSvmModel model) {
    double[] weights = new double[model.labels().size() * (model.numFeatures() + 1)];
    for (int c = 0; c < model.labels().size(); c++) {
      String label = model.labels().get(c);
      int offset = c * (model.numFeatures() + 1);
      System.arraycopy(model.coefficients(label), 0, weights, offset, model.numFeatures());
      weights[offset + model.numFeatures()] = model.intercept(label);
    }
    return weights;
  }

  /** The definition, term by term. */
  private static double objective(double[] weights, List<Row> rows, double cost) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight / 2;
    }
    for (Row row : rows) {
      double[] x = row.<Vector>getAs(1).toArray();
      for (int c = 0; c < 3; c++) {
        double margin = weights[c * 5 + 4];
        for (int i = 0; i < 4; i++) {
          margin += weights[c * 5 + i] * x[i];
        }
        double sign = row.getString(0).equals("label " + c) ? 1 : -1;
        sum += cost * Math.pow(Math.max(0, 1 - sign * margin), 2);
      }
    }
    return sum;
  }

  @Test
  void partitionsDoNotChangeWhatIsLearnt() {
    Dataset<Row> rows = rows(clouds(300));

    double[] one = weights(new LinearSvm().fit(rows.coalesce(1)));
    double[] eight = weights(new LinearSvm().fit(rows.repartition(8)));

    assertThat(eight).containsExactly(one, within(1e-3));
  }

  @Test
  void aSavedModelGivesTheSameMargins(@TempDir Path directory) throws Exception {
    Dataset<Row> rows = rows(clouds(60));
    LinearSvmModel model = new LinearSvm().setOutputCol("m").fit(rows);

    model.write().save(directory.resolve("svm").toString());
    LinearSvmModel loaded = LinearSvmModel.read().load(directory.resolve("svm").toString());

    assertThat(loaded.labels()).containsExactly("label 0", "label 1", "label 2");
    assertThat(loaded.transform(rows).select("m").collectAsList())
        .isEqualTo(model.transform(rows).select("m").collectAsList());
  }

  @Test
  void tooFewOrTooManyLabelsAreRefused() {
    Vector x = Vectors.dense(1, 0);
    assertThatThrownBy(() -> new LinearSvm().fit(rows(List.of(RowFactory.create("a", x)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the one label 'a'");
    assertThatThrownBy(() -> new LinearSvm().fit(rows(List.of(RowFactory.create(null, x)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no label");
    assertThatThrownBy(() -> new LinearSvm().setLabelCol("topic").fit(rows(clouds(3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("topic")
        .hasMessageContaining("features");
  }
}
