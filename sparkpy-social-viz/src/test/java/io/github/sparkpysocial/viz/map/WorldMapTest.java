package io.github.sparkpysocial.viz.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.Samples;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class WorldMapTest {

  @Test
  void closePointsAreOneCircleWithTheirNumber() {
    WorldMap map =
        WorldMap.of(
            "Near",
            List.of(
                MapPoint.of(new GeoPoint(51.50, -0.12), "a", "one"),
                MapPoint.of(new GeoPoint(51.51, -0.13), "b", "two"),
                MapPoint.of(new GeoPoint(48.85, 2.35), "c", "three"),
                MapPoint.of(new GeoPoint(-33.87, 151.2), "d", "far away")));

    Document svg = Documents.parse(Exporters.svg().toSvg(map));

    assertThat(texts(svg)).contains("3").doesNotContain("4");
    assertThat(titles(svg)).contains("3", "d far away");
  }

  @Test
  void countriesTakeTheColourOfTheirClass() {
    List<CountryValue> values =
        List.of(CountryValue.of("PT", 1), CountryValue.of("FR", 50), CountryValue.of("BR", 0));
    WorldMap map = WorldMap.ofCountries("Posts", "posts", values);

    Document svg = Documents.parse(Exporters.svg().toSvg(map));

    long colours =
        Documents.elements(svg, "path").stream()
            .map(path -> path.getAttribute("fill"))
            .distinct()
            .count();
    assertThat(colours).as("land, and a class for 1 and for 50").isEqualTo(3);
    assertThat(texts(svg)).contains("1 posts", "50 posts");
  }

  @Test
  void aCountryTooSmallToDrawIsNamedAndInTheTable() {
    WorldMap map = WorldMap.ofCountries("Posts", "posts", List.of(CountryValue.of("SG", 7)));

    Document page = Documents.parseHtml(Exporters.html().toHtml(map));

    assertThat(page.getDocumentElement().getTextContent())
        .contains("Too small to be coloured, in the table: Singapore.");
    Element table = Documents.element(page, "id", "figure-countries-table");
    assertThat(table.getTextContent()).contains("Singapore", "SG", "7");
  }

  @Test
  void aPageHoldsWhereAndWhenOfEveryPointAndWhatItCanBear() throws IOException {
    List<MapPoint> points = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      points.add(
          MapPoint.of(
              new GeoPoint(i % 120 - 60 + i / 1e6, i % 300 - 150), "author", "word ".repeat(60)));
    }

    String html = Exporters.html().toHtml(WorldMap.of("Many", points));

    String json =
        Documents.raw(html, "<script type=\"application/json\" id=\"figure-map\">").get(0);
    JsonNode map = new ObjectMapper().readTree(json);
    assertThat(map.path("n").asInt()).isEqualTo(20_000);
    byte[] latitudes = Base64.getDecoder().decode(map.path("lat").asText());
    assertThat(latitudes).hasSize(80_000);
    int first = ByteBuffer.wrap(latitudes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    assertThat(first).isBetween(-60_00000, 60_00000);
    assertThat(html.length()).isLessThan(6_000_000);
    assertThat(Documents.parseHtml(html).getDocumentElement().getTextContent())
        .containsPattern("Who said what is in this page for [0-9,]+ of 20,000 points");
  }

  @Test
  void theSameMapIsTheSamePicture() {
    WorldMap map = Samples.map(List.of("one", "two", "three"));

    assertThat(Exporters.svg().toSvg(map)).isEqualTo(Exporters.svg().toSvg(map));
    assertThat(Exporters.html().toHtml(map).equals(Exporters.html().toHtml(map))).isTrue();
  }

  @Test
  void withoutPointsTheWorldIsDrawnAndSaysSo() {
    String svg = Exporters.svg(Theme.DARK).toSvg(WorldMap.of("", List.of()));

    assertThat(texts(Documents.parse(svg))).containsExactly("No data");
    assertThat(Exporters.html().toHtml(WorldMap.of("", List.of()))).contains("No data");
  }

  @Test
  void aSmallPictureIsStillOne() {
    WorldMap map = Samples.map(List.of("one", "two")).withSize(Size.of(64, 64));

    assertThat(
            Documents.parse(Exporters.svg().toSvg(map)).getDocumentElement().getAttribute("width"))
        .isEqualTo("64");
  }

  @Test
  void mistakesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CountryValue.of("Portugal", 1))
        .withMessageContaining("ISO 3166-1")
        .withMessageContaining("'Portugal'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CountryValue.of("PT", Double.NaN))
        .withMessage("The value of country PT is finite and at least 0, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WorldMap.ofCountries(
                    "x", "", List.of(CountryValue.of("PT", 1), CountryValue.of("PT", 2))))
        .withMessage("Country PT has two values; add them up before");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GeoPoint(151.2, -33.87))
        .withMessageContaining("are the two swapped?");
  }

  @Test
  void numbersDoNotDependOnTheLanguageOfTheMachine() {
    WorldMap map = Samples.map(List.of("one", "two", "three"));
    String before = Exporters.svg().toSvg(map);
    Locale language = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

      assertThat(Exporters.svg().toSvg(map)).isEqualTo(before);
    } finally {
      Locale.setDefault(language);
    }
  }

  private static List<String> texts(Document svg) {
    return Documents.elements(svg, "text").stream()
        .map(Element::getTextContent)
        .filter(text -> !text.isEmpty() && !text.equals("Near") && !text.equals("Posts"))
        .toList();
  }

  private static List<String> titles(Document svg) {
    return Documents.elements(svg, "title").stream().map(Element::getTextContent).toList();
  }
}
