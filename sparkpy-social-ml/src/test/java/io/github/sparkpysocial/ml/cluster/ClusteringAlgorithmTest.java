package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.List;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PlainQueries.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets it
class ClusteringAlgorithmTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static Dataset<Row> posts;

  @BeforeAll
  static void posts() {
    posts =
        SPARK
            .session()
            .sql(
                "SELECT cast(id AS string) id, id % 3 AS topic, concat_ws(' ', element_at(words, 1"
                    + " + cast(id / 3 as int) % 4), element_at(words, 1 + cast(id / 7 as int) % 4),"
                    + " element_at(words, 1 + cast(id / 11 as int) % 4), 'number' || id % 9) AS"
                    + " text FROM (SELECT id, CASE id % 3 WHEN 0 THEN array('espresso', 'milk',"
                    + " 'roast', 'barista') WHEN 1 THEN array('bicycle', 'pedal', 'helmet',"
                    + " 'gravel') ELSE array('guitar', 'chord', 'amplifier', 'drums') END AS words"
                    + " FROM range(120))")
            .cache();
  }

  @ParameterizedTest
  @EnumSource
  void eachAlgorithmFindsPlainTopicsAndReportsAlike(ClusteringAlgorithm algorithm) {
    TextClusteringModel model =
        TextClustering.builder(3).algorithm(algorithm).maxIter(10).build().fit(posts);

    ClusteringReport report = model.report();
    assertThat(report.algorithm()).isEqualTo(algorithm);
    assertThat(report.clusters()).hasSizeBetween(2, 3);
    assertThat(report.clusters().stream().mapToLong(ClusterCard::size).sum()).isEqualTo(120);
    assertThat(report.cost()).isPositive();
    assertThat(Agreement.of(model.transform(posts), "topic", "prediction").nmi())
        .isGreaterThan(algorithm == ClusteringAlgorithm.SPHERICAL_K_MEANS ? 0.99 : 0.5);
  }

  @Test
  void theSilhouetteIsThatOfSpark() {
    TextClusteringModel model = TextClustering.builder(3).starts(1).build().fit(posts);
    List<Row> rows =
        posts.select("text").distinct().collectAsList().stream()
            .map(
                row ->
                    RowFactory.create(
                        model.point(row.getString(0)), model.cluster(row.getString(0))))
            .map(row -> RowFactory.create(Vectors.dense((double[]) row.get(0)), row.get(1)))
            .toList();
    Dataset<Row> points =
        SPARK
            .session()
            .createDataFrame(
                rows,
                new StructType()
                    .add("features", SQLDataTypes.VectorType())
                    .add("prediction", DataTypes.IntegerType));

    assertThat(model.report().silhouette())
        .isEqualTo(
            new ClusteringEvaluator().setDistanceMeasure("cosine").evaluate(points), within(1e-6));
  }

  @Test
  void aSweepTellsWhichKFits() {
    ClusterSweep sweep =
        ClusterSweep.of(posts, List.of(1, 3), List.of(1L, 2L, 3L), TextClustering::builder);

    assertThat(sweep.steps()).extracting(ClusterSweep.Step::k).containsExactly(1, 3);
    assertThat(sweep.steps().get(0).silhouette()).isNull();
    assertThat(sweep.steps().get(0).stability()).isEqualTo(1);
    assertThat(sweep.steps().get(1).silhouette()).isPositive();
    assertThat(sweep.steps().get(1).stability()).isEqualTo(1, within(1e-9));
    assertThatThrownBy(
            () -> ClusterSweep.of(posts, List.of(), List.of(1L), TextClustering::builder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one k");
  }
}
