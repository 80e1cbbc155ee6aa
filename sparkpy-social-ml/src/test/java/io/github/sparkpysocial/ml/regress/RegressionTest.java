package io.github.sparkpysocial.ml.regress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(PlainQueries.class)
class RegressionTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static final StructType SCHEMA =
      StructType.fromDDL(
          "id string, text string, created_at timestamp, likes bigint, pictures int, noise double");

  /** Likes grow with pictures by their logarithm, with some noise. */
  private static List<Row> rows(int count) {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int pictures = random.nextInt(5);
      double logLikes = 1 + 0.8 * pictures + 0.2 * random.nextGaussian();
      rows.add(
          RowFactory.create(
              "p" + i,
              "text " + i,
              Instant.ofEpochSecond(1_700_000_000L + 60L * i),
              Math.max(0, Math.round(Math.expm1(logLikes))),
              pictures,
              random.nextDouble()));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Regression.Builder likes() {
    return Regression.builder("likes")
        .features("pictures", "noise")
        .logTarget(true)
        .folds(Folds.keeping(2, 1, Folds.Together.TEXT));
  }

  @Test
  void scoresAreThoseOfTheDefinitions() {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    double squares = 0;
    double absolute = 0;
    double sum = 0;
    double sumSquares = 0;
    for (int i = 0; i < 50; i++) {
      double y = random.nextGaussian();
      double p = y + random.nextGaussian() / 3;
      squares += (y - p) * (y - p);
      absolute += Math.abs(y - p);
      sum += y;
      sumSquares += y * y;
      rows.add(RowFactory.create(y, p));
    }
    rows.add(RowFactory.create(null, 1.0));

    RegressionScores scores =
        RegressionScores.of(
            spark.createDataFrame(rows, StructType.fromDDL("y double, p double")), "y", "p");

    assertThat(scores.count()).isEqualTo(50);
    assertThat(scores.rmse()).isCloseTo(Math.sqrt(squares / 50), within(1e-12));
    assertThat(scores.mae()).isCloseTo(absolute / 50, within(1e-12));
    assertThat(scores.r2()).isCloseTo(1 - squares / (sumSquares - sum * sum / 50), within(1e-12));
  }

  @Test
  void theBestLearnerIsFoundAndBeatsTheMeanWhateverThePartitions(@TempDir Path directory)
      throws IOException {
    List<Row> rows = rows(150);
    rows.add(RowFactory.create("x", "no likes", null, null, 1, 0.5));
    Regression regression =
        likes()
            .learner(
                RegressionLearner.linear(),
                RegressionLearner.decisionTree(),
                new RegressionLearner.RandomForest(3, 3),
                new RegressionLearner.GradientBoostedTrees(2, 2))
            .source("a query")
            .build();

    RegressionModel model = regression.fit(frame(rows).coalesce(1));
    RegressionReport report = model.report();

    assertThat(report.posts()).isEqualTo(150);
    assertThat(report.leftOut()).isEqualTo(1);
    assertThat(report.candidates()).hasSize(4);
    assertThat(report.candidates().get(0).learner()).startsWith("Linear[");
    assertThat(report.scores()).isEqualTo(report.candidates().get(0).scores());
    assertThat(report.scores().r2()).isGreaterThan(0.9);
    assertThat(report.baseline().r2()).isBetween(-0.2, 0.01);
    assertThat(report.gain()).isGreaterThan(0.9);
    assertThat(report.scoresInUnits().mae()).isLessThan(report.baselineInUnits().mae() / 2);
    assertThat(regression.fit(frame(rows).repartition(8)).report()).isEqualTo(report);
    List<Row> told =
        model
            .transform(
                frame(
                    List.of(
                        RowFactory.create("a", "", null, null, 4, 0.5),
                        RowFactory.create("b", "", null, null, null, 0.5))))
            .orderBy("id")
            .select("prediction")
            .collectAsList();
    assertThat(told.get(0).getDouble(0)).isCloseTo(Math.expm1(1 + 0.8 * 4), within(15.0));
    assertThat(told.get(1).isNullAt(0)).isTrue();
    RegressionModel loaded = savedAndLoaded(model, directory);
    assertThat(loaded.report()).isEqualTo(report);
    assertThat(loaded.card()).isEqualTo(model.card());
    assertThat(loaded.card().source()).isEqualTo("a query");
    assertThat(loaded.card().from()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L));
    assertThat(loaded.transform(frame(rows)).collectAsList())
        .isEqualTo(model.transform(frame(rows)).collectAsList());
  }

  private static RegressionModel savedAndLoaded(RegressionModel model, Path directory)
      throws IOException {
    URI place = directory.resolve("model").toUri();
    model.save(spark, place);
    return RegressionModel.load(spark, place);
  }

  @ParameterizedTest
  @MethodSource
  void eachLearnerIsSavedWhole(RegressionLearner learner, @TempDir Path directory)
      throws IOException {
    List<Row> rows = rows(40);
    RegressionModel model =
        Regression.builder("likes")
            .features("pictures")
            .learner(learner)
            .folds(Folds.inTime(2))
            .build()
            .fit(frame(rows));

    RegressionModel loaded = savedAndLoaded(model, directory);

    assertThat(loaded.transform(frame(rows)).collectAsList())
        .isEqualTo(model.transform(frame(rows)).collectAsList());
    assertThat(loaded.sparkModel().getClass()).isEqualTo(model.sparkModel().getClass());
  }

  static List<RegressionLearner> eachLearnerIsSavedWhole() {
    return List.of(
        RegressionLearner.isotonic(),
        RegressionLearner.decisionTree(),
        new RegressionLearner.RandomForest(2, 2),
        new RegressionLearner.GradientBoostedTrees(2, 2));
  }

  @Test
  void aSavedModelThatIsDamagedSaysSo(@TempDir Path directory) throws IOException {
    Path place = directory.resolve("model");
    Regression.builder("likes")
        .features("pictures")
        .folds(Folds.inTime(2))
        .build()
        .fit(frame(rows(10)))
        .save(spark, place.toUri());
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(place.resolve("mllib/metadata"), "part-*")) {
      for (Path file : files) {
        Files.writeString(file, "{");
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      }
    }

    assertThatThrownBy(() -> RegressionModel.load(spark, place.toUri()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged; copy the model again");
  }

  @Test
  void aCurveOverOneFeatureNeverFallsAndFoldsMayFollowTime() {
    RegressionModel model =
        Regression.builder("likes")
            .features("pictures")
            .learner(RegressionLearner.isotonic())
            .folds(Folds.inTime(3))
            .build()
            .fit(frame(rows(90)));

    List<Double> curve =
        model
            .transform(frame(rows(90)).dropDuplicates("pictures"))
            .orderBy("pictures")
            .select("prediction")
            .collectAsList()
            .stream()
            .map(row -> row.getDouble(0))
            .toList();

    assertThat(curve).hasSize(5).isSorted();
    assertThat(model.report().scores().count()).isEqualTo(60);
    assertThat(model.report().folds()).isEqualTo("3 in time");
  }

  @Test
  void whatIsKnownWhenAPostIsPublishedBecomesNumbers() {
    Row row =
        PostFeatures.add(Frames.of(spark, List.of(Records.FULL), RecordKind.POST))
            .select(
                PostFeatures.names().stream()
                    .map(functions::col)
                    .toArray(org.apache.spark.sql.Column[]::new))
            .first();

    assertThat(row.<Integer>getAs("hashtag_count")).isEqualTo(1);
    assertThat(row.<Integer>getAs("mention_count")).isEqualTo(2);
    assertThat(row.<Integer>getAs("media_count")).isEqualTo(2);
    assertThat(row.<Integer>getAs("is_reply")).isEqualTo(1);
    assertThat(row.<Integer>getAs("is_weekend")).isEqualTo(1);
    assertThat(row.<Double>getAs("hour_cos")).isCloseTo(-1, within(1e-12));
  }

  @Test
  void badInputIsNamed() {
    Dataset<Row> posts = frame(rows(6));

    assertThatThrownBy(() -> Regression.builder("likes").build())
        .hasMessageContaining("at least one column");
    assertThatThrownBy(() -> likes().features("likes").build())
        .hasMessageContaining("cannot be told from itself");
    assertThatThrownBy(() -> likes().learner(RegressionLearner.isotonic()).build())
        .hasMessageContaining("over one feature, not 2");
    assertThatThrownBy(() -> likes().features("views").build().fit(posts))
        .hasMessageContaining("No column 'views'");
    assertThatThrownBy(() -> likes().features("text").build().fit(posts))
        .hasMessageContaining("'text' holds no numbers");
    assertThatThrownBy(() -> likes().build().fit(posts.where("likes < 0")))
        .hasMessageContaining("Only 0 posts");
    assertThatThrownBy(
            () -> likes().build().fit(posts.withColumn("likes", functions.expr("-likes - 1"))))
        .hasMessageContaining("negative");
  }
}
