package io.github.sparkpysocial.ml.cluster;

import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Clusters that were learnt by {@link TextClustering}. Immutable and thread-safe. */
public final class TextClusteringModel {
  /** The prediction for a post without text, or without a term that the model knows. */
  public static final int UNASSIGNED = -1;

  private final String textCol;
  private final String predictionCol;
  private final ClusterScorer scorer;
  private final ClusteringReport report;
  private volatile @Nullable Broadcast<ClusterScorer> broadcast;

  TextClusteringModel(
      String textCol, String predictionCol, ClusterScorer scorer, ClusteringReport report) {
    this.textCol = textCol;
    this.predictionCol = predictionCol;
    this.scorer = scorer;
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
    Broadcast<ClusterScorer> current = broadcast;
    if (current == null || !current.isValid()) {
      current =
          JavaSparkContext.fromSparkContext(posts.sparkSession().sparkContext()).broadcast(scorer);
      broadcast = current;
    }
    Broadcast<ClusterScorer> shared = current;
    UDF1<@Nullable String, Integer> cluster = text -> shared.value().cluster(text);
    return posts.withColumn(
        predictionCol,
        functions
            .udf(cluster, DataTypes.IntegerType)
            .apply(posts.col("`" + textCol.replace("`", "``") + "`")));
  }

  /** Returns the number of the text's cluster, {@value #UNASSIGNED} for none. Runs no Spark job. */
  public int cluster(@Nullable String text) {
    return scorer.cluster(text);
  }
}
