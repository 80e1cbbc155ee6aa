package io.github.sparkpysocial.viz.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityMapTest {
  private static final CityMap LONDON =
      CityMap.of(
          "London",
          List.of(
              Venue.of(
                  new GeoPoint(51.52, -0.08),
                  "London Spark",
                  "Spark night",
                  Instant.parse("2026-07-01T18:30:00Z"),
                  ZoneId.of("Europe/London"))));

  @Test
  void timeIsThatOfTheVenue() {
    assertThat(Exporters.svg().toSvg(LONDON))
        .contains("London Spark", "Spark night Wed 1 Jul 2026, 19:30 (Europe/London)");
    assertThat(Exporters.html().toHtml(LONDON)).contains("Wed 1 Jul 2026, 19:30 (Europe/London)");
  }

  @Test
  void imagesMayComeFromTheOneServerAlone() {
    assertThat(policy(LONDON)).contains("img-src data:;").doesNotContain("connect-src");
    assertThat(policy(LONDON.withTiles(MapTiles.openStreetMap())))
        .contains("img-src data: https://tile.openstreetmap.org;");
    assertThat(
            policy(
                LONDON.withTiles(
                    MapTiles.of("https://tiles.example:8443/a/{z}/{x}/{y}.png", "me"))))
        .contains("img-src data: https://tiles.example:8443;");
    assertThat(policy(LONDON.withTiles(MapTiles.google())))
        .contains(
            "img-src data: https://tile.googleapis.com; connect-src https://tile.googleapis.com;");
  }

  @Test
  void aKeyIsInTheFileOnlyIfThatWasAskedFor() {
    MapTiles shared = MapTiles.googleWithKeyInFile(Secret.of("key-of-mine"));

    assertThat(Exporters.html().toHtml(LONDON.withTiles(MapTiles.google())))
        .contains("Google Maps key");
    assertThat(Exporters.html().toHtml(LONDON.withTiles(shared))).contains("key-of-mine");
    assertThat(shared.toString() + LONDON.withTiles(shared)).doesNotContain("key-of-mine");
    assertThat(Exporters.svg().toSvg(LONDON.withTiles(shared))).doesNotContain("key-of-mine");
  }

  @Test
  void noFileOfAnyFormatHasTheKeyUnlessThePageWasAskedToHaveIt(@TempDir Path folder)
      throws IOException {
    CityMap shared = LONDON.withTiles(MapTiles.googleWithKeyInFile(Secret.of("key-of-mine")));
    Dashboard dashboard =
        Dashboard.builder("Report")
            .section(Section.of("where", "Where").wide(FigurePanel.of("map", shared)))
            .build();
    for (String name : List.of("shared.html", "shared.svg", "shared.png")) {
      Exporters.write(shared, folder.resolve(name));
    }
    Exporters.write(LONDON.withTiles(MapTiles.google()), folder.resolve("asking.html"));
    dashboard.writeWithFigures(folder.resolve("report"));

    try (Stream<Path> files = Files.walk(folder)) {
      List<String> withKey =
          files
              .filter(Files::isRegularFile)
              .filter(file -> bytes(file).contains("key-of-mine"))
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .toList();
      assertThat(withKey).containsExactly("report/index.html", "shared.html");
    }
  }

  private static String bytes(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    for (String template :
        List.of(
            "https://tiles.example/{z}/{x}.png",
            "javascript:alert({z}{x}{y})",
            "https://{s}.tiles.example/{z}/{x}/{y}.png",
            "https://tiles.example;script-src *{z}{x}{y}",
            "https://user@tiles.example/{z}/{x}/{y}.png",
            "/{z}/{x}/{y}.png")) {
      assertThatIllegalArgumentException()
          .as(template)
          .isThrownBy(() -> MapTiles.of(template, "me"))
          .withMessageContaining("https://tiles.example/{z}/{x}/{y}.png");
    }
  }

  @Test
  void withoutMeetingsItSaysSo() {
    CityMap empty = CityMap.of("", List.of());

    assertThat(Exporters.svg().toSvg(empty)).contains("No data");
    assertThat(Exporters.html().toHtml(empty)).contains("No data");
  }

  private static String policy(CityMap map) {
    return Documents.element(
            Documents.parseHtml(Exporters.html().toHtml(map)),
            "http-equiv",
            "Content-Security-Policy")
        .getAttribute("content");
  }
}
