package io.github.sparkpysocial.ml.recommend;

import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Knows what people may take to. Bound to the Spark application that learnt or loaded it, and to
 * the preferences, which Spark keeps. Immutable and thread-safe.
 */
public final class RecommendationModel {
  private static final ModelDirectory.Kind FILES = new ModelDirectory.Kind("recommendation", 1);
  private static final String REPORT = "report.json";

  private final String userCol;
  private final String itemCol;
  private final Taste taste;
  private final RecommendationReport report;
  private final ModelCard card;

  RecommendationModel(
      String userCol, String itemCol, Taste taste, RecommendationReport report, ModelCard card) {
    this.userCol = userCol;
    this.itemCol = itemCol;
    this.taste = taste;
    this.report = report;
    this.card = card;
  }

  /** Returns how well it recommends to people what they took to later. */
  public RecommendationReport report() {
    return report;
  }

  /** Returns where the model comes from. */
  public ModelCard card() {
    return card;
  }

  /**
   * Saves the model in a directory of any file system that Hadoop knows, such as {@code hdfs:},
   * {@code s3a:} or {@code file:}: the preferences, names and popular things as Parquet, the
   * numbers of people and things as MLlib's {@code ALSModel} does, card and report as JSON. It
   * holds who took to what, so mind where you put it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(URI directory) throws IOException {
    HadoopPlace place = new HadoopPlace(taste.spark(), directory);
    Map<String, Object> model =
        Map.of("userCol", userCol, "itemCol", itemCol, "mostOfOne", taste.mostOfOne());
    place.fillBy(
        unfinished -> {
          taste.save(unfinished);
          ModelDirectory.Output files = new ModelDirectory.Output(place.files(unfinished));
          card.save(files);
          files.json(REPORT, report);
          files.model(FILES, model);
        });
  }

  /**
   * Loads a saved model, which recommends what the saved one did.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static RecommendationModel load(SparkSession spark, URI directory) throws IOException {
    HadoopPlace place = new HadoopPlace(spark, directory);
    ModelDirectory files = ModelDirectory.open(place, FILES);
    return new RecommendationModel(
        files.model().path("userCol").asText(),
        files.model().path("itemCol").asText(),
        Taste.load(spark, place, files.model().path("mostOfOne").asInt()),
        files.json(REPORT, RecommendationReport.class),
        ModelCard.load(files));
  }

  /**
   * Returns lists for people: the columns of people and things, {@code rank} from 1, {@code score},
   * comparable within one list, and {@code source}: {@code taste}, or {@code popular} for people of
   * whom nothing is known, without a score. Nobody gets what he took to already.
   *
   * @param people a frame with a column of people; each gets one list
   * @param n how long the lists are at most
   * @throws IllegalArgumentException if the column is missing, or {@code n} is below 1
   */
  public Dataset<Row> recommend(Dataset<Row> people, int n) {
    Columns.require(people, List.of(userCol));
    if (n < 1) {
      throw new IllegalArgumentException("n must be positive, was " + n);
    }
    Dataset<Row> each =
        people.select(Columns.of(userCol).cast("string").as(Taste.USER)).na().drop().distinct();
    return recommend(taste, each, n)
        .withColumnRenamed(Taste.USER, userCol)
        .withColumnRenamed(Taste.ITEM, itemCol);
  }

  static Dataset<Row> recommend(Taste taste, Dataset<Row> people, int n) {
    return taste
        .learnt(taste.among(people, true), n)
        .withColumn("source", lit("taste"))
        .unionByName(
            taste.popular(taste.among(people, false), n).withColumn("source", lit("popular")));
  }
}
