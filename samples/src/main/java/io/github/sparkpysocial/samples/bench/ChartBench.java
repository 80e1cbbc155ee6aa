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
    GalleryFigures gallery = new GalleryFigures(Community.builder().seed(42).posts(posts).build());
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "charts");
    result.put("baseline", "one second for each figure as SVG, warm");
    progress.accept("warming up");
    for (int pass = 0; pass < WARM_UP; pass++) {
      draw(gallery);
    }
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      progress.accept("round " + round + " of " + rounds);
      draw(gallery)
          .forEach((name, one) -> seconds.computeIfAbsent(name, n -> new ArrayList<>()).add(one));
    }
    double slowest = 0;
    for (Map.Entry<String, List<Double>> figure : seconds.entrySet()) {
      result.put(figure.getKey(), Medians.of(figure.getValue()));
      slowest = Math.max(slowest, Medians.of(figure.getValue()));
    }
    result.put("ratio", slowest);
    result.put("runs", rounds);
    return result;
  }

  /** Returns how long each figure takes that is made anew, so that none is drawn already. */
  private static Map<String, Double> draw(GalleryFigures gallery) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Map.Entry<String, Figure> figure : gallery.all().entrySet()) {
      long start = System.nanoTime();
      Exporters.svg().toSvg(figure.getValue());
      seconds.put(figure.getKey(), (System.nanoTime() - start) / 1e9);
    }
    return seconds;
  }
}
