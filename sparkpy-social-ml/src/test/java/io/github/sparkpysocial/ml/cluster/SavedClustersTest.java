package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class SavedClustersTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @TempDir private Path directory;

  private static Dataset<Row> posts;
  private static TextClusteringModel model;

  @BeforeAll
  static void learn() {
    List<Post> some = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      some.add(
          Records.post(
              "p" + i,
              (i % 2 == 0 ? "espresso milk roast barista " : "bicycle pedal helmet gravel ")
                  + "number"
                  + i % 5));
    }
    some.add(Records.post("none", "zzz"));
    posts = Frames.of(SPARK.session(), some, RecordKind.POST);
    model = TextClustering.builder(2).source("posts.csv").seed(7).build().fit(posts);
  }

  @Test
  void aSavedModelIsTheSameWithAndWithoutSpark() throws IOException {
    Path file = directory.resolve("brands.model");
    model.save(file);

    TextClusteringModel loaded = TextClusteringModel.load(file);
    ClusterScorer scorer = ClusterScorer.load(file);

    assertThat(loaded.report()).isEqualTo(model.report());
    assertThat(loaded.card()).isEqualTo(model.card());
    assertThat(scorer.clusters()).isEqualTo(2);
    List<Row> rows = loaded.transform(posts).select("text", "prediction").collectAsList();
    assertThat(rows).isEqualTo(model.transform(posts).select("text", "prediction").collectAsList());
    assertThat(rows).allMatch(row -> scorer.cluster(row.getString(0)) == row.getInt(1));
    assertThat(scorer.cluster(null)).isEqualTo(TextClusteringModel.UNASSIGNED);
  }

  @Test
  void aModelIsSavedInAnyFileSystemOfHadoop() throws IOException {
    URI place = directory.resolve("deep/brands.model").toUri();

    model.save(SPARK.session(), place);
    TextClusteringModel loaded = TextClusteringModel.load(SPARK.session(), place);

    assertThat(place).hasScheme("file");
    assertThat(loaded.report()).isEqualTo(model.report());
    assertThat(ClusterScorer.load(Path.of(place)).cluster("espresso"))
        .isEqualTo(model.cluster("espresso"));
    assertThatThrownBy(() -> model.save(SPARK.session(), place))
        .isInstanceOf(FileAlreadyExistsException.class);
    URI nothing = directory.resolve("nothing").toUri();
    assertThatThrownBy(() -> TextClusteringModel.load(SPARK.session(), nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no saved model");
    assertThatThrownBy(() -> model.save(SPARK.session(), URI.create("nosuch://host/model")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nosuch");
  }

  @Test
  void theCardTellsWhereTheModelComesFrom() {
    Row window = posts.selectExpr("min(created_at)", "max(created_at)").first();

    assertThat(model.card().source()).isEqualTo("posts.csv");
    assertThat(model.card().posts()).isEqualTo(25);
    assertThat(model.card().seed()).isEqualTo(7);
    assertThat(model.card().parameters()).containsEntry("k", "2");
    assertThat(model.card().metrics()).containsKeys("cost", "silhouette", "unassignedShare");
    assertThat(model.card().versions()).containsKeys("spark", "java", "sparkpy-social");
    assertThat(model.card().from())
        .isEqualTo(window.isNullAt(0) ? null : window.getTimestamp(0).toInstant());
    assertThat(model.card().to())
        .isEqualTo(window.isNullAt(1) ? null : window.getTimestamp(1).toInstant());
  }

  @Test
  void aStreamIsScoredAsABatch() throws Exception {
    Path in = directory.resolve("in");
    posts.select("id", "text").write().json(in.toString());

    Dataset<Row> stream =
        model.transform(
            SPARK.session().readStream().schema("id STRING, text STRING").json(in.toString()));
    StreamingQuery query =
        stream
            .writeStream()
            .format("memory")
            .queryName("clustered")
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .start();
    query.processAllAvailable();
    query.stop();

    assertThat(
            SPARK
                .session()
                .table("clustered")
                .select("id", "prediction")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(model.transform(posts).select("id", "prediction").orderBy("id").collectAsList());
  }

  @Test
  void whatCannotBeLoadedIsTold() throws IOException {
    Path file = directory.resolve("brands.model");
    model.save(file);
    assertThatThrownBy(() -> model.save(file)).isInstanceOf(FileAlreadyExistsException.class);
    Path json = file.resolve("model.json");
    String good = Files.readString(json);

    Files.writeString(json, good.replaceAll("\"schemaVersion\" : 1", "\"schemaVersion\" : 9"));
    assertThatThrownBy(() -> TextClusteringModel.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema version 9");
    Files.writeString(json, good.replace("text-clustering", "text-classification"));
    assertThatThrownBy(() -> ClusterScorer.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'text-classification', not 'text-clustering'");
    Files.writeString(json, good);
    Files.writeString(file.resolve("vocabulary.json"), "[\"one\"]");
    assertThatThrownBy(() -> ClusterScorer.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged: 1 terms have");
    assertThatThrownBy(() -> ClusterScorer.load(directory.resolve("nothing")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no saved model");
  }
}
