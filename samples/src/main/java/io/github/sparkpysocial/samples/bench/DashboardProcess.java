package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A whole process that writes a dashboard of ten figures, and each as SVG and PNG. */
public final class DashboardProcess {
  /** What the JVM computed, on all its threads, which other work on the machine does not change. */
  static final String COMPUTED = "processorSeconds";

  private DashboardProcess() {}

  /**
   * Writes the pictures, and how many seconds each part took.
   *
   * @param args the folder, and the file for the seconds
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    Map<String, Double> parts = new LinkedHashMap<>();
    List<Figure> figures = BenchFigures.ten();
    Section section = Section.of("figures", "Ten figures");
    for (int i = 0; i < figures.size(); i++) {
      section = section.half(FigurePanel.of("figure-" + i, figures.get(i)));
    }
    Dashboard dashboard = Dashboard.builder("Ten figures").section(section).build();
    parts.put("page", seconds(() -> dashboard.write(directory)));
    for (int i = 0; i < figures.size(); i++) {
      Figure figure = figures.get(i);
      for (String format : List.of("svg", "png")) {
        Path file = directory.resolve("figure-" + i + '.' + format);
        parts.put(
            file.getFileName() + " " + figure.getClass().getSimpleName(),
            seconds(() -> Exporters.write(figure, file)));
      }
    }
    parts.put(
        COMPUTED,
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9);
    new ObjectMapper().writeValue(Path.of(args[1]).toFile(), parts);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static double seconds(Work work) throws IOException {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) / 1e9;
  }
}
