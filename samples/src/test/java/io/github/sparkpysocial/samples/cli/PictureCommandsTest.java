package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class PictureCommandsTest {
  @TempDir private Path directory;

  @Test
  void aGraphHasThoseWithTheMostTiesAndNamesThem() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("r.jsonl"),
            """
            {"record":"post","network":"x","id":"1","text":"a","author_id":"7","author_handle":"ana"}
            {"record":"post","network":"x","id":"2","text":"b","author_id":"8","author_handle":"ben","in_reply_to_author_id":"7"}
            {"record":"post","network":"x","id":"3","text":"c","author_id":"8","author_handle":"ben","in_reply_to_author_id":"7"}
            """);
    Path graph = directory.resolve("g.graphml");

    Ran ran = sparkpy("graph", file, "--out", graph, "--json").endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(2);
    assertThat(ran.json().get("edges").asInt()).isEqualTo(1);
    assertThat(ran.json().get("skipped").asInt()).isEqualTo(1);
    assertThat(graph).content().contains(">ana<", ">ben<", ">reply<", ">2.0<");
  }

  @Test
  void meetupsToComeAreOnTheMap() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("e.jsonl"),
            """
            {"record":"event","network":"meetup","id":"1","title":"Spark night","status":"upcoming","starts_at":"2026-12-01T18:30:00Z","timezone":"Europe/London","group_name":"London Spark","latitude":51.5,"longitude":-0.1,"geo_precision":"point"}
            {"record":"event","network":"meetup","id":"2","title":"Long ago","status":"past","starts_at":"2016-12-01T18:30:00Z","latitude":51.5,"longitude":-0.1,"geo_precision":"point"}
            """);
    Path map = directory.resolve("m.html");

    Ran ran =
        sparkpy("meetups", file, "--out", map, "--since", "2026-11-01T00:00:00Z", "--json")
            .endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(1);
    assertThat(map).content().contains("Spark night", "18:30 (Europe/London)");
    assertThat(map).content().doesNotContain("Long ago");
  }

  @Test
  void tilesThatAreNoAddressAreWrongUsage() throws IOException {
    Path file = Files.writeString(directory.resolve("e.jsonl"), "");

    Ran ran =
        sparkpy("meetups", file, "--out", directory.resolve("m.html"), "--tiles", "x").endsWith(2);

    assertThat(ran.err()).contains("--tiles", "https://tiles.example/{z}/{x}/{y}.png");
  }
}
