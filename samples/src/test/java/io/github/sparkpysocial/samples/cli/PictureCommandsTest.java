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

  private Path posts(String name, String... texts) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      lines.append(
          String.format(
              "{\"record\":\"post\",\"network\":\"x\",\"id\":\"%s%d\",\"text\":\"%s\"}%n",
              name, i, texts[i]));
    }
    return Files.writeString(directory.resolve(name + ".jsonl"), lines);
  }

  @Test
  void aCloudCountsEachTextOnceAndShowsWhereAWordStands() throws IOException {
    Path file =
        posts("p", "machine learning rocks", "machine learning rocks", "spark", "spark streams");
    Path cloud = directory.resolve("c.html");

    Ran ran = sparkpy("wordcloud", file, "--out", cloud, "--title", "A <b>", "--json").endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(5);
    assertThat(cloud).content().contains("spark streams", "A &lt;b&gt;").doesNotContain("A <b>");
  }

  @Test
  void wordsThatBelongTogetherAreOnePhraseIfAsked() throws IOException {
    String[] texts = new String[60];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = (i % 2 == 0 ? "machine learning is topic" : "other words of number") + i;
    }
    Path cloud = directory.resolve("c.svg");

    sparkpy("wordcloud", posts("p", texts), "--phrases", "--out", cloud).endsWith(0);

    assertThat(cloud).content().contains("machine learning");
  }

  @Test
  void twoPlacesAreComparedInAShape() throws IOException {
    String[] ours = new String[40];
    String[] theirs = new String[40];
    for (int i = 0; i < ours.length; i++) {
      ours[i] = "common spark n" + i;
      theirs[i] = "common flink m" + i;
    }
    Path cloud = directory.resolve("rivals.html");

    Ran ran =
        sparkpy(
                "wordcloud",
                posts("a", ours),
                "--against",
                posts("b", theirs),
                "--mask",
                "ellipse",
                "--size",
                "600x400",
                "--out",
                cloud,
                "--json")
            .endsWith(0);

    assertThat(ran.json().get("items").asInt()).isEqualTo(2);
    assertThat(cloud).content().contains("a.jsonl against b.jsonl", "spark", "flink");
  }

  @Test
  void aSizeOrColourThatIsNoneIsWrongUsage() throws IOException {
    Path file = posts("p", "spark");
    Path cloud = directory.resolve("c.png");

    assertThat(sparkpy("wordcloud", file, "--out", cloud, "--size", "big").endsWith(2).err())
        .contains("such as 1200x800");
    assertThat(sparkpy("wordcloud", file, "--out", cloud, "--colour", "x").endsWith(2).err())
        .contains("neither group nor weight");
  }

  @Test
  void aMaskThatIsNotThereIsNamed() throws IOException {
    Path file = posts("p", "spark");
    Path mask = directory.resolve("no.png");

    Ran ran =
        sparkpy("wordcloud", file, "--out", directory.resolve("c.png"), "--mask", mask).endsWith(1);

    assertThat(ran.err()).contains(mask.toString());
  }
}
