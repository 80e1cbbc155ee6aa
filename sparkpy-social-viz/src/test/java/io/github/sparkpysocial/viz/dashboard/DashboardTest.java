package io.github.sparkpysocial.viz.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.harvest.LedgerEntry;
import io.github.sparkpysocial.harvest.LedgerHole;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.Samples;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class DashboardTest {

  @Test
  void isOneFileInItsFolder(@TempDir Path folder) throws IOException {
    Path file = Samples.dashboard(List.of("one", "two")).write(folder.resolve("new/site"));

    assertThat(file).isEqualTo(folder.resolve("new/site/index.html"));
    try (var files = Files.list(folder.resolve("new/site"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void itsFiguresCanLieBesideIt(@TempDir Path folder) throws IOException {
    Section section =
        Section.of("s", "S").wide(FigurePanel.of("cloud", Samples.cloud(List.of("spark"))));

    Dashboard.builder("D").section(section).build().writeWithFigures(folder);

    assertThat(folder.resolve("index.html")).isNotEmptyFile();
    assertThat(folder.resolve("figures/cloud.svg")).content().contains("spark");
    assertThat(folder.resolve("figures/cloud.png")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../up", "../../up", "/tmp/up", "a/b", "a\\b", "..", ".", "", "a b", "C:x"})
  void noNameLeadsOutOfTheFolder(String id) {
    WordCloud cloud = Samples.cloud(List.of("spark"));

    assertThatIllegalArgumentException().isThrownBy(() -> FigurePanel.of(id, cloud));
    assertThatIllegalArgumentException().isThrownBy(() -> Section.of(id, "S"));
    assertThatIllegalArgumentException().isThrownBy(() -> Tile.count(id, "T", 1));
  }

  @Test
  void nothingIsWrittenOutsideTheFolder(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("site");

    Samples.dashboard(List.of("../up", "/etc/passwd")).writeWithFigures(folder);

    try (Stream<Path> beside = Files.list(parent)) {
      assertThat(beside).containsExactly(folder);
    }
    try (Stream<Path> inside = Files.walk(folder)) {
      assertThat(
              inside.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString()))
          .contains("index.html")
          .allMatch(name -> name.matches("index\\.html|figures/figure-[0-9]+\\.(svg|png)"));
    }
  }

  @Test
  void aNumberLeadsToWhatIsBehindIt() {
    Document page =
        Documents.parseHtml(
            Dashboard.builder("D")
                .tiles(
                    Tile.count("posts", "Posts", 3).withLink("#list"),
                    Tile.count("evil", "Evil", 1).withLink("#x onclick=1"),
                    Tile.count("away", "Away", 2).withLink("https://x.example/"))
                .section(Section.of("list", "The posts").wide(TextBlock.of("text", "", "one")))
                .build()
                .toHtml());

    assertThat(Documents.element(page, "data-fact", "posts").getElementsByTagName("a").item(0))
        .isNotNull()
        .satisfies(link -> assertThat(((Element) link).getAttribute("href")).isEqualTo("#list"));
    assertThat(Documents.element(page, "data-fact", "evil").getElementsByTagName("a").getLength())
        .isZero();
    assertThat(Documents.element(page, "href", "https://x.example/").getTextContent())
        .isEqualTo("2");
  }

  @Test
  void whatALedgerKnowsIsSaid() {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    LedgerHole hole = LedgerHole.between(noon, noon.plusSeconds(3600), "connection lost");
    LedgerEntry entry =
        new LedgerEntry(
            "x:search?q=spark",
            "posts.jsonl",
            RecordSource.Order.NEWEST_FIRST,
            List.of(),
            List.of(hole),
            noon,
            noon.plusSeconds(7200),
            null,
            null,
            null);

    Completeness.Source source = Completeness.Source.builder("Posts").ledger(entry).build();

    assertThat(source.complete()).isFalse();
    assertThat(source.place()).isEqualTo("x:search?q=spark");
    assertThat(source.note())
        .isEqualTo("missing: 22 Nov 2026, 12:00 UTC to 22 Nov 2026, 13:00 UTC (connection lost)");
  }

  @Test
  void theSameDashboardIsTheSamePage() {
    Dashboard dashboard = Samples.dashboard(List.of("one", "two"));

    assertThat(dashboard.toHtml().equals(Samples.dashboard(List.of("one", "two")).toHtml()))
        .isTrue();
  }

  @Test
  void factsAreFoundInTheDocument() {
    Document page = Documents.parseHtml(Samples.dashboard(List.of("one", "two")).toHtml());

    Element posts = Documents.element(page, "data-fact", "posts");
    assertThat(posts.getAttribute("data-value")).isEqualTo("2000");
    assertThat(posts.getTextContent()).contains("2,000");
    Element first = Documents.element(page, "data-rank", "1");
    assertThat(first.getAttribute("data-name")).isEqualTo("one");
    assertThat(first.getAttribute("data-value")).isEqualTo("2");
    assertThat(Documents.element(page, "data-topic", "0").getAttribute("data-posts"))
        .isEqualTo("12");
    assertThat(Documents.element(page, "data-fact", "fetched").getTextContent()).isEqualTo("1,234");
    assertThat(Documents.element(page, "data-fact", "waited-seconds").getTextContent())
        .isEqualTo("1 min 32 s");
    assertThat(Documents.element(page, "data-fact", "deletions").getAttribute("data-value"))
        .isEqualTo("27");
  }

  @Test
  void headingsStepDownOneByOneAndIdsAreUnique() {
    Document page = Documents.parseHtml(Samples.dashboard(List.of("one", "two")).toHtml());

    List<Integer> levels =
        Documents.elements(page).stream()
            .map(Element::getTagName)
            .filter(tag -> tag.matches("h[1-6]"))
            .map(tag -> tag.charAt(1) - '0')
            .toList();
    assertThat(levels).startsWith(1).containsOnlyOnce(1);
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i)).isLessThanOrEqualTo(levels.get(i - 1) + 1);
    }
    assertThat(
            Documents.elements(page).stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty()))
        .doesNotHaveDuplicates();
    Documents.elements(page).stream()
        .map(element -> element.getAttribute("aria-labelledby"))
        .filter(id -> !id.isEmpty())
        .forEach(id -> Documents.element(page, "id", id));
  }

  @Test
  void echartsIsThereOnceAndOnlyWhereItDraws() {
    Dashboard words =
        Dashboard.builder("Words")
            .section(Section.of("a", "A").wide(FigurePanel.of("b", Samples.cloud(List.of("x")))))
            .build();

    assertThat(words.toHtml().length()).isLessThan(100_000);
    assertThat(Documents.raw(Samples.dashboard(List.of("one")).toHtml(), "<script>"))
        .filteredOn(script -> script.length() > 500_000)
        .hasSize(1);
  }

  @Test
  void aMeetingIsShownInTheZoneOfItsVenue() {
    Meeting meeting =
        new Meeting(
            "Spark night",
            Instant.parse("2026-12-31T23:30:00Z"),
            ZoneId.of("Asia/Tokyo"),
            "Tokyo Spark",
            "Shibuya",
            41L,
            "meetup",
            "https://meetup.example/1");
    Dashboard dashboard =
        Dashboard.builder("Meetings")
            .section(Section.of("m", "M").wide(Meetings.of("list", "Next", List.of(meeting))))
            .build();

    Document page = Documents.parseHtml(dashboard.toHtml());

    Element time = Documents.elements(page, "time").get(0);
    assertThat(time.getTextContent()).isEqualTo("Friday 1 January 2027, 08:30");
    assertThat(time.getAttribute("datetime")).isEqualTo("2027-01-01T08:30:00+09:00");
    Element link = Documents.element(page, "href", "https://meetup.example/1");
    assertThat(link.getAttribute("rel")).isEqualTo("noopener noreferrer");
    assertThat(page.getDocumentElement().getTextContent()).contains("41 people come", "Asia/Tokyo");
  }

  @Test
  void onlyHttpIsALink() {
    for (String address :
        List.of(
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//host/path",
            "https://",
            "https://bank.example@evil.example/",
            "http://exa mple/")) {
      Ranking ranking =
          Ranking.of("r", "R", "", List.of(Ranking.Entry.of("name", 1).withLink(address)));

      Document page =
          Documents.parseHtml(
              Dashboard.builder("Links")
                  .section(Section.of("s", "S").wide(ranking))
                  .build()
                  .toHtml());

      assertThat(Documents.elements(page, "a"))
          .as(address)
          .allMatch(link -> link.getAttribute("href").startsWith("#"));
      assertThat(page.getDocumentElement().getTextContent()).contains("name");
    }
  }

  @Test
  void emptyPartsSaySo() {
    Document page =
        Documents.parseHtml(
            Dashboard.builder("Empty")
                .section(
                    Section.of("s", "S")
                        .wide(Ranking.of("a", "A", "", List.of()))
                        .wide(Table.builder("b", "B", Table.Column.text("x")).build())
                        .wide(Topics.of("c", List.of()))
                        .wide(Meetings.of("d", "D", List.of()))
                        .wide(Completeness.of("e", "E", List.of(), 0)))
                .build()
                .toHtml());

    assertThat(page.getDocumentElement().getTextContent())
        .contains("Nobody yet", "No rows", "No topics", "No meeting is announced", "No source");
  }

  @Test
  void mistakesAreNamed() {
    Section twice =
        Section.of("s", "S").wide(TextBlock.of("same", "")).wide(TextBlock.of("same", ""));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dashboard.builder("D").section(twice).build().toHtml())
        .withMessage("Two parts of the page have the id 'same'; give each its own");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextBlock.of("Not an id", ""))
        .withMessageContaining("was 'Not an id'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Table.builder("t", "T", Table.Column.text("x")).row(Cell.of(1), Cell.of(2)).build())
        .withMessage("Row 1 of table 't' has 2 cells for 1 columns");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ranking.Entry.of("name", Double.NaN))
        .withMessageContaining("was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Dashboard.builder("D").period(Samples.START, Samples.START.minusSeconds(1)))
        .withMessageContaining("ends after it begins");
  }

  @Test
  void aNumberThatIsNotKnownIsADash() {
    assertThat(Cell.of(Double.NaN)).isEqualTo(Cell.unknown());
    assertThat(Cell.of(12_345).shown()).isEqualTo("12,345");
    assertThat(Cell.of(12_345).value()).isEqualTo("12345");
  }
}
