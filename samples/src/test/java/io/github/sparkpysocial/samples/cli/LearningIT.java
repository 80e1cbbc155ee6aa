package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.ml.cluster.ClusterScorer;
import io.github.sparkpysocial.ml.score.TextClassifier;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that learn, on an invented community. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class LearningIT {
  @TempDir private static Path shared;
  private static Path records;

  @BeforeAll
  static void write() {
    records = shared.resolve("community.jsonl");
    Community community = Community.builder().posts(300).commits(300).build();
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(records.toString()), StoreOptions.with(quarantine));
        Stream<Post> posts = community.posts();
        Stream<Interaction> interactions = community.interactions()) {
      store.write(posts.iterator());
      store.write(interactions.iterator());
    }
  }

  @Test
  void theNetworkOfACommunityIsTold() {
    JsonNode json = sparkpy("network", records, "--top", 3, "--json").endsWith(0).json();

    assertThat(json.get("vertices").asLong()).isGreaterThan(20);
    assertThat(json.get("communities").asLong()).isPositive();
    assertThat(json.get("influencers")).hasSize(3);
    assertThat(json.get("nodes").size()).isBetween(20, 100);
    assertThat(json.get("links")).isNotEmpty();
  }

  @Test
  void repositoriesAreRecommended() {
    JsonNode json =
        sparkpy("recommend", records, "--what", "repositories", "--user", "github/nobody", "--json")
            .endsWith(0)
            .json();

    assertThat(json.get("heldOut").asLong()).isPositive();
    assertThat(json.get("ndcg").asDouble()).isBetween(0.0, 1.0);
    assertThat(json.get("recommended").get("github/nobody").get(0).get("source").asText())
        .isEqualTo("popular");
  }

  @Test
  void aModelThatIsSavedScoresWithoutSpark() throws IOException {
    StringBuilder csv = new StringBuilder("id,text,mood\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i).append(i % 2 == 0 ? ",love it number" : ",hate it number").append(i);
      csv.append(i % 2 == 0 ? " thanks,glad\n" : " broken,sad\n");
    }
    Path file = Files.writeString(shared.resolve("moods.csv"), csv);
    Path saved = shared.resolve("model");

    JsonNode json =
        sparkpy(
                "classify",
                file,
                "--label",
                "mood",
                "--learner",
                "naive_bayes",
                "--learner",
                "linear_svm",
                "--folds",
                2,
                "--save",
                saved,
                "--json")
            .endsWith(0)
            .json();
    Ran again = sparkpy("classify", file, "--label", "mood", "--save", saved);

    assertThat(json.get("candidates")).hasSize(2);
    assertThat(json.get("macroF1").asDouble()).isEqualTo(1);
    assertThat(TextClassifier.load(saved).score("broken again").label()).isEqualTo("sad");
    assertThat(TextClassifier.load(saved).card().source()).endsWith("moods.csv");
    assertThat(again.endsWith(2).err()).contains("is there already");
  }

  @Test
  void clustersAreSavedFoundByOtherAlgorithmsAndSwept() throws IOException {
    StringBuilder csv = new StringBuilder("id,text\n");
    for (int i = 0; i < 60; i++) {
      csv.append(i).append(i % 2 == 0 ? ",espresso milk roast" : ",bicycle pedal helmet");
      csv.append(" number").append(i / 4).append('\n');
    }
    Path file = Files.writeString(shared.resolve("hobbies.csv"), csv);
    Path saved = shared.resolve("hobbies.model");

    JsonNode bisected =
        sparkpy(
                "cluster",
                file,
                "--k",
                2,
                "--algorithm",
                "bisecting_k_means",
                "--save",
                saved,
                "--json")
            .endsWith(0)
            .json();
    JsonNode swept = sparkpy("cluster", file, "--sweep", "1..2", "--json").endsWith(0).json();

    assertThat(bisected.get("algorithm").asText()).isEqualTo("BISECTING_K_MEANS");
    ClusterScorer scorer = ClusterScorer.load(saved);
    assertThat(scorer.cluster("milk")).isNotEqualTo(scorer.cluster("pedal"));
    assertThat(swept.get("sweep")).hasSize(2);
    assertThat(swept.at("/sweep/0/silhouette").isNull()).isTrue();
    assertThat(swept.at("/sweep/1/stability").asDouble()).isEqualTo(1);
  }

  @Test
  void sizesThatCannotBeAreRefusedBeforeAnythingStarts() {
    assertThat(sparkpy("cluster", records, "--sweep", "8..2").endsWith(2).err())
        .contains("goes upwards");
    assertThat(sparkpy("cluster", records, "--sweep", "many").endsWith(2).err())
        .contains("such as 2..8");
    assertThat(sparkpy("cluster", records, "--sweep", "2..3", "--save", "x").endsWith(2).err())
        .contains("only compares");
    assertThat(sparkpy("cluster", records, "--k", 2, "--save", shared).endsWith(2).err())
        .contains("is there already");
    assertThat(sparkpy("cluster", records).endsWith(2).err()).contains("--k", "--sweep");
  }
}
