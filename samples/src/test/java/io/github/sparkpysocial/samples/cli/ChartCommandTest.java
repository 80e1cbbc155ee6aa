package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the test
class ChartCommandTest {
  @TempDir private Path directory;
  private Path posts;

  @BeforeEach
  void write() throws IOException {
    posts =
        Files.writeString(
            directory.resolve("p.jsonl"),
            """
            {"record":"post","network":"x","id":"1","text":"kafka <b>kafka</b>","created_at":"2026-01-05T09:30:00Z"}
            {"record":"post","network":"x","id":"2","text":"kafka streams","created_at":"2026-01-05T23:40:00Z"}
            {"record":"post","network":"x","id":"3","text":"undated"}
            """);
  }

  @Test
  void wordsAreCounted() {
    Path chart = directory.resolve("words.html");

    Ran ran = sparkpy("chart", "words", posts, "--out", chart, "--json").endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(3);
    assertThat(chart).content().contains("kafka", "streams").doesNotContain("<b>kafka");
  }

  @Test
  void hoursAndDaysAreThoseOfTheZone() {
    Path chart = directory.resolve("hours.svg");
    Path calendar = directory.resolve("calendar.html");

    Ran ran =
        sparkpy("chart", "hours", posts, "--zone", "Asia/Tokyo", "--out", chart, "--json")
            .endsWith(0);
    sparkpy("chart", "calendar", posts, "--zone", "Asia/Tokyo", "--out", calendar).endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(2);
    assertThat(ran.json().get("skipped").asInt()).isEqualTo(1);
    assertThat(chart).content().contains("Asia/Tokyo", "Tuesday");
    assertThat(calendar).content().contains("2026-01-05", "2026-01-06");
  }

  @Test
  void anUnknownKindNamesTheKnown() {
    Ran ran = sparkpy("chart", "pie", posts, "--out", directory.resolve("a.png")).endsWith(2);

    assertThat(ran.err()).containsIgnoringCase("calendar");
  }
}
