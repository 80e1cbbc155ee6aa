package io.github.sparkpysocial.viz.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  @Test
  void whatIsNoNumberIsRefusedWithItsPlace() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bar.of("ada", Double.NaN))
        .withMessage("The value of a bar is a finite number, was NaN; leave the bar out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Series.Point(START, Double.NEGATIVE_INFINITY))
        .withMessage(
            "The value at 2026-11-01T00:00:00Z is not a finite number: -Infinity; give null for a"
                + " hole");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScatterChart.Point(1, Double.NaN, "", null))
        .withMessageContaining("(1.0, NaN)");
  }

  @Test
  void aSeriesIsSortedAndHasOneValueForEachTime() {
    Series series = Series.of("posts", Map.of(START.plusSeconds(60), 2, START, 1));

    assertThat(series.points())
        .containsExactly(
            new Series.Point(START, 1.0), new Series.Point(START.plusSeconds(60), 2.0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Series(
                    "posts", List.of(new Series.Point(START, 1.0), new Series.Point(START, null))))
        .withMessageContaining("has two at 2026-11-01T00:00:00Z");
  }

  @Test
  void aHoleBeginsBeforeItEnds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimeSeries.Hole(START, START))
        .withMessageContaining("begins before it ends");
  }

  @Test
  void summariesTellWhatThePictureShows() {
    assertThat(BarChart.of("", List.of(Bar.of("ada", 1_000), Bar.of("grace", 2_000))).summary())
        .isEqualTo("Bar chart of 2 values. Highest: grace 2,000, ada 1,000.");
    assertThat(TimeSeries.of("", List.of(Series.of("posts", Map.of(START, 1)))).summary())
        .isEqualTo("Chart of posts over time, from 2026-11-01T00:00:00Z to 2026-11-01T00:00:00Z.");
    assertThat(ScatterChart.of("", List.of()).summary()).isEqualTo("Scatter chart without points.");
  }
}
