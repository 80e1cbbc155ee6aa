package io.github.sparkpysocial.viz.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.ComparedTerm;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class ChartsTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNoNumberIsRefusedWithItsPlace(double value) {
    assertRefused(
        () -> Bar.of("ada", value),
        "The value of a bar is a finite number, was " + value + "; leave the bar out");
    assertRefused(
        () -> new Series.Point(START, value),
        "The value at 2026-11-01T00:00:00Z is not a finite number: "
            + value
            + "; give null for a hole");
    assertRefused(() -> new ScatterChart.Point(1, value, "", null), "(1.0, " + value + ")");
    assertRefused(() -> new ScatterChart.Point(value, 1, "", null), "(" + value + ", 1.0)");
    assertRefused(
        () -> Histogram.of("Lengths", List.of(1, value)),
        "Value 1 of a histogram is not a finite number: " + value + "; leave it out");
    assertRefused(
        () -> new HeatMap.Cell(3, 2, value),
        "The value of a cell is a finite number, was "
            + value
            + " in column 3, row 2; leave it out");
    LocalDate day = LocalDate.of(2026, 11, 1);
    assertRefused(
        () -> CalendarChart.of("Days", Map.of(day, value)),
        "The value of 2026-11-01 is not a finite number: " + value + "; leave it out");
    assertRefused(
        () -> BoxPlot.Box.of("ada", List.of(1, value)),
        "The box 'ada' needs at least one value, and all of them finite; leave it or them out");
    assertRefused(
        () -> new Sankey.Flow("ada", "bob", value),
        "The value of a flow is a finite number above 0, was " + value + "; leave it out");
    assertRefused(
        () -> new ComparedTerm("spark", 1, 1, value, 1),
        "A compared term has finite log-odds and a standard error above 0, had " + value);
    assertRefused(
        () -> new NetworkEdge("ada", "bob", "reply", value),
        "The weight of an edge is finite and at least 0, was " + value);
    assertRefused(
        () -> NetworkNode.of("ada", "person").withWeight(value),
        "The weight of a node is finite and at least 0, was " + value);
    assertRefused(
        () -> CountryValue.of("PT", value),
        "The value of country PT is finite and at least 0, was " + value);
    assertRefused(() -> new GeoPoint(value, 0), String.valueOf(value));
    assertRefused(() -> new GeoPoint(0, value), String.valueOf(value));
  }

  private static void assertRefused(ThrowingCallable make, String message) {
    assertThatIllegalArgumentException().isThrownBy(make).withMessageContaining(message);
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

  private static final List<Sankey.Flow> CHAIN =
      List.of(
          new Sankey.Flow("ada", "grace", 9),
          new Sankey.Flow("grace", "alan", 5),
          new Sankey.Flow("alan", "edsger", 4),
          new Sankey.Flow("ada", "edsger", 1));

  @Test
  void flowsInStepsGoThroughNamesThatStandOnce() {
    Sankey chain = Sankey.ofSteps("Who carries it on", CHAIN);

    String svg = Exporters.svg().toSvg(chain);

    assertThat(chain.flowsDrawn()).containsExactlyInAnyOrderElementsOf(CHAIN);
    List<Double> left =
        Stream.of("ada", "grace", "alan", "edsger").map(name -> leftOf(svg, name)).toList();
    assertThat(left).isSorted().doesNotHaveDuplicates();
    assertThat(svg).doesNotContain("Not drawn");
    assertThat(Pattern.compile(">ada<").matcher(svg).results().count()).isEqualTo(1);
  }

  @Test
  void inTwoColumnsWhoGivesAndTakesStandsOnBothSides() {
    String svg = Exporters.svg().toSvg(Sankey.of("Who carries it on", CHAIN));

    assertThat(Pattern.compile(">grace<").matcher(svg).results().count()).isEqualTo(2);
  }

  private static double leftOf(String svg, String label) {
    Matcher text =
        Pattern.compile("<text[^>]*translate\\(([\\d.]+) [^>]*>" + label + "</text>").matcher(svg);
    assertThat(text.find()).as(label).isTrue();
    return Double.parseDouble(text.group(1));
  }

  @Test
  void theLightestFlowOfACircleIsLeftOutAndNamed() {
    List<Sankey.Flow> flows = new ArrayList<>(CHAIN);
    flows.add(new Sankey.Flow("edsger", "ada", 3));
    flows.add(new Sankey.Flow("ada", "ada", 20));
    Sankey chart = Sankey.ofSteps("Who carries it on", flows);

    assertThat(chart.flowsDrawn())
        .containsExactly(
            new Sankey.Flow("ada", "grace", 9),
            new Sankey.Flow("grace", "alan", 5),
            new Sankey.Flow("alan", "edsger", 4),
            new Sankey.Flow("ada", "edsger", 1));
    assertThat(chart.flowsLeftOut())
        .containsExactly(new Sankey.Flow("ada", "ada", 20), new Sankey.Flow("edsger", "ada", 3));
    String note = "Not drawn, as it leads back: ada to ada (20), edsger to ada (3).";
    assertThat(Exporters.svg().toSvg(chart)).contains(note);
    assertThat(Exporters.html().toHtml(chart)).contains(note, "leads back, not drawn");
    assertThat(chart.summary()).endsWith("2 lead back and are not drawn.");
  }

  @Test
  void aCircleIsBrokenAtTheSamePlaceInWhateverOrderItComes() {
    List<Sankey.Flow> flows =
        List.of(
            new Sankey.Flow("c", "a", 2),
            new Sankey.Flow("b", "c", 2),
            new Sankey.Flow("a", "b", 2));
    List<Sankey.Flow> other = new ArrayList<>(flows);
    Collections.reverse(other);

    assertThat(Sankey.ofSteps("", flows).flowsLeftOut())
        .containsExactly(new Sankey.Flow("c", "a", 2))
        .isEqualTo(Sankey.ofSteps("", other).flowsLeftOut());
  }

  @Test
  void flowsBetweenTheSameTwoAreAddedUp() {
    Sankey chart =
        Sankey.ofSteps("", List.of(new Sankey.Flow("a", "b", 2), new Sankey.Flow("a", "b", 3)));

    assertThat(chart.flowsDrawn()).containsExactly(new Sankey.Flow("a", "b", 5));
  }

  @Test
  void aChartOfNothingButCirclesSaysSo() {
    String svg = Exporters.svg().toSvg(Sankey.ofSteps("", List.of(new Sankey.Flow("a", "a", 2))));

    assertThat(svg).contains("No data", "Not drawn, as it leads back: a to a (2).");
  }

  @Test
  void svgOfACalendarHasACellForEachDayOfItsMonths() {
    Map<LocalDate, Integer> week = new TreeMap<>();
    for (int day = 0; day < 8; day++) {
      week.put(LocalDate.of(2026, 11, 8).plusDays(day), day);
    }

    Document svg = Documents.parse(Exporters.svg().toSvg(CalendarChart.of("Week", week)));

    List<String> fills =
        Documents.elements(svg, "path").stream()
            .map(path -> path.getAttribute("fill"))
            .filter(fill -> !fill.equals("none"))
            .toList();
    assertThat(fills).filteredOn("#ffffff"::equals).as("days of November").hasSize(30);
    assertThat(fills).filteredOn("rgb(23,78,166)"::equals).as("the highest day").hasSize(1);
  }

  @Test
  void anAxisOfTimeTellsTheMonthToo() {
    TimeSeries course =
        TimeSeries.of(
            "Course",
            List.of(Series.of("posts", Map.of(START, 1, START.plusSeconds(5 * 86_400), 2))));

    assertThat(Exporters.svg().toSvg(course)).contains(">2 Nov<", ">4 Nov<");
  }

  @Test
  void aBinIsNamedByBothItsEnds() {
    Histogram histogram = Histogram.of("Lengths", List.of(10.5, 20.5, 30.5, 99.5));

    Histogram.Bin bin = histogram.bins().get(0);
    assertThat(Exporters.svg().toSvg(histogram))
        .contains(">%d to %d<".formatted((int) bin.from(), (int) bin.to()));
  }
}
