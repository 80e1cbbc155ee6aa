package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.samples.bench.TransferBench;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark on so little that it says nothing about speed, only that it runs. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class BenchCommandIT {
  @TempDir private Path directory;

  @Test
  void comparesTheSameRecordsByTurns() {
    JsonNode json =
        sparkpy("bench", "harvest", "--posts", 2_000, "--rounds", 2, "--json").endsWith(0).json();

    assertThat(json.get("name").asText()).isEqualTo("harvest");
    assertThat(json.get("baseline").asText()).contains("java.net.http", "Jackson");
    assertThat(json.get("ratio").asDouble()).isPositive();
    assertThat(json.get("ratioFromMemory").asDouble()).isPositive();
    assertThat(json.get("runs")).hasSize(2);
    for (JsonNode run : json.get("runs")) {
      // the bare loop knows neither deletions nor that an account came twice on a page
      long bare = run.get("baselineRecords").asLong();
      assertThat(run.get("records").asLong()).isBetween(bare, bare + bare / 100 + 1);
      assertThat(bare).isGreaterThan(1_500);
    }
  }

  @Test
  void looksAtTheHeapOnTheWay() {
    JsonNode json =
        sparkpy("bench", "harvest", "--heap", "--posts", 2_000, "--json").endsWith(0).json();

    assertThat(json.get("heapAfterGc")).hasSize(3);
    assertThat(json.get("heapAfterGc")).allMatch(mark -> mark.get("bytes").asLong() > 0);
  }

  @Test
  void transfersAreMeasuredAgainstWorkByHandForEachKindOfStore() {
    JsonNode json =
        sparkpy(
                "bench",
                "transfer",
                "--to",
                "all",
                "--posts",
                500,
                "--rounds",
                1,
                "--dir",
                directory,
                "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("ratio").asDouble()).isPositive();
    assertThat(json.get("targets").findValuesAsText("to"))
        .isEqualTo(TransferBench.targets())
        .contains("csv", "jsonl");
    assertThat(json.get("targets"))
        .allMatch(target -> target.get("runs").size() == 1)
        .allMatch(target -> !target.get("baseline").asText().isEmpty())
        .allMatch(target -> target.get("bytes").asLong() > 500 * 500);
    assertThat(directory).isDirectoryContaining("glob:**/bench-posts-500.jsonl");
  }

  @Test
  void theHeapOfATransferIsLookedAtOnTheWay() {
    JsonNode json =
        sparkpy("bench", "transfer", "--heap", "--to", "csv", "--posts", 3_000, "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("heapAfterGc")).hasSize(3);
    assertThat(json.get("heapAfterGc")).allMatch(mark -> mark.get("bytes").asLong() > 0);
  }

  @Test
  void clustersAreMeasuredAgainstMllibOnPostsOfKnownTopics() {
    JsonNode json =
        sparkpy("bench", "cluster", "--posts", 600, "--rounds", 1, "--dir", directory, "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("name").asText()).isEqualTo("cluster");
    assertThat(json.get("baseline").asText()).contains("MLlib");
    assertThat(json.get("ratio").asDouble()).isPositive();
    assertThat(json.get("nmi").asDouble()).isGreaterThan(json.get("mllibNmi").asDouble());
    assertThat(json.get("driverBytes").asLong()).isPositive();
    assertThat(json.get("runs")).hasSize(1);
    assertThat(directory).isDirectoryContaining("glob:**/bench-topics-600.jsonl");
  }

  /** Also that what comes to the driver does not grow with the posts. */
  @Test
  void theWayToViewsIsMeasuredStageByStageForEachSize() {
    JsonNode json =
        sparkpy("bench", "scale", "--posts", "6000,2000", "--dir", directory, "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("name").asText()).isEqualTo("scale");
    assertThat(json.get("exponent").asDouble()).isBetween(-1.0, 2.0);
    assertThat(json.get("exponents").fieldNames())
        .toIterable()
        .containsExactly("frame", "features", "clusters", "views");
    assertThat(json.get("runs").findValuesAsText("posts")).containsExactly("2000", "6000");
    for (JsonNode run : json.get("runs")) {
      assertThat(run.get("stages"))
          .allMatch(stage -> stage.get("seconds").asDouble() > 0)
          .allMatch(stage -> stage.get("tasks").asLong() > 0)
          .allMatch(stage -> stage.get("heapBytes").asLong() > 0);
      assertThat(run.at("/stages/3/shuffleBytes").asLong()).isPositive();
    }
    JsonNode small = json.at("/runs/0/stages");
    JsonNode large = json.at("/runs/1/stages");
    for (int stage = 0; stage < small.size(); stage++) {
      assertThat(driverBytesATask(large.get(stage)))
          .as("bytes to the driver in stage " + large.get(stage).get("stage"))
          .isLessThan(2 * driverBytesATask(small.get(stage)));
    }
    assertThat(directory).isDirectoryContaining("glob:**/bench-scale-6000");
  }

  @Test
  void scaleRunsOnAClusterOfProcesses() {
    JsonNode json =
        sparkpy(
                "bench",
                "scale",
                "--cluster",
                "--executor-memory",
                "600",
                "--posts",
                "1000",
                "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("master").asText()).isEqualTo("cluster");
    assertThat(json.at("/runs/0/stages"))
        .hasSize(4)
        .allMatch(stage -> stage.get("tasks").asLong() > 0)
        .allMatch(stage -> stage.get("heapBytes").asLong() > 0);
    assertThat(sparkpy("bench", "scale", "--executor-memory", "100").endsWith(2).err())
        .contains("at least 480 MB");
  }

  private static double driverBytesATask(JsonNode stage) {
    return stage.get("driverBytes").asDouble() / stage.get("tasks").asLong();
  }

  @Test
  void aDashboardIsWrittenByAFreshProcessAndEachPartIsTimed() {
    JsonNode json =
        sparkpy("bench", "dashboard", "--rounds", 1, "--dir", directory, "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("name").asText()).isEqualTo("dashboard");
    assertThat(json.get("ratio").asDouble()).isPositive();
    assertThat(json.get("processorSeconds").asDouble()).isPositive();
    assertThat(json.fieldNames())
        .toIterable()
        .contains("page", "figure-0.svg WordCloud", "figure-9.png NetworkGraph");
    assertThat(directory)
        .isDirectoryContaining("glob:**/index.html")
        .isDirectoryContaining("glob:**/figure-0.svg")
        .isDirectoryContaining("glob:**/figure-9.png");
  }

  @Test
  void theLayoutAndThePageOfANetworkAreTimedApart() {
    JsonNode json =
        sparkpy("bench", "network", "--nodes", 300, "--rounds", 2, "--dir", directory, "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("nodes").asInt()).isEqualTo(300);
    assertThat(json.get("edges").asInt()).isBetween(700, 900);
    assertThat(json.get("layoutSeconds").asDouble()).isPositive();
    assertThat(json.get("pageSeconds").asDouble()).isPositive();
    assertThat(directory)
        .isDirectoryContaining("glob:**/network.html")
        .isDirectoryContaining("glob:**/network.png");
  }

  @Test
  void anUnknownBenchmarkNamesTheKnown() {
    assertThat(sparkpy("bench", "speed").endsWith(2).err()).contains("harvest");
  }
}
