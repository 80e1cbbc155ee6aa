package io.github.sparkpysocial.ml.topic;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.MllibPart;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Topics that were learnt by {@link TopicModelling}. Immutable and thread-safe. */
public final class TopicModel {
  private static final ModelDirectory.Kind FILES = new ModelDirectory.Kind("topics", 1);
  private static final String REPORT = "report.json";

  private final String textCol;
  private final PipelineModel pipeline;
  private final TopicReport report;
  private final ModelCard card;

  TopicModel(String textCol, PipelineModel pipeline, TopicReport report, ModelCard card) {
    this.textCol = textCol;
    this.pipeline = pipeline;
    this.report = report;
    this.card = card;
  }

  /** Returns what was found, with a card for each topic. */
  public TopicReport report() {
    return report;
  }

  /**
   * Returns Spark's own model, from a column {@value TopicModelling#TEXT} to {@code
   * topicDistribution}.
   */
  public PipelineModel pipeline() {
    return pipeline;
  }

  /** Returns where the model comes from. */
  public ModelCard card() {
    return card;
  }

  /**
   * Saves the model in a directory of any file system that Hadoop knows, such as {@code hdfs:},
   * {@code s3a:} or {@code file:}: Spark's own model as Spark does, the card as JSON, and the
   * report, which shows the texts of some posts.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(SparkSession spark, URI directory) throws IOException {
    MllibPart.save(
        spark,
        new HadoopPlace(spark, directory),
        FILES,
        Map.of("textCol", textCol),
        pipeline,
        files -> {
          card.save(files);
          files.json(REPORT, report);
        });
  }

  /**
   * Loads a saved model, which tells what the saved one did.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static TopicModel load(SparkSession spark, URI directory) throws IOException {
    HadoopPlace place = new HadoopPlace(spark, directory);
    ModelDirectory files = ModelDirectory.open(place, FILES);
    return new TopicModel(
        files.model().path("textCol").asText(),
        MllibPart.load(spark, place),
        files.json(REPORT, TopicReport.class),
        ModelCard.load(files));
  }

  /**
   * Adds {@code topicDistribution}, an array of a probability a topic, and {@code topic}, the
   * number of the likeliest. A post without a known term gets null for both. The posts may be a
   * stream.
   *
   * @throws IllegalArgumentException if there is no column of texts, or one of those is there
   *     already
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    TopicModelling.requireText(posts, textCol);
    for (String added : new String[] {"topicDistribution", "topic"}) {
      if (Arrays.asList(posts.columns()).contains(added)) {
        throw new IllegalArgumentException(
            "The posts have a column '" + added + "' already; drop or rename it");
      }
    }
    return pipeline
        .transform(posts.withColumn(TopicModelling.TEXT, col(TopicModelling.quoted(textCol))))
        .withColumn(
            "topicDistribution", functions.vector_to_array(col("topicDistribution"), "float64"))
        .selectExpr(
            "*",
            "aggregate(topicDistribution, 0D, (sum, p) -> sum + p) > 0 AS " + TopicModelling.HAS)
        .withColumn(
            "topicDistribution",
            org.apache.spark.sql.functions.when(col(TopicModelling.HAS), col("topicDistribution")))
        .selectExpr(
            "*",
            "cast(array_position(topicDistribution, array_max(topicDistribution)) - 1 AS int) AS"
                + " topic")
        .drop(
            TopicModelling.TEXT,
            TopicModelling.TOKENS,
            TopicModelling.UNSIGNED,
            TopicModelling.WORDS,
            TopicModelling.COUNTS,
            TopicModelling.HAS);
  }
}
