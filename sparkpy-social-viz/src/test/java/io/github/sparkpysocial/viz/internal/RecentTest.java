package io.github.sparkpysocial.viz.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final List<Object> computed = new ArrayList<>();
  private final Recent<List<Integer>, String> recent = new Recent<>();

  @Test
  void theSameThingIsComputedOnce() {
    List<Integer> thing = List.of(1);

    assertThat(ask(thing)).isEqualTo("[1]");
    assertThat(ask(thing)).isEqualTo("[1]");

    assertThat(computed).hasSize(1);
  }

  @Test
  void anEqualThingIsAnother() {
    List<Integer> thing = new ArrayList<>(List.of(1));
    List<Integer> equal = new ArrayList<>(List.of(1));

    ask(thing);
    ask(equal);

    assertThat(computed).hasSize(2);
  }

  @Test
  void onlyTheLastAreKept() {
    List<List<Integer>> things = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      things.add(List.of(i));
      ask(things.get(i));
    }

    ask(things.get(39));
    assertThat(computed).hasSize(40);
    ask(things.get(0));
    assertThat(computed).hasSize(41);
  }

  @Test
  void aFigureIsLaidOutOnceForAllFormats() {
    WordCloud cloud =
        WordCloud.of(List.of(WeightedTerm.of("kafka", 2), WeightedTerm.of("spark", 1)));
    NetworkGraph graph =
        NetworkGraph.of(
            "", List.of(NetworkNode.of("a", "person"), NetworkNode.of("b", "person")), List.of());

    assertThat(cloud.layout()).isSameAs(cloud.layout());
    assertThat(graph.layout()).isSameAs(graph.layout());
    assertThat(cloud.withSeed(9).layout()).isNotSameAs(cloud.layout());
  }

  @Test
  void bothThemesOfOneChartAreKeptApart() {
    BarChart chart = BarChart.of("", List.of());

    String light = Exporters.svg(Theme.LIGHT).toSvg(chart);
    assertThat(Exporters.svg(Theme.DARK).toSvg(chart)).isNotEqualTo(light);
    assertThat(Exporters.svg(Theme.LIGHT).toSvg(chart)).isEqualTo(light);
  }

  private String ask(List<Integer> thing) {
    return recent.get(
        thing,
        given -> {
          computed.add(given);
          return given.toString();
        });
  }
}
