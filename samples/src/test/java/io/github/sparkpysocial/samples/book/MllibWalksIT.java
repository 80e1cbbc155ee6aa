package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the book names of MLlib, with answers that are known. */
class MllibWalksIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void vectorsAndMatricesAreThoseOfTheBook() {
    Map<String, String> told = MllibDataTypes.walk(SPARK.session());

    assertThat(told)
        .containsEntry("DenseVector and SparseVector", "equal: true")
        .containsEntry("LabeledPoint", "label 1.0, features (4,[0,3],[1.0,2.0])")
        .containsEntry("DenseMatrix", "times (1, 1): [3.0,7.0]")
        .containsEntry("SparseMatrix", "2 of 4 are kept")
        .containsEntry("CoordinateMatrix", "3 x 4")
        .containsEntry("IndexedRowMatrix", "columns alike: 1")
        .containsEntry("RowMatrix", "rank 2")
        .containsEntry("BlockMatrix", "its square has 10.0 at (0, 3)")
        .hasSize(8);
  }

  @Test
  void statisticsAreThoseOfTheDefinitions() {
    Map<String, Double> told = MllibStatistics.walk(SPARK.session());

    assertThat(told.get("summary: mean likes")).isEqualTo(7.25);
    assertThat(told.get("correlation: Pearson"))
        .isCloseTo(29.5 / Math.sqrt(5 * 224.75), within(1e-12));
    assertThat(told.get("correlation: Spearman")).isCloseTo(1, within(1e-12));
    assertThat(told.get("stratified sample")).isEqualTo(8);
    assertThat(told.get("hypothesis test: chi-squared p")).isLessThan(1e-4);
    assertThat(told.get("random data: Kolmogorov-Smirnov p")).isGreaterThan(0.01);
  }

  @Test
  void learnersFindWhatWasPlanted() {
    Map<String, Double> told = MllibLearners.walk(SPARK.session());

    assertThat(told.get("SGD: SVM, right")).isGreaterThan(0.95);
    assertThat(told.get("L-BFGS: logistic, right")).isGreaterThan(0.95);
    assertThat(told.get("optimiser: gradient descent, slope")).isCloseTo(3, within(0.1));
    assertThat(told.get("streaming K-Means: drift of the centre")).isBetween(3.0, 4.0);
    assertThat(told.get("PCA: dimensions left")).isEqualTo(1);
    assertThat(told.get("sequences: replies after mentions")).isEqualTo(2);
  }
}
