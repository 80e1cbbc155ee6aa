package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 3,424 tweets on four brands, each labelled with its brand by people. */
class RealTopicsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Path FILE =
      Path.of(System.getProperty("sparkpy.data", "../shared/data"), "labelled/topics_sanders4.csv");

  @BeforeAll
  static void needData() {
    assumeTrue(Files.exists(FILE), "not run: there is no " + FILE + " (set -Dsparkpy.data)");
  }

  /** scikit-learn 1.2.1: LinearSVC on folds of the same kind has .985 on words, .995 on tokens. */
  @Test
  void tellsTheBrandsAsWellAsScikitLearn() {
    Dataset<Row> posts =
        Frames.withRawColumn(
            Frames.of(SPARK.session(), PlaceUri.parse(FILE.toString()), RecordKind.POST), "label");

    ClassificationReport report = TextClassification.builder("label").build().fit(posts).report();

    assertThat(report.posts()).isEqualTo(3_424);
    assertThat(report.scores().count()).isEqualTo(3_424);
    assertThat(report.scores().macroF1()).isGreaterThan(0.993);
    assertThat(report.calibration().error()).isLessThan(0.02);
    assertThat(report.telling())
        .allMatch(t -> t.terms().get(0).term().replaceFirst("^[@#]", "").equals(t.label()));
    assertThat(report.hardest()).allMatch(post -> !post.label().equals(post.prediction()));
  }
}
