package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Figures that are always the same, as many marks in them as are asked for. */
final class BenchFigures {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int EDGES_A_NODE = 3;
  private static final int COMMUNITIES = 8;

  private BenchFigures() {}

  /** Returns ten figures as a dashboard has them. */
  static List<Figure> ten() {
    List<Figure> figures = new ArrayList<>();
    List<WeightedTerm> terms = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    Map<Instant, Number> course = new LinkedHashMap<>();
    List<ScatterChart.Point> scatter = new ArrayList<>();
    NetworkGraph.Builder network = NetworkGraph.builder("Network");
    for (int i = 0; i < 100; i++) {
      terms.add(WeightedTerm.counted("word" + i, 200 - i));
      course.put(START.plusSeconds(3_600L * i), i * 7 % 31);
      scatter.add(new ScatterChart.Point(i * 13 % 47, i * 29 % 53, "post " + i, "group " + i % 4));
      network.node(NetworkNode.of("n" + i, "person").withCommunity("c" + i % 4));
      network.edge("n" + i, "n" + i / 2, "reply");
    }
    for (int i = 0; i < 12; i++) {
      bars.add(Bar.of("bar " + i, 100 - i));
    }
    for (int copy = 0; copy < 2; copy++) {
      figures.add(WordCloud.of(terms).withSeed(copy));
      figures.add(BarChart.of("Bars", bars));
      figures.add(TimeSeries.of("Course", List.of(Series.of("posts", course))));
      figures.add(ScatterChart.of("Scatter", scatter));
    }
    figures.add(WorldMap.of("World", points(2_000)));
    figures.add(network.build());
    return figures;
  }

  /** Returns points, three of four of them crowded. */
  static List<MapPoint> points(int count) {
    Random random = new Random(7);
    List<MapPoint> points = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      double spread = i % 4 == 0 ? 20 : 1;
      double latitude = Math.max(-60, Math.min(75, 45 + random.nextGaussian() * spread));
      double longitude = (i % 9) * 40 - 160 + random.nextGaussian() * spread;
      points.add(
          new MapPoint(
              new GeoPoint(latitude, Math.max(-180, Math.min(180, longitude))),
              Place.Precision.POINT,
              "author" + i % 5_000,
              "A post about something, as long as posts usually are, with number " + i,
              START.plusSeconds(i),
              null));
    }
    return points;
  }

  /**
   * Returns people who are tied most to their community and to those who have many ties, three
   * edges for each.
   */
  static NetworkGraph network(int nodes, long seed) {
    Random random = new Random(seed);
    NetworkGraph.Builder graph = NetworkGraph.builder("Network of " + nodes);
    for (int i = 0; i < nodes; i++) {
      graph.node(
          NetworkNode.of("n" + i, "person")
              .withLabel("person " + i)
              .withCommunity("community " + i % COMMUNITIES));
      for (int e = 0; e < EDGES_A_NODE && i > 0; e++) {
        int target = (int) (i * Math.pow(random.nextDouble(), 2));
        if (random.nextInt(10) > 0) {
          target = Math.max(0, target - target % COMMUNITIES + i % COMMUNITIES);
        }
        graph.edge("n" + i, "n" + Math.min(target, i - 1), "reply");
      }
    }
    return graph.build();
  }
}
