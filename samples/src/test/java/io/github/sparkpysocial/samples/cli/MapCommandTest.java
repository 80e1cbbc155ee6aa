package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class MapCommandTest {
  @TempDir private Path directory;

  @Test
  void drawsTheLatestPlacesAndCountsTheRest() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("p.jsonl"),
            """
            {"record":"post","network":"x","id":"1","text":"old","created_at":"2026-01-01T00:00:00Z","latitude":1.0,"longitude":2.0,"geo_precision":"point"}
            {"record":"post","network":"x","id":"2","text":"<b>new</b>","created_at":"2026-02-01T00:00:00Z","latitude":3.0,"longitude":4.0,"geo_precision":"point"}
            {"record":"post","network":"x","id":"3","text":"nowhere"}
            """);
    Path map = directory.resolve("map.html");

    Ran ran = sparkpy("map", file, "--out", map, "--points", 1, "--json").endsWith(0);

    assertThat(ran.json().get("file").asText()).isEqualTo(map.toString());
    assertThat(ran.json().get("items").asInt()).isEqualTo(1);
    assertThat(ran.json().get("skipped").asInt()).isEqualTo(2);
    assertThat(map).content().contains("new").doesNotContain("<b>new").doesNotContain("\"old\"");
  }

  @Test
  void aPictureOfAnUnknownKindIsWrongUsage() throws IOException {
    Path file = Files.writeString(directory.resolve("p.jsonl"), "");

    Ran ran = sparkpy("map", file, "--out", directory.resolve("map.bmp")).endsWith(2);

    assertThat(ran.err()).contains(".svg");
  }
}
