package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.samples.gallery.GalleryFigures;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.export.Exporters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How long each figure of the gallery takes as SVG, once warm; the bound is one second. */
public final class ChartBench {
  private static final int WARM_UP = 5;

  private final Consumer<String> progress;

  /** Creates the benchmark. */
  public ChartBench(Consumer<String> progress) {
    this.progress = progress;
  }

  /** Draws each figure this often; the time of a figure is the median. */
  public Map<String, @Nullable Object> seconds(int posts, int rounds) {
    Map<String, Figure> figures =
        new GalleryFigures(Community.builder().seed(42).posts(posts).build()).all();
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "charts");
    result.put("baseline", "one second for each figure as SVG, warm");
    progress.accept("warming up");
    for (int pass = 0; pass < WARM_UP; pass++) {
      figures.values().forEach(figure -> Exporters.svg().toSvg(figure));
    }
    double slowest = 0;
    for (Map.Entry<String, Figure> figure : figures.entrySet()) {
      progress.accept(figure.getKey());
      List<Double> seconds = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        Exporters.svg().toSvg(figure.getValue());
        seconds.add((System.nanoTime() - start) / 1e9);
      }
      result.put(figure.getKey(), Medians.of(seconds));
      slowest = Math.max(slowest, Medians.of(seconds));
    }
    result.put("ratio", slowest);
    result.put("runs", rounds);
    return result;
  }
}
