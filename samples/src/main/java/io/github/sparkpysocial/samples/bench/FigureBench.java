package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures how long pictures take: a map of many points, a network, a dashboard of ten figures. */
public final class FigureBench {
  private static final double MOST_SECONDS = 10;

  private final Path directory;

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
    WorldMap map = WorldMap.of("Many", BenchFigures.points(points));
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
   * Measures a dashboard of ten figures with each figure as SVG and PNG beside it, as a whole
   * process: a JVM that has drawn nothing before, started as a command would start it.
   *
   * @return the figures; the parts are those of the last round
   */
  public Map<String, @Nullable Object> dashboard(int rounds)
      throws IOException, InterruptedException {
    Path parts = directory.resolve("parts.json");
    double[] whole = new double[rounds];
    double[] computed = new double[rounds];
    Map<String, Double> last = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      long start = System.nanoTime();
      ColdProcess.run(DashboardProcess.class, directory.toString(), parts.toString());
      whole[round] = (System.nanoTime() - start) / 1e9;
      last = new ObjectMapper().readValue(parts.toFile(), new TypeReference<>() {});
      computed[round] = last.getOrDefault(DashboardProcess.COMPUTED, 0.0);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "dashboard");
    result.put(
        "baseline", "ten seconds for the page and the files of ten figures, from a cold JVM");
    result.put("runs", rounds);
    result.put("ratio", median(whole) / MOST_SECONDS);
    result.put("wholeSeconds", median(whole));
    result.put(DashboardProcess.COMPUTED, median(computed));
    last.remove(DashboardProcess.COMPUTED);
    result.putAll(last);
    result.put("pageBytes", Files.size(directory.resolve("index.html")));
    return result;
  }

  /**
   * Measures a network of three edges for each node: its layout, its page, and its files.
   *
   * @return the figures
   */
  public Map<String, @Nullable Object> network(int nodes, int rounds) throws IOException {
    Path page = directory.resolve("network.html");
    double[] layouts = new double[rounds];
    double[] pages = new double[rounds];
    NetworkGraph graph = BenchFigures.network(nodes, 0);
    for (int round = 0; round < rounds; round++) {
      NetworkGraph drawn = BenchFigures.network(nodes, round); // none is laid out already
      layouts[round] = seconds(drawn::layout);
      pages[round] = seconds(() -> Exporters.write(drawn, page));
      graph = drawn;
    }
    NetworkGraph last = graph;
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "network");
    result.put("baseline", "ten seconds for the layout and the page");
    result.put("nodes", last.nodes().size());
    result.put("edges", last.edges().size());
    result.put("runs", rounds);
    result.put("ratio", (median(layouts) + median(pages)) / MOST_SECONDS);
    result.put("layoutSeconds", median(layouts));
    result.put("pageSeconds", median(pages));
    result.put("pageBytes", Files.size(page));
    result.put(
        "svgSeconds", seconds(() -> Exporters.write(last, directory.resolve("network.svg"))));
    result.put(
        "pngSeconds", seconds(() -> Exporters.write(last, directory.resolve("network.png"))));
    return result;
  }

  private static void plain(WorldMap map, Path file) throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
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
