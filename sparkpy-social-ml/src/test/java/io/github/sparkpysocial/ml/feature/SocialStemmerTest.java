package io.github.sparkpysocial.ml.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SocialStemmerTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  /** How many seeds the effect is measured with, by {@code -Dsparkpy.seeds=10}. */
  private static final int SEEDS = Integer.getInteger("sparkpy.seeds", 1);

  @Test
  void eachPostIsStemmedInItsLanguage() {
    Dataset<Row> tokens =
        spark.sql(
            "SELECT * FROM VALUES (1, array('running', 'runs', '#Running', ':-)', '😀'), 'en'),"
                + " (2, array('häuser', 'laufen'), 'de-AT'), (3, array('running', 'runs'), null),"
                + " (4, array('running'), 'ja'), (5, array('libros', 'corriendo'), 'es'),"
                + " (6, null, 'en') t(id, tokens, language)");

    List<List<String>> stems = stems(new SocialStemmer().transform(tokens));

    assertThat(stems)
        .containsExactly(
            List.of("run", "run", "#Running", ":-)", "😀"),
            List.of("haus", "lauf"),
            List.of("run", "run"),
            List.of("running"),
            List.of("libr", "corr"),
            List.of());
    assertThat(SocialStemmer.languages()).contains("en", "de", "fr", "ru", "tr").hasSize(22);
  }

  @Test
  void aStageIsSavedAndTheDefaultLanguageIsChosen(@TempDir Path directory) throws Exception {
    String path = directory.resolve("stage").toString();
    new SocialStemmer().setDefaultLanguage("fr").setOutputCol("roots").save(path);

    Dataset<Row> stems =
        SocialStemmer.read()
            .load(path)
            .transform(spark.sql("SELECT 1 AS id, array('continuellement') AS tokens"));

    assertThat(stems.select("roots").first().<String>getList(0)).containsExactly("continuel");
  }

  @Test
  void columnsThatDoNotFitAreNamed() {
    Dataset<Row> odd = spark.sql("SELECT array('a') AS tokens, 7 AS language");

    assertThatThrownBy(() -> new SocialStemmer().transform(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'language' of type int");
    assertThatThrownBy(() -> new SocialStemmer().transform(odd.drop("tokens", "language")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'tokens'");
  }

  /** What stems do to clusters of real tweets, all else being equal; see docs/ml.md. */
  @Test
  void realTweetsAreClusteredAsWellWithStems() {
    Path file =
        Path.of(
            System.getProperty("sparkpy.data", "../shared/data"), "labelled/topics_sanders4.csv");
    assumeTrue(Files.exists(file), "not run: there is no " + file + " (set -Dsparkpy.data)");
    Dataset<Row> words =
        new StopWordsRemover()
            .setInputCol("tokens")
            .setOutputCol("words")
            .setStopWords(StopWords.of(List.of("en")).toArray(new String[0]))
            .transform(
                new SocialTokenizer()
                    .transform(
                        Frames.withRawColumn(
                            Frames.of(spark, PlaceUri.parse(file.toString()), RecordKind.POST),
                            "label")));
    Dataset<Row> stemmed = new SocialStemmer().setInputCol("words").transform(words).cache();

    double without = nmi(stemmed, "words");
    double with = nmi(stemmed, "stems");

    stemmed.unpersist();
    System.out.printf("NMI, median of %d seeds: words %.3f, stems %.3f%n", SEEDS, without, with);
    assertThat(with).isGreaterThan(0.9);
  }

  private static double nmi(Dataset<Row> posts, String column) {
    Dataset<Row> features =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new TfIdf().setInputCol(column), new LatentSemantics().setDimensions(8)
                })
            .fit(posts)
            .transform(posts)
            .select("latent", "label")
            .cache();
    double[] each =
        IntStream.rangeClosed(1, SEEDS)
            .mapToDouble(
                seed ->
                    Agreement.of(
                            Stream.of(0, 1, 2)
                                .map(start -> clustered(features, 100L * seed + start))
                                .min(java.util.Comparator.comparingDouble(Clustered::cost))
                                .orElseThrow()
                                .rows(),
                            "label",
                            "prediction")
                        .nmi())
            .sorted()
            .toArray();
    features.unpersist();
    return each[each.length / 2];
  }

  private record Clustered(Dataset<Row> rows, double cost) {}

  private static Clustered clustered(Dataset<Row> features, long seed) {
    var model =
        new KMeans()
            .setK(4)
            .setInitMode("random")
            .setFeaturesCol("latent")
            .setSeed(seed)
            .fit(features);
    return new Clustered(model.transform(features), model.summary().trainingCost());
  }

  private static List<List<String>> stems(Dataset<Row> rows) {
    return rows.orderBy("id").select("stems").collectAsList().stream()
        .map(row -> row.<String>getList(0))
        .toList();
  }
}
