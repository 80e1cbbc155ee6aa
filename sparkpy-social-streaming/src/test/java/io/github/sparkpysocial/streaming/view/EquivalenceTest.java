package io.github.sparkpysocial.streaming.view;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.equivalence.Equivalence;
import io.github.sparkpysocial.testkit.equivalence.EquivalenceReport;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our functions pass the kit, and those that are wrong do not. */
class EquivalenceTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Arrivals ALL =
      Arrivals.DEFAULT.withHorizon(Duration.ofDays(10_000)).withAhead(Duration.ofDays(10_000));

  private static Dataset<Row> posts() {
    Community community = Community.builder().posts(30).build();
    return Frames.of(
        SPARK.session(),
        IntStream.range(0, 30).mapToObj(community::postAt).toList(),
        RecordKind.POST);
  }

  @Test
  void countsByWindowAreTheSameByBatchStreamAndReplay() {
    EquivalenceReport report =
        Equivalence.of(
                posts ->
                    WindowCounts.sliding(
                        ALL.sound(posts),
                        WindowCounts.Of.WORDS,
                        Duration.ofHours(12),
                        Duration.ofHours(6)),
                "window_start",
                "value")
            .splits(2)
            .check(posts());

    report.requireEquivalent();
    assertThat(report.rows()).isGreaterThan(100);
    assertThat(report.toString()).startsWith("Equivalent: " + report.rows() + " rows by a batch");
  }

  @Test
  void countsOfWhatCameTwiceAreNot() {
    UnaryOperator<Dataset<Row>> counted =
        posts ->
            posts
                .withWatermark("created_at", "10000 days")
                .groupBy(col("language"))
                .agg(count(lit(1)).as("posts"));

    EquivalenceReport report = Equivalence.of(counted, "language").splits(2).check(posts());

    assertThat(report.findings()).isEmpty();
    assertThat(report.differences())
        .extracting(EquivalenceReport.Difference::run)
        .containsOnly(
            "stream with records twice", "replay of all that came", "batch with records twice");
    assertThatThrownBy(report::requireEquivalent)
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Not equivalent to the batch of ")
        .hasMessageContaining("stream in another order: the same")
        .hasMessageContaining("stream stopped after each batch: the same")
        .hasMessageContaining("replay of all that came: ")
        .hasMessageContaining("language=en")
        .hasMessageContaining("      batch [en,");
  }

  @Test
  void whatLooksAtTheClockIsNot() {
    UnaryOperator<Dataset<Row>> recent =
        posts ->
            posts
                .where(col("created_at").lt(current_timestamp()))
                .groupBy(col("language"))
                .agg(count(lit(1)).as("posts"));

    EquivalenceReport report =
        Equivalence.of(recent, "language").duplicates(0).splits(2).check(posts());

    assertThat(report.differences()).isEmpty(); // it is right today
    assertThat(report.isEquivalent()).isFalse();
    assertThat(report.findings())
        .containsExactly("It uses current_timestamp(), which gives something else each time");
  }
}
