package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
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
import org.junit.jupiter.api.io.TempDir;
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
        .isGreaterThan(atLeast(algorithm));
  }

  /** A split in two cuts a topic apart, and full covariances fit more than there is to learn. */
  private static double atLeast(ClusteringAlgorithm algorithm) {
    return switch (algorithm) {
      case SPHERICAL_K_MEANS, K_MEANS, LDA -> 0.99;
      case POWER_ITERATION -> 0.8;
      case BISECTING_K_MEANS, GAUSSIAN_MIXTURE -> 0.7;
    };
  }

  @Test
  void aMixtureHasTheMembershipAndProbabilitiesOfMllib(@TempDir Path directory) throws Exception {
    TextClusteringModel model =
        TextClustering.builder(3)
            .algorithm(ClusteringAlgorithm.GAUSSIAN_MIXTURE)
            .maxIter(10)
            .build()
            .fit(posts);
    model.save(directory.resolve("model"));
    ClusterScorer scorer = ClusterScorer.load(directory.resolve("model"));
    Dataset<Row> points = vectors(model);
    GaussianMixtureModel mllib =
        new GaussianMixture().setK(3).setMaxIter(10).setSeed(7).fit(points);
    MixtureMembership copy = MixtureMembership.of(mllib);
    for (Row row : points.collectAsList()) {
      Vector point = row.getAs("features");
      assertThat(copy.probabilities(point.toArray()))
          .containsExactly(mllib.predictProbability(point).toArray(), within(1e-6));
      assertThat(copy.of(point.toArray())).isEqualTo(mllib.predict(point));
    }
    List<Row> scored = model.withProbabilities(model.transform(posts), "shares").collectAsList();
    for (Row row : scored) {
      double[] shares = scorer.probabilities(row.getAs("text"));
      assertThat(row.<Double>getList(row.fieldIndex("shares"))).containsExactly(boxed(shares));
      assertThat(scorer.cluster(row.getAs("text"))).isEqualTo(row.<Integer>getAs("prediction"));
      assertThat(shares[row.<Integer>getAs("prediction")])
          .isEqualTo(Arrays.stream(shares).max().orElseThrow());
    }
    assertThat(scorer.probabilities("zzz")).isEmpty();
  }

  private static Double[] boxed(double[] values) {
    return Arrays.stream(values).boxed().toArray(Double[]::new);
  }

  @Test
  void aTreeHasTheMembershipOfMllib(@TempDir Path directory) throws Exception {
    TextClusteringModel model =
        TextClustering.builder(3)
            .algorithm(ClusteringAlgorithm.BISECTING_K_MEANS)
            .maxIter(10)
            .build()
            .fit(posts);
    model.save(directory.resolve("model"));
    TextClusteringModel loaded = TextClusteringModel.load(directory.resolve("model"));
    Dataset<Row> points = vectors(model);
    var mllib =
        new org.apache.spark.mllib.clustering.BisectingKMeans()
            .setK(4)
            .setSeed(3)
            .run(
                points
                    .toJavaRDD()
                    .map(
                        row -> org.apache.spark.mllib.linalg.Vectors.fromML(row.<Vector>getAs(0))));
    TreeMembership copy = TreeMembership.of(mllib.root());
    Map<Integer, Integer> numbers = new HashMap<>();
    for (Row row : points.collectAsList()) {
      Vector point = row.getAs("features");
      int theirs = mllib.predict(org.apache.spark.mllib.linalg.Vectors.fromML(point));
      assertThat(numbers.computeIfAbsent(theirs, each -> copy.of(point.toArray())))
          .isEqualTo(copy.of(point.toArray()));
    }
    assertThat(numbers.values()).doesNotHaveDuplicates();
    for (Row row : model.transform(posts).collectAsList()) {
      assertThat(loaded.cluster(row.getAs("text"))).isEqualTo(row.<Integer>getAs("prediction"));
    }
    assertThatThrownBy(() -> loaded.withProbabilities(posts, "shares"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("only GAUSSIAN_MIXTURE");
  }

  private static Dataset<Row> vectors(TextClusteringModel model) {
    return SPARK
        .session()
        .createDataFrame(
            posts.select("text").distinct().orderBy("text").collectAsList().stream()
                .map(row -> RowFactory.create(Vectors.dense(model.point(row.getString(0)))))
                .toList(),
            new StructType().add("features", SQLDataTypes.VectorType()));
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
