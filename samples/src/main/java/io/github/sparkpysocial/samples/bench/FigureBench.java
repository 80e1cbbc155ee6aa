package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Measures how long pictures take: a map of many points, and a dashboard of ten figures. */
public final class FigureBench {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private final Path directory;
  private final long cold = System.nanoTime();

  /** Makes a benchmark that writes there. */
  public FigureBench(Path directory) {
    this.directory = directory;
  }

  /**
   * Measures a page of a world map, against plain Jackson that writes the same points as JSON.
   *
   * @return the figures
   */
  public Map<String, @Nullable Object> worldMap(int points, int rounds) throws IOException {
    WorldMap map = WorldMap.of("Many", points(points));
    double[] pages = new double[rounds];
    double[] plain = new double[rounds];
    Path page = directory.resolve("worldmap.html");
    for (int round = 0; round < rounds; round++) {
      plain[round] = seconds(() -> plain(map, directory.resolve("worldmap.json")));
      pages[round] = seconds(() -> Exporters.write(map, page));
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "worldmap");
    result.put("baseline", "Jackson's generator writing the same points as JSON");
    result.put("points", points);
    result.put("runs", rounds);
    result.put("ratio", median(pages) / median(plain));
    result.put("pageSeconds", median(pages));
    result.put("plainSeconds", median(plain));
    result.put("pageBytes", Files.size(page));
    result.put(
        "svgSeconds", seconds(() -> Exporters.write(map, directory.resolve("worldmap.svg"))));
    result.put(
        "pngSeconds", seconds(() -> Exporters.write(map, directory.resolve("worldmap.png"))));
    return result;
  }

  /**
   * Measures a dashboard of ten figures with each figure as SVG and PNG beside it, in a JVM that
   * has drawn nothing before.
   *
   * @return the figures
   */
  public Map<String, @Nullable Object> dashboard() throws IOException {
    List<Figure> figures = figures();
    Section section = Section.of("figures", "Ten figures");
    for (int i = 0; i < figures.size(); i++) {
      section = section.half(FigurePanel.of("figure-" + i, figures.get(i)));
    }
    Path page = Dashboard.builder("Ten figures").section(section).build().write(directory);
    double pageSeconds = (System.nanoTime() - cold) / 1e9;
    for (int i = 0; i < figures.size(); i++) {
      Exporters.write(figures.get(i), directory.resolve("figure-" + i + ".svg"));
      Exporters.write(figures.get(i), directory.resolve("figure-" + i + ".png"));
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "dashboard");
    result.put("figures", figures.size());
    result.put("pageSeconds", pageSeconds);
    result.put("allSeconds", (System.nanoTime() - cold) / 1e9);
    result.put("pageBytes", Files.size(page));
    return result;
  }

  private static List<Figure> figures() {
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

  private static List<MapPoint> points(int count) {
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

  private static void plain(WorldMap map, Path file) throws IOException {
    try (JsonGenerator json =
        new JsonFactory()
            .createGenerator(file.toFile(), com.fasterxml.jackson.core.JsonEncoding.UTF8)) {
      json.writeStartArray();
      for (MapPoint point : map.points()) {
        json.writeStartObject();
        json.writeNumberField("lat", point.point().latitude());
        json.writeNumberField("lon", point.point().longitude());
        json.writeStringField("author", point.author());
        json.writeStringField("text", point.text());
        json.writeStringField("time", String.valueOf(point.time()));
        json.writeEndObject();
      }
      json.writeEndArray();
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  private static double seconds(Work work) throws IOException {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
