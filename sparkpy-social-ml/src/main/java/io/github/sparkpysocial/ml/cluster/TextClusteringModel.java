package io.github.sparkpysocial.ml.cluster;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Clusters that were learnt by {@link TextClustering}. Immutable and thread-safe; bound to the
 * Spark application that learnt them.
 */
public final class TextClusteringModel {
  /** The prediction for a post without text, or without a term that the model knows. */
  public static final int UNASSIGNED = -1;

  static final String TEXT = "__text";
  static final String TOKENS = "__tokens";
  static final String WORDS = "__words";
  static final String FEATURES = "__features";
  static final String LATENT = "__latent";

  private final String textCol;
  private final String predictionCol;
  private final PipelineModel features;
  private final Vector[] centres;
  private final ClusteringReport report;

  TextClusteringModel(
      String textCol,
      String predictionCol,
      PipelineModel features,
      Vector[] centres,
      ClusteringReport report) {
    this.textCol = textCol;
    this.predictionCol = predictionCol;
    this.features = features;
    this.centres = centres.clone();
    this.report = report;
  }

  /** Returns what was found, with a card for each cluster. */
  public ClusteringReport report() {
    return report;
  }

  /**
   * Adds a column with the number of each post's cluster, an {@code int}, {@value #UNASSIGNED} for
   * none. The posts need not be those that were learnt from.
   *
   * @throws IllegalArgumentException if there is no column of texts
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    TextClustering.requireColumn(posts, textCol, "text", "textCol");
    if (Arrays.asList(posts.columns()).contains(predictionCol)) {
      throw new IllegalArgumentException(
          "The posts have a column '" + predictionCol + "' already; drop it, or set predictionCol");
    }
    return features
        .transform(posts.withColumn(TEXT, col("`" + textCol + "`")))
        .withColumn(predictionCol, nearest(centres).apply(col(LATENT)))
        .drop(TEXT, TOKENS, WORDS, FEATURES, LATENT);
  }

  /** Returns a function from a vector to the number of the nearest centre; none for zero. */
  static UserDefinedFunction nearest(Vector[] centres) {
    double[][] points = Arrays.stream(centres).map(Vector::toArray).toArray(double[][]::new);
    UDF1<Vector, Integer> nearest =
        vector ->
            vector.numNonzeros() == 0 ? UNASSIGNED : KMeansStarts.nearest(points, vector.toArray());
    return functions.udf(nearest, DataTypes.IntegerType);
  }
}
