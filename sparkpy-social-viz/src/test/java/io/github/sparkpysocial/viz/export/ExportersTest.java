package io.github.sparkpysocial.viz.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Samples;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.BoxPlot;
import io.github.sparkpysocial.viz.chart.CalendarChart;
import io.github.sparkpysocial.viz.chart.HeatMap;
import io.github.sparkpysocial.viz.chart.Histogram;
import io.github.sparkpysocial.viz.chart.Sankey;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.SmallMultiples;
import io.github.sparkpysocial.viz.chart.StackedArea;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.ComparedTerm;
import io.github.sparkpysocial.viz.wordcloud.ComparisonChart;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportersTest {
  private static final List<String> WORDS = List.of("streaming", "kafka", "مرحبا", "日本語", "🔥");

  static List<Figure> figures() {
    return Samples.figures(WORDS);
  }

  static List<Figure> emptyFigures() {
    return List.of(
        WordCloud.of(List.of()),
        BarChart.of("Empty", List.of()),
        TimeSeries.of("Empty", List.of()),
        TimeSeries.of(
            "Unknown", List.of(new Series("a", List.of(new Series.Point(Samples.START, null))))),
        ScatterChart.of("Empty", List.of()),
        Histogram.of("Empty", List.of()),
        StackedArea.of("Empty", List.of()),
        SmallMultiples.of("Empty", List.of()),
        HeatMap.of("Empty", List.of("a"), List.of("b"), List.of()),
        HeatMap.hourByWeekday("Empty", List.of(), ZoneOffset.UTC),
        CalendarChart.of("Empty", Map.of()),
        BoxPlot.of("Empty", List.of()),
        Sankey.of("Empty", List.of()),
        ComparisonChart.of("a", "b", List.of()),
        WorldMap.of("Empty", List.of()),
        CityMap.of("Empty", List.of()),
        NetworkGraph.of("Empty", List.of(), List.of()));
  }

  static List<Figure> figuresOfOne() {
    return List.of(
        BarChart.of("One", List.of(Bar.of("alone", 0))),
        TimeSeries.of("One", List.of(Series.of("alone", Map.of(Instant.EPOCH, 3)))),
        ScatterChart.of("One", List.of(new ScatterChart.Point(0, 0, "alone", null))),
        Histogram.of("One", List.of(0)),
        StackedArea.of("One", List.of(Series.of("alone", Map.of(Instant.EPOCH, 3)))),
        SmallMultiples.of("One", List.of(Series.of("alone", Map.of(Instant.EPOCH, 0)))),
        HeatMap.of("One", List.of("a"), List.of("b"), List.of(new HeatMap.Cell(0, 0, 0))),
        CalendarChart.of("One", Map.of(LocalDate.of(2024, 2, 29), 0)),
        BoxPlot.of("One", List.of(BoxPlot.Box.of("alone", List.of(0)))),
        Sankey.of("One", List.of(new Sankey.Flow("alone", "alone", 1))),
        ComparisonChart.of("a", "b", List.of(new ComparedTerm("alone", 1, 0, 0.5, 1))),
        WorldMap.of("One", List.of(MapPoint.of(new GeoPoint(-90, 180), "alone", "south"))),
        CityMap.of("One", List.of(venue(new GeoPoint(90, -180)))),
        NetworkGraph.of("One", List.of(NetworkNode.of("alone", "person")), List.of()));
  }

  private static Venue venue(GeoPoint point) {
    return Venue.of(point, "group", "event", Samples.START, ZoneOffset.UTC);
  }

  /** Values far beyond what is ever counted. */
  static List<Figure> figuresOfExtremes() {
    double most = 1e100;
    double least = 1e-100;
    Instant next = Samples.START.plusSeconds(60);
    List<Series> series =
        List.of(
            Series.of("a", Map.of(Samples.START, most, next, least)),
            Series.of("b", Map.of(Samples.START, most, next, most)));
    return List.of(
        BarChart.of("Extreme", List.of(Bar.of("a", most), Bar.of("b", -most))),
        TimeSeries.of("Extreme", series),
        StackedArea.of("Extreme", series),
        SmallMultiples.of("Extreme", series),
        ScatterChart.of(
            "Extreme",
            List.of(
                new ScatterChart.Point(most, -most, "a", null),
                new ScatterChart.Point(-most, most, "b", null))),
        Histogram.of("Extreme", List.of(-most, 0, least, most)),
        Histogram.of("Extreme", List.of(0, Double.MIN_VALUE)),
        Histogram.of("Extreme", List.of(-Double.MAX_VALUE, Double.MAX_VALUE)),
        HeatMap.of(
            "Extreme",
            List.of("a", "b"),
            List.of("c"),
            List.of(new HeatMap.Cell(0, 0, -most), new HeatMap.Cell(1, 0, most))),
        CalendarChart.of(
            "Extreme", Map.of(LocalDate.of(2026, 1, 1), most, LocalDate.of(2026, 1, 2), -most)),
        BoxPlot.of("Extreme", List.of(BoxPlot.Box.of("a", List.of(-most, 0, most)))),
        Sankey.of(
            "Extreme", List.of(new Sankey.Flow("a", "b", most), new Sankey.Flow("a", "c", most))),
        WordCloud.of(List.of(WeightedTerm.of("a", most), WeightedTerm.of("b", least))),
        ComparisonChart.of("a", "b", List.of(new ComparedTerm("c", 1, 1, most, least))),
        WorldMap.ofCountries(
            "Extreme", "", List.of(CountryValue.of("PT", most), CountryValue.of("FR", least))),
        NetworkGraph.of(
            "Extreme",
            List.of(
                NetworkNode.of("a", "person").withWeight(most),
                NetworkNode.of("b", "person").withWeight(most)),
            List.of(new NetworkEdge("a", "b", "reply", most))));
  }

  @ParameterizedTest
  @MethodSource("figuresOfExtremes")
  void veryLargeAndVerySmallNumbersAreDrawn(Figure figure) throws IOException {
    String svg = Exporters.svg().toSvg(figure);

    assertThat(Documents.elements(Documents.parse(svg)))
        .allSatisfy(
            element -> {
              for (String attribute : List.of("d", "x", "y", "width", "height", "transform")) {
                assertThat(element.getAttribute(attribute)).doesNotContain("NaN", "Infinity", "∞");
              }
            });
    assertThat(svg).doesNotContain(">NaN<", ">Infinity<", "∞");
    assertThat(Exporters.html().toHtml(figure)).contains("<table").doesNotContain("NaN<", "∞");
    Exporters.png(Theme.LIGHT, 0.5).write(figure, OutputStream.nullOutputStream());
  }

  @ParameterizedTest
  @MethodSource({"figures", "figuresOfOne"})
  void svgIsADocumentWithTitleAndAlternative(Figure figure) {
    var root = Documents.parse(Exporters.svg(Theme.DARK).toSvg(figure)).getDocumentElement();

    assertThat(root.getAttribute("role")).isEqualTo("img");
    assertThat(root.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    assertThat(root.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(figure.summary());
  }

  @ParameterizedTest
  @MethodSource("emptyFigures")
  void aFigureWithoutDataSaysSo(Figure figure) {
    String svg =
        Documents.parse(Exporters.svg().toSvg(figure)).getDocumentElement().getTextContent();
    String html =
        Documents.parseHtml(Exporters.html().toHtml(figure)).getDocumentElement().getTextContent();

    assertThat(svg).containsAnyOf("No data", "No terms to draw");
    assertThat(html).containsAnyOf("No data", "No terms to draw");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void theSameFigureGivesTheSameBytes(Figure figure) {
    assertThat(Exporters.svg().toSvg(figure).equals(Exporters.svg().toSvg(figure))).isTrue();
    assertThat(Exporters.html().toHtml(figure).equals(Exporters.html().toHtml(figure))).isTrue();
  }

  @ParameterizedTest
  @MethodSource({"figures", "figuresOfOne"})
  void pngHasTheSizeAskedForAndIsNotBlank(Figure figure, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("picture.png");
    Exporters.png(Theme.DARK, 1.5).write(figure, file);

    BufferedImage image = ImageIO.read(file.toFile());

    assertThat(image.getWidth()).isEqualTo(Math.round(figure.size().width() * 1.5f));
    assertThat(image.getHeight()).isGreaterThanOrEqualTo(Math.round(figure.size().height() * 1.5f));
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    assertThat(colours).hasSizeGreaterThan(20);
  }

  @Test
  void svgOfABarChartHoldsNamesAndNumbers() {
    BarChart chart = BarChart.of("Busiest", List.of(Bar.of("ada", 1_234), Bar.of("grace", 56.5)));

    String text =
        Documents.parse(Exporters.svg().toSvg(chart)).getDocumentElement().getTextContent();

    assertThat(text).contains("Busiest", "ada", "1,234", "grace", "56.5");
  }

  @Test
  void svgOfAWordCloudHoldsEveryWordAtItsPlace() {
    WordCloud cloud = Samples.cloud(WORDS);

    var texts = Documents.elements(Documents.parse(Exporters.svg().toSvg(cloud)), "text");

    assertThat(cloud.layout().placed())
        .allSatisfy(
            placed ->
                assertThat(texts)
                    .anySatisfy(
                        text -> {
                          assertThat(text.getTextContent()).endsWith(placed.shown());
                          assertThat(text.getAttribute("transform"))
                              .startsWith("translate(%.2f %.2f)".formatted(placed.x(), placed.y()));
                        }));
  }

  @Test
  void aHoleInASeriesBreaksItsLine() {
    Instant start = Samples.START;
    Series broken =
        new Series(
            "posts",
            List.of(
                new Series.Point(start, 1.0),
                new Series.Point(start.plusSeconds(60), 2.0),
                new Series.Point(start.plusSeconds(120), null),
                new Series.Point(start.plusSeconds(180), 2.0),
                new Series.Point(start.plusSeconds(240), 1.0)));
    TimeSeries chart =
        TimeSeries.of("Posts", List.of(broken))
            .withHoles(List.of(new TimeSeries.Hole(start.plusSeconds(60), start.plusSeconds(180))));

    String svg = Exporters.svg().toSvg(chart);

    // The line is the one path that is stroked and not filled, with a move for each part.
    var line =
        Documents.elements(Documents.parse(svg), "path").stream()
            .filter(path -> path.getAttribute("stroke-width").equals("2"))
            .filter(path -> path.getAttribute("fill").equals("none"))
            .map(path -> path.getAttribute("d"))
            .filter(path -> path.chars().filter(c -> c == 'L').count() == 2)
            .toList();
    assertThat(line)
        .singleElement()
        .matches(path -> path.chars().filter(c -> c == 'M').count() == 2);
    assertThat(svg).contains("not collected");
  }

  @Test
  void theEndingChoosesTheFormat(@TempDir Path folder) throws IOException {
    BarChart chart = BarChart.of("Busiest", List.of(Bar.of("ada", 1)));
    for (String name : List.of("a.html", "b.SVG", "deeper/c.png")) {
      Exporters.write(chart, folder.resolve(name));
    }

    assertThat(Files.readString(folder.resolve("a.html"))).startsWith("<!DOCTYPE html>");
    assertThat(Files.readString(folder.resolve("b.SVG"))).startsWith("<svg ");
    assertThat(Files.readAllBytes(folder.resolve("deeper/c.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exporters.write(chart, folder.resolve("d.jpeg")))
        .withMessageContaining("d.jpeg")
        .withMessageEndingWith("let the name end in .html, .svg or .png");
  }

  @Test
  void aFileAppearsWholeOrNotAtAll(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("chart.svg");
    Files.writeString(file, "before");
    Figure unknown =
        new Figure() {
          @Override
          public String title() {
            return "";
          }

          @Override
          public String summary() {
            return "";
          }

          @Override
          public Size size() {
            return Size.DEFAULT;
          }
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exporters.svg().write(unknown, file))
        .withMessageContaining("is not a figure of this library");
    assertThat(file).hasContent("before");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> Exporters.svg().write(BarChart.of("", List.of()), folder))
        .withMessageContaining("it is a folder");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void streamsAndWritersStayOpen() throws IOException {
    BarChart chart = BarChart.of("Busiest", List.of(Bar.of("ada", 1)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    OutputStream guarded =
        new OutputStream() {
          @Override
          public void write(int b) {
            bytes.write(b);
          }

          @Override
          public void close() {
            throw new AssertionError("closed");
          }
        };
    for (Exporter exporter : List.of(Exporters.svg(), Exporters.png(), Exporters.html())) {
      exporter.write(chart, guarded);
    }
    assertThat(bytes.size()).isPositive();
    StringWriter text = new StringWriter();

    Exporters.svg().write(chart, text);

    assertThat(bytes.toString(StandardCharsets.UTF_8).startsWith(text.toString())).isTrue();
  }

  @Test
  void aScaleOutOfRangeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exporters.png(Theme.LIGHT, Double.NaN))
        .withMessageContaining("was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Size.of(0, 100))
        .withMessage("The width of a picture lies between 64 and 8192 pixels, was 0");
  }
}
