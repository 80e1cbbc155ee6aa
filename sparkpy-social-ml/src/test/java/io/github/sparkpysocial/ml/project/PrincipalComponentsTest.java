package io.github.sparkpysocial.ml.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlainQueries.class)
class PrincipalComponentsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static final StructType SCHEMA =
      new StructType().add("id", "int").add("features", SQLDataTypes.VectorType());

  private static Dataset<Row> rows() {
    Random random = new Random(6);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double a = 5 * random.nextGaussian();
      double b = 2 * random.nextGaussian();
      double[] x = {a + 3, b, a - b + 0.3 * random.nextGaussian(), 0.1 * random.nextGaussian(), 7};
      rows.add(RowFactory.create(i, i % 2 == 0 ? Vectors.dense(x) : Vectors.dense(x).toSparse()));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  @Test
  void componentsAreThoseOfMllib() {
    Dataset<Row> rows = rows();
    PCAModel mllib = new PCA().setK(3).setInputCol("features").setOutputCol("p").fit(rows);

    PrincipalComponentsModel model = PrincipalComponents.builder(3).build().fit(rows);

    for (int j = 0; j < 3; j++) {
      assertThat(model.explainedVariance().get(j))
          .isEqualTo(mllib.explainedVariance().apply(j), within(1e-6));
    }
    // MLlib does not take the mean off, and leaves the sign open.
    List<Row> both = mllib.transform(model.transform(rows)).orderBy("id").collectAsList();
    Row first = both.get(0);
    for (Row row : both) {
      for (int j = 0; j < 3; j++) {
        double ours = of(row, "components", j) - of(first, "components", j);
        double theirs = of(row, "p", j) - of(first, "p", j);
        assertThat(Math.abs(ours)).isEqualTo(Math.abs(theirs), within(1e-5));
      }
    }
    for (int j = 0; j < 3; j++) {
      int component = j;
      assertThat(both.stream().mapToDouble(row -> of(row, "components", component)).sum())
          .isEqualTo(0, within(1e-5));
    }
  }

  private static double of(Row row, String column, int component) {
    return row.<Vector>getAs(column).apply(component);
  }

  @Test
  void aSavedModelGivesTheSameOnAnyPartitions(@TempDir Path directory) throws Exception {
    Dataset<Row> rows = rows();
    PrincipalComponentsModel one = PrincipalComponents.builder(2).build().fit(rows.coalesce(1));
    PrincipalComponentsModel eight =
        PrincipalComponents.builder(2).build().fit(rows.repartition(8));
    one.save(directory.resolve("model"));
    eight.save(spark, directory.resolve("other").toUri());

    PrincipalComponentsModel loaded = PrincipalComponentsModel.load(directory.resolve("model"));
    PrincipalComponentsModel other =
        PrincipalComponentsModel.load(spark, directory.resolve("other").toUri());

    double[] vector = {1, 2, 3, 4, 5};
    assertThat(loaded.components(vector)).isEqualTo(one.components(vector));
    assertThat(other.components(vector)).isEqualTo(one.components(vector));
    assertThat(loaded.explainedVariance()).isEqualTo(one.explainedVariance());
    assertThat(loaded.transform(rows).first()).isEqualTo(one.transform(rows).first());
  }

  @Test
  void badInputIsNamed() {
    PrincipalComponents two = PrincipalComponents.builder(2).build();
    PrincipalComponentsModel model = two.fit(rows());

    assertThatThrownBy(() -> PrincipalComponents.builder(0))
        .hasMessage("k must be positive, was 0");
    assertThatThrownBy(() -> two.fit(rows().drop("features")))
        .hasMessageContaining("No column 'features'");
    assertThatThrownBy(() -> two.fit(spark.sql("SELECT 1 AS features")))
        .hasMessageContaining("holds no vectors");
    assertThatThrownBy(() -> two.fit(rows().limit(1))).hasMessageContaining("at least two vectors");
    assertThatThrownBy(() -> model.components(new double[3]))
        .hasMessageContaining("of vectors of 5");
    assertThatThrownBy(() -> model.transform(rows().withColumnRenamed("id", "components")))
        .hasMessageContaining("'components' already");
  }
}
