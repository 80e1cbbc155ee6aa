package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on data that real networks gave, which is not part of the project. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class RealDataIT {
  @TempDir private Path directory;

  private static Path data(String name) {
    Path file = Path.of(System.getProperty("sparkpy.data", ""), name);
    assumeTrue(Files.exists(file), "not run: no real test data at " + file);
    return file;
  }

  @Test
  void aStreamCaptureKeepsWhatLivesAndWhatWasDeleted() {
    JsonNode json =
        sparkpy(
                "analyze",
                data("tweets/sample_2017-01-26T1600Z.jsonl.gz"),
                "--out",
                directory,
                "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("harvested").get("x").get("post").asLong()).isEqualTo(3_658);
    assertThat(json.get("harvested").get("x").get("tombstone").asLong()).isEqualTo(582);
    assertThat(json.get("clusters")).hasSize(5);
    assertThat(directory.resolve("index.html")).isNotEmptyFile();
  }

  @Test
  void anAnswerAndItsEscapedTwinGiveTheSameRows() throws IOException {
    List<String> plain = rows(data("tweets/simdjson_twitter.json"), "a.jsonl");
    List<String> escaped = rows(data("tweets/simdjson_twitterescaped.json"), "b.jsonl");

    assertThat(plain).hasSizeGreaterThanOrEqualTo(100).isEqualTo(escaped);
  }

  private List<String> rows(Path from, String name) throws IOException {
    Path to = directory.resolve(name);
    sparkpy("transfer", from, to).endsWith(0);
    try (var lines = Files.lines(to)) {
      return lines
          .map(Ran::parse)
          .map(
              row ->
                  ((ObjectNode) row)
                      .without(List.of("raw", "source_uri", "fetched_at", "tool"))
                      .toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void clustersOfLabelledTweetsAgreeWithTheirLabels() {
    JsonNode json =
        sparkpy(
                "cluster",
                data("labelled/topics_sanders4.csv"),
                "--k",
                4,
                "--label",
                "label",
                "--assignments",
                directory.resolve("a.csv"),
                "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("posts").asLong()).isEqualTo(3_424);
    assertThat(json.get("nmi").asDouble()).isGreaterThan(0.77);
    assertThat(json.get("purity").asDouble()).isGreaterThan(0.879);
    assertThat(directory.resolve("a.csv"))
        .content()
        .hasLineCount(3_425)
        .startsWith("network,id,cluster\n");
  }

  @Test
  void labelsOfTweetsAreToldAsWellAsByScikitLearn() {
    JsonNode json =
        sparkpy(
                "classify",
                data("labelled/topics_sanders4.csv"),
                "--label",
                "label",
                "--assignments",
                directory.resolve("c.csv"),
                "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("posts").asLong()).isEqualTo(3_424);
    assertThat(json.get("macroF1").asDouble()).isGreaterThan(0.993);
    assertThat(json.get("labels").size()).isEqualTo(4);
    assertThat(directory.resolve("c.csv"))
        .content()
        .hasLineCount(3_425)
        .startsWith("network,id,prediction,confidence\n");
  }
}
