package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.feature.TfIdfModel;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** 3,424 tweets on four brands, each labelled with its brand by people. */
class RealTweetsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Path DATA =
      Path.of(System.getProperty("sparkpy.data", "../shared/data"), "labelled");
  private static final SparkSession spark = SPARK.session();

  @BeforeAll
  static void needData() {
    assumeTrue(
        Files.exists(DATA.resolve("topics_sanders4.csv")),
        "not run: there is no " + DATA + "/topics_sanders4.csv (set -Dsparkpy.data)");
  }

  @Test
  void defaultsFindTheBrands() {
    Dataset<Row> tweets = tweets().cache();

    TextClusteringModel model = TextClustering.builder(4).build().fit(tweets);

    Agreement agreement = Agreement.of(model.transform(tweets), "label", "prediction");
    assertThat(agreement.count()).isEqualTo(3_424);
    assertThat(agreement.nmi()).isGreaterThan(0.945);
    assertThat(agreement.purity()).isGreaterThan(0.985);
    assertThat(agreement.ari()).isGreaterThan(0.96);
    ClusteringReport report = model.report();
    assertThat(report.clusters().stream().mapToLong(ClusterCard::size).sum() + report.unassigned())
        .isEqualTo(3_424);
    assertThat(report.clusters())
        .extracting(card -> card.terms().get(0).term().replaceFirst("^[@#]", ""))
        .containsExactlyInAnyOrder("apple", "google", "microsoft", "twitter");
    tweets.unpersist();
  }

  /** Weights, and K-Means from given centres, against what scikit-learn 1.2.1 computed. */
  @Test
  void weightsAndCentresAreThoseOfScikitLearn() throws IOException {
    JsonNode reference = reference();
    Dataset<Row> tokens = scikitTokens(reference).coalesce(1).cache();

    TfIdfModel model = new TfIdf().setMinDF(1).setSublinearTF(false).fit(tokens);

    List<String> terms = new ArrayList<>();
    reference.get("terms").forEach(term -> terms.add(term.asText()));
    assertThat(model.vocabulary()).containsExactlyInAnyOrderElementsOf(terms);
    for (int t = 0; t < terms.size(); t++) {
      assertThat(model.idf()[model.vocabulary().indexOf(terms.get(t))])
          .isEqualTo(reference.get("idf").get(t).asDouble(), within(1e-9));
    }
    List<Row> rows = model.transform(tokens).select("features", "label").collectAsList();
    for (int i = 0; i < reference.get("first_rows").size(); i++) {
      Vector vector = rows.get(i).getAs(0);
      for (JsonNode entry : reference.get("first_rows").get(i)) {
        int term = model.vocabulary().indexOf(terms.get(entry.get(0).asInt()));
        assertThat(vector.apply(term)).isEqualTo(entry.get(1).asDouble(), within(1e-9));
      }
      assertThat(vector.numNonzeros()).isEqualTo(reference.get("first_rows").get(i).size());
    }

    double[][] points =
        rows.stream().map(row -> row.<Vector>getAs(0).toArray()).toArray(double[][]::new);
    Set<String> seen = new HashSet<>();
    double[][] centres =
        rows.stream()
            .filter(row -> seen.add(row.getString(1)))
            .map(row -> row.<Vector>getAs(0).toArray())
            .toArray(double[][]::new);
    JavaRDD<Points> blocks =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(
                List.of(
                    KMeansStartsTest.block(Arrays.copyOfRange(points, 0, 1_700)),
                    KMeansStartsTest.block(Arrays.copyOfRange(points, 1_700, points.length))),
                2)
            .cache();
    blocks.rdd().localCheckpoint(); // else each task of each pass brings the points along
    blocks.count();
    KMeansStarts.Solution solution =
        KMeansStarts.lloyd(blocks, points.length, centres, new KMeansStarts.Limits(100, 0));

    assertThat(solution.cost()).isEqualTo(3211.2206, within(0.001));
    assertThat(solution.iterations()).isBetween(33, 36);
    blocks.unpersist();
    double[][] found = solution.centres();
    int same = 0;
    for (int i = 0; i < points.length; i++) {
      same +=
          KMeansStarts.nearest(found, points[i])
                  == reference.get("deterministic_labels").get(i).asInt()
              ? 1
              : 0;
    }
    assertThat(same).isEqualTo(3_424);
    tokens.unpersist();
  }

  private static Dataset<Row> tweets() {
    return Frames.withRawColumn(
        Frames.of(
            spark, PlaceUri.parse(DATA.resolve("topics_sanders4.csv").toString()), RecordKind.POST),
        "label");
  }

  private static JsonNode reference() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Files.newInputStream(DATA.resolve("topics_sanders4.features.json.gz")))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** Words as scikit-learn cuts them, less those it had as stop words or met in one tweet only. */
  private static Dataset<Row> scikitTokens(JsonNode reference) {
    Set<String> vocabulary = new HashSet<>();
    reference.get("terms").forEach(term -> vocabulary.add(term.asText()));
    Pattern word = Pattern.compile("(?U)\\b\\w\\w+\\b");
    List<Row> rows = new ArrayList<>();
    for (Row tweet : tweets().select("text", "label").collectAsList()) {
      List<String> words =
          word.matcher(tweet.getString(0).toLowerCase(Locale.ROOT))
              .results()
              .map(MatchResult::group)
              .filter(vocabulary::contains)
              .toList();
      rows.add(RowFactory.create(words.toArray(), tweet.getString(1)));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("tokens", DataTypes.createArrayType(DataTypes.StringType))
            .add("label", DataTypes.StringType));
  }
}
