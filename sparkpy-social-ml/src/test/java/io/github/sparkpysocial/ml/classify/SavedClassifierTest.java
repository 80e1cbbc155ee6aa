package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.score.LabelScore;
import io.github.sparkpysocial.ml.score.TextClassifier;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PlainQueries.class)
class SavedClassifierTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  @TempDir private static Path shared;
  private static Path saved;
  private static TextClassificationModel model;
  private static Dataset<Row> posts;

  @TempDir private Path directory;

  @BeforeAll
  static void train() throws IOException {
    posts =
        Moods.frame(spark, Moods.rows(60))
            .withColumn("created_at", functions.expr("timestamp_seconds(1700000000 + length(id))"));
    saved = shared.resolve("moods");
    model = TextClassification.sentiment("mood").ngrams(2).source("moods.csv").build().fit(posts);
    model.save(saved);
  }

  private static List<LabelScore> scores(Dataset<Row> scored) {
    return scored.orderBy("id").select("prediction", "confidence").collectAsList().stream()
        .map(row -> new LabelScore(row.getString(0), row.getDouble(1)))
        .toList();
  }

  private static List<String> texts() {
    return posts.orderBy("id").select("text").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void aLoadedModelIsTheSavedOne() throws IOException {
    TextClassificationModel loaded = TextClassificationModel.load(saved);

    assertThat(loaded.report()).isEqualTo(model.report());
    assertThat(loaded.card()).isEqualTo(model.card());
    assertThat(loaded.labels()).isEqualTo(model.labels());
    assertThat(scores(loaded.transform(posts))).isEqualTo(scores(model.transform(posts)));
  }

  @Test
  void aModelIsSavedInAnyFileSystemOfHadoop() throws IOException {
    URI place = directory.resolve("moods").toUri();

    model.save(spark, place);
    TextClassificationModel loaded = TextClassificationModel.load(spark, place);

    assertThat(place).hasScheme("file");
    assertThat(loaded.report()).isEqualTo(model.report());
    assertThat(TextClassifier.load(Path.of(place)).score("great"))
        .isEqualTo(TextClassifier.load(saved).score("great"));
  }

  @Test
  void theCardTellsWhereTheModelComesFrom() {
    assertThat(model.card().source()).isEqualTo("moods.csv");
    assertThat(model.card().posts()).isEqualTo(60);
    assertThat(model.card().from()).hasToString("2023-11-14T22:13:22Z");
    assertThat(model.card().to()).hasToString("2023-11-14T22:13:23Z");
    assertThat(model.card().parameters())
        .containsEntry("learner", "linear-svm")
        .containsEntry("negation", "true")
        .containsEntry("folds", "5 at random, together by TEXT, seed 42");
    assertThat(model.card().metrics()).containsKeys("macroF1", "accuracy", "calibrationError");
    assertThat(model.card().versions()).containsEntry("spark", spark.version());
  }

  @Test
  void aStreamIsJudgedAsABatchIs() throws Exception {
    Path input = directory.resolve("in");
    posts.drop("created_at").write().json(input.toString());
    Dataset<Row> stream = spark.readStream().schema(Moods.SCHEMA).json(input.toString());

    StreamingQuery query =
        TextClassificationModel.load(saved)
            .transform(stream)
            .writeStream()
            .format("memory")
            .queryName("judged_moods")
            .trigger(Trigger.AvailableNow())
            .start();
    query.processAllAvailable();
    query.awaitTermination();

    assertThat(scores(spark.table("judged_moods"))).isEqualTo(scores(model.transform(posts)));
  }

  /** Its own loader sees the classes of the library and Jackson, and nothing of Spark or Scala. */
  @Test
  void aPlainJvmGivesTheSameScores() throws Exception {
    List<LabelScore> expected = scores(model.transform(posts));
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.matches(".*(spark-|scala|hadoop).*\\.jar")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader plain =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> plain.loadClass("org.apache.spark.sql.SparkSession"))
          .isInstanceOf(ClassNotFoundException.class);
      assertThatThrownBy(() -> plain.loadClass("scala.Option"))
          .isInstanceOf(ClassNotFoundException.class);
      Class<?> type = plain.loadClass(TextClassifier.class.getName());
      Object classifier = type.getMethod("load", Path.class).invoke(null, saved);
      List<LabelScore> scores = new ArrayList<>();
      for (String text : texts()) {
        Object score = type.getMethod("score", String.class).invoke(classifier, text);
        scores.add(
            new LabelScore(
                (String) score.getClass().getMethod("label").invoke(score),
                (double) score.getClass().getMethod("confidence").invoke(score)));
      }

      assertThat(scores).isEqualTo(expected);
    }
  }

  @Test
  void anotherSchemaVersionOrKindIsRefused() throws IOException {
    Path newer = copy("newer");
    Path json = newer.resolve("model.json");
    String written = Files.readString(json);
    Files.writeString(json, written.replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2"));

    assertThatThrownBy(() -> TextClassifier.load(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema version 2; this version of sparkpy-social reads 1")
        .hasMessageContaining("newer version");
    Files.writeString(json, written.replace("text-classification", "text-clustering"));
    assertThatThrownBy(() -> TextClassificationModel.load(newer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kind 'text-clustering'");
    assertThatThrownBy(() -> TextClassifier.load(directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no saved model");
    assertThatThrownBy(() -> model.save(saved)).isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"model.json", "labels.json", "vocabulary.json", "idf.npy", "coefficients.npy"})
  void aFileThatIsCutOffIsNamed(String name) throws IOException {
    Path cut = copy("cut");
    byte[] whole = Files.readAllBytes(cut.resolve(name));
    Files.write(cut.resolve(name), java.util.Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> TextClassifier.load(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(name);
  }

  private Path copy(String name) throws IOException {
    Path copy = Files.createDirectory(directory.resolve(name));
    try (Stream<Path> files = Files.list(saved)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
