package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.ModelPlace;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Clusters that were learnt by {@link TextClustering}. Immutable and thread-safe. */
public final class TextClusteringModel {
  /** The prediction for a post without text, or without a term that the model knows. */
  public static final int UNASSIGNED = TextClustering.UNASSIGNED;

  private static final String REPORT = "report.json";

  private final String textCol;
  private final String predictionCol;
  private final ClusterScorer scorer;
  private final ClusteringReport report;
  private final ModelCard card;
  private volatile @Nullable Broadcast<ClusterScorer> broadcast;

  TextClusteringModel(
      String textCol,
      String predictionCol,
      ClusterScorer scorer,
      ClusteringReport report,
      ModelCard card) {
    this.textCol = textCol;
    this.predictionCol = predictionCol;
    this.scorer = scorer;
    this.report = report;
    this.card = card;
  }

  /** Returns what was found, with a card for each cluster. */
  public ClusteringReport report() {
    return report;
  }

  /** Returns where the model comes from. */
  public ModelCard card() {
    return card;
  }

  /**
   * Saves the model with its card and its report, which shows the texts of central posts, as JSON
   * and arrays in NumPy's format, in a directory of this machine. {@link ClusterScorer} tells the
   * files and reads them without Spark.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(Path directory) throws IOException {
    save(new LocalPlace(directory));
  }

  /**
   * Saves the same files in a directory of any file system that Hadoop knows, such as {@code
   * hdfs:}, {@code s3a:} or {@code file:}.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(SparkSession spark, URI directory) throws IOException {
    save(new HadoopPlace(spark, directory));
  }

  private void save(ModelPlace place) throws IOException {
    ModelDirectory.save(
        place,
        ClusterScorer.FILES,
        scorer.description(textCol, predictionCol),
        files -> {
          scorer.save(files);
          card.save(files);
          files.json(REPORT, report);
        });
  }

  /**
   * Loads a saved model. No Spark session is needed for it, only to transform.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static TextClusteringModel load(Path directory) throws IOException {
    return load(new LocalPlace(directory));
  }

  /**
   * Loads a model from a directory of any file system that Hadoop knows.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static TextClusteringModel load(SparkSession spark, URI directory) throws IOException {
    return load(new HadoopPlace(spark, directory));
  }

  private static TextClusteringModel load(ModelPlace place) throws IOException {
    ModelDirectory files = ModelDirectory.open(place, ClusterScorer.FILES);
    return new TextClusteringModel(
        files.model().path("textCol").asText(),
        files.model().path("predictionCol").asText(),
        ClusterScorer.load(files),
        files.json(REPORT, ClusteringReport.class),
        ModelCard.load(files));
  }

  /**
   * Adds a column with the number of each post's cluster, an {@code int}, {@value #UNASSIGNED} for
   * none. The posts need not be those that were learnt from; they may be a stream.
   *
   * @throws IllegalArgumentException if there is no column of texts
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    TextClustering.requireColumn(posts, textCol, "text", "textCol");
    if (Arrays.asList(posts.columns()).contains(predictionCol)) {
      throw new IllegalArgumentException(
          "The posts have a column '" + predictionCol + "' already; drop it, or set predictionCol");
    }
    Broadcast<ClusterScorer> shared = broadcast(posts);
    UDF1<@Nullable String, Integer> cluster = text -> shared.value().cluster(text);
    return posts.withColumn(
        predictionCol,
        functions
            .udf(cluster, DataTypes.IntegerType)
            .apply(posts.col("`" + textCol.replace("`", "``") + "`")));
  }

  /**
   * Adds a column with how likely each post belongs to each cluster, an {@code array<double>} in
   * the order of their numbers, empty for a post without a term that the model knows.
   *
   * @throws UnsupportedOperationException if the algorithm knows none: only {@link
   *     ClusteringAlgorithm#GAUSSIAN_MIXTURE} does
   * @throws IllegalArgumentException if there is no column of texts, or the other one is there
   */
  public Dataset<Row> withProbabilities(Dataset<Row> posts, String column) {
    TextClustering.requireColumn(posts, textCol, "text", "textCol");
    Columns.requireAbsent(posts, column);
    scorer.probabilities(null); // refuses before any job
    Broadcast<ClusterScorer> shared = broadcast(posts);
    UDF1<@Nullable String, double[]> probabilities = text -> shared.value().probabilities(text);
    return posts.withColumn(
        column,
        functions
            .udf(probabilities, DataTypes.createArrayType(DataTypes.DoubleType, false))
            .apply(Columns.of(textCol)));
  }

  private Broadcast<ClusterScorer> broadcast(Dataset<Row> posts) {
    Broadcast<ClusterScorer> current = broadcast;
    if (current == null || !current.isValid()) {
      current =
          JavaSparkContext.fromSparkContext(posts.sparkSession().sparkContext()).broadcast(scorer);
      broadcast = current;
    }
    return current;
  }

  /** Returns where a text lies, {@code dimensions} numbers of length one, or zero. */
  double[] point(String text) {
    return scorer.point(text);
  }

  /** Returns the number of the text's cluster, {@value #UNASSIGNED} for none. Runs no Spark job. */
  public int cluster(@Nullable String text) {
    return scorer.cluster(text);
  }
}
