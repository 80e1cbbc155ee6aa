package io.github.sparkpysocial.ml.topic;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Topics that were learnt by {@link TopicModelling}. Immutable and thread-safe. */
public final class TopicModel {
  private final String textCol;
  private final PipelineModel pipeline;
  private final TopicReport report;

  TopicModel(String textCol, PipelineModel pipeline, TopicReport report) {
    this.textCol = textCol;
    this.pipeline = pipeline;
    this.report = report;
  }

  /** Returns what was found, with a card for each topic. */
  public TopicReport report() {
    return report;
  }

  /**
   * Returns Spark's own model, from a column {@value TopicModelling#TEXT} to {@code
   * topicDistribution}; it can be saved and loaded.
   */
  public PipelineModel pipeline() {
    return pipeline;
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
