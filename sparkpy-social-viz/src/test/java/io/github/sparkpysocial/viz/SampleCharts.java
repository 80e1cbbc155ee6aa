package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.viz.chart.BoxPlot;
import io.github.sparkpysocial.viz.chart.CalendarChart;
import io.github.sparkpysocial.viz.chart.HeatMap;
import io.github.sparkpysocial.viz.chart.Histogram;
import io.github.sparkpysocial.viz.chart.Sankey;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.SmallMultiples;
import io.github.sparkpysocial.viz.chart.StackedArea;
import io.github.sparkpysocial.viz.wordcloud.ComparedTerm;
import io.github.sparkpysocial.viz.wordcloud.ComparisonChart;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Charts with given texts in every place that takes one. */
public final class SampleCharts {
  private SampleCharts() {}

  /** Returns one chart of each kind that is not in {@link Samples}. */
  static List<Figure> all(List<String> texts) {
    return List.of(
        histogram(texts),
        area(texts),
        multiples(texts),
        heatMap(texts),
        calendar(texts),
        boxes(texts),
        sankey(texts),
        chain(texts),
        comparison(texts));
  }

  static Histogram histogram(List<String> texts) {
    return Histogram.of(texts.get(0), List.of(1, 2, 2, 3, 3, 3, 8))
        .withNames(texts.get(0), texts.get(0));
  }

  static StackedArea area(List<String> texts) {
    return StackedArea.of(texts.get(0), series(texts)).withUnit(texts.get(0));
  }

  static SmallMultiples multiples(List<String> texts) {
    return SmallMultiples.of(texts.get(0), series(texts).subList(0, Math.min(4, texts.size())))
        .withUnit(texts.get(0));
  }

  private static List<Series> series(List<String> texts) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < Math.min(8, texts.size()); i++) {
      series.add(
          new Series(
              texts.get(i),
              List.of(
                  new Series.Point(Samples.START, 1.0 + i),
                  new Series.Point(Samples.START.plusSeconds(3600), null),
                  new Series.Point(Samples.START.plusSeconds(7200), 3.0 + i),
                  new Series.Point(Samples.START.plusSeconds(10_800), 2.0))));
    }
    return series;
  }

  static HeatMap heatMap(List<String> texts) {
    List<HeatMap.Cell> cells = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      cells.add(new HeatMap.Cell(i, texts.size() - 1 - i, i + 1));
    }
    return HeatMap.of(texts.get(0), texts, texts, cells).withUnit(texts.get(0));
  }

  static CalendarChart calendar(List<String> texts) {
    Map<LocalDate, Integer> values = new TreeMap<>();
    LocalDate first = LocalDate.ofInstant(Samples.START, ZoneOffset.UTC);
    for (int day = 0; day < 40; day++) {
      values.put(first.plusDays(day), day % 9);
    }
    return CalendarChart.of(texts.get(0), values).withUnit(texts.get(0));
  }

  static BoxPlot boxes(List<String> texts) {
    List<BoxPlot.Box> boxes = new ArrayList<>();
    for (int i = 0; i < Math.min(8, texts.size()); i++) {
      boxes.add(BoxPlot.Box.of(texts.get(i), List.of(1, 2 + i, 3 + i, 4 + i, 60)));
    }
    return BoxPlot.of(texts.get(0), boxes).withUnit(texts.get(0));
  }

  static Sankey sankey(List<String> texts) {
    List<Sankey.Flow> flows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      flows.add(new Sankey.Flow(texts.get(i), texts.get((i + 1) % texts.size()), i + 1));
    }
    return Sankey.of(texts.get(0), flows).withUnit(texts.get(0));
  }

  /** A circle, whose last flow leads back. */
  static Sankey chain(List<String> texts) {
    return Sankey.ofSteps(texts.get(0), sankey(texts).flows()).withUnit(texts.get(0));
  }

  static ComparisonChart comparison(List<String> texts) {
    List<ComparedTerm> terms = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      terms.add(new ComparedTerm(texts.get(i), 10 + i, 5, i % 2 == 0 ? 1 : -1, 0.25));
    }
    return ComparisonChart.of(texts.get(0), texts.get(texts.size() - 1), terms);
  }
}
