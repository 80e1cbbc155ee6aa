package io.github.sparkpysocial.viz.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.MissingFontsException;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MachineFontsTest {
  @Test
  void thereAreSomeWhereTheseTestsRun() {
    MachineFonts.require();
  }

  /** In a JVM whose fontconfig knows of none. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void withoutFontsPicturesSayWhatToInstallAndPagesOfChartsAreWritten(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path none = Files.writeString(folder.resolve("fonts.conf"), "<fontconfig/>");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-Duser.home=" + folder, // Java keeps what it knows of fonts at home
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            MachineFontsTest.class.getName(),
            folder.toString());
    builder.environment().put("FONTCONFIG_FILE", none.toString());
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said.lines())
        .hasSize(4)
        .allMatch(line -> line.contains("install fontconfig fonts-noto-core"));
    assertThat(folder.resolve("chart.html")).content().contains("Busiest");
    assertThat(folder.resolve("chart.svg")).content().contains("Busiest");
    assertThat(folder.resolve("chart.png")).doesNotExist();
  }

  /** Writes what can be written, and says what cannot. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Figure chart = BarChart.of("Busiest", List.of(Bar.of("ada", 1)));
    Figure cloud = WordCloud.of(List.of(WeightedTerm.of("spark", 1)));
    for (String ending : List.of("html", "svg", "png")) {
      write(chart, folder.resolve("chart." + ending));
      write(cloud, folder.resolve("cloud." + ending));
    }
  }

  private static void write(Figure figure, Path file) throws IOException {
    try {
      Exporters.write(figure, file);
    } catch (MissingFontsException e) {
      System.out.println(e.getMessage());
    }
  }
}
