package io.github.sparkpysocial.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClassificationScoresTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final double EXACT = 1e-12;

  /** Of three labels, one of which is never predicted; worked out by hand. */
  @Test
  void scoresAreThoseOfTheDefinitions() {
    Dataset<Row> rows =
        SPARK
            .session()
            .sql(
                """
                SELECT * FROM VALUES ('a', 'a'), ('a', 'a'), ('a', 'b'), ('b', 'b'), ('b', 'a'),
                  ('c', 'a'), ('c', NULL), (NULL, 'a') AS t(label, prediction)
                """);

    ClassificationScores scores = ClassificationScores.of(rows, "label", "prediction");

    assertThat(scores.labels()).containsExactly("a", "b", "c");
    assertThat(scores.confusion())
        .containsExactly(List.of(2L, 1L, 0L), List.of(1L, 1L, 0L), List.of(1L, 0L, 0L));
    assertThat(scores.count()).isEqualTo(6);
    assertThat(scores.accuracy()).isEqualTo(0.5, within(EXACT));
    ClassScores a = scores.classes().get(0);
    assertThat(a.precision()).isEqualTo(0.5, within(EXACT));
    assertThat(a.recall()).isEqualTo(2 / 3.0, within(EXACT));
    assertThat(a.f1()).isEqualTo(4 / 7.0, within(EXACT));
    ClassScores c = scores.classes().get(2);
    assertThat(c.precision()).isZero();
    assertThat(c.f1()).isZero();
    assertThat(scores.macroF1()).isEqualTo((4 / 7.0 + 0.5 + 0) / 3, within(EXACT));
    assertThat(scores.weightedF1()).isEqualTo((3 * 4 / 7.0 + 2 * 0.5 + 0) / 6, within(EXACT));
  }

  @Test
  void calibrationWeighsEachBinByItsSize() {
    Calibration calibration =
        Calibration.of(new long[] {0, 4, 6}, new double[] {0, 2.0, 5.4}, new long[] {0, 1, 6});

    assertThat(calibration.bins())
        .containsExactly(new Calibration.Bin(4, 0.5, 0.25), new Calibration.Bin(6, 0.9, 1));
    assertThat(calibration.error()).isEqualTo((1 + 0.6) / 10, within(EXACT));
  }

  @Test
  void nothingToCompareIsSaid() {
    Dataset<Row> rows = SPARK.session().sql("SELECT 'a' AS label, CAST(NULL AS string) AS guess");

    assertThatThrownBy(() -> ClassificationScores.of(rows, "label", "guess"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'guess'");
    assertThatThrownBy(() -> ClassificationScores.of(rows, "label", "prediction"))
        .hasMessageContaining("No column 'prediction'")
        .hasMessageContaining("guess");
  }
}
