package io.github.sparkpysocial.ml.regress;

import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.MllibPart;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** What {@link Regression} has learnt. Immutable and thread-safe. */
public final class RegressionModel {
  static final String FEATURES = "__features";
  static final String OUTPUT = "__output";

  private static final ModelDirectory.Kind FILES = new ModelDirectory.Kind("regression", 1);
  private static final String REPORT = "report.json";

  private final List<String> features;
  private final String predictionCol;
  private final boolean logTarget;
  private final PipelineModel learnt;
  private final RegressionReport report;
  private final ModelCard card;

  RegressionModel(
      List<String> features,
      String predictionCol,
      boolean logTarget,
      PipelineModel learnt,
      RegressionReport report,
      ModelCard card) {
    this.features = List.copyOf(features);
    this.predictionCol = predictionCol;
    this.logTarget = logTarget;
    this.learnt = learnt;
    this.report = report;
    this.card = card;
  }

  /** Returns how well it does on posts that it has not seen. */
  public RegressionReport report() {
    return report;
  }

  /** Returns where the model comes from. */
  public ModelCard card() {
    return card;
  }

  /** Returns MLlib's own model, which knows its weights or trees. */
  public Transformer sparkModel() {
    return learnt.stages()[0];
  }

  /**
   * Saves the model in a directory of any file system that Hadoop knows, such as {@code hdfs:},
   * {@code s3a:} or {@code file:}: what MLlib has learnt as MLlib does, card and report as JSON.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(SparkSession spark, URI directory) throws IOException {
    MllibPart.save(
        spark,
        new HadoopPlace(spark, directory),
        FILES,
        Map.of("features", features, "predictionCol", predictionCol, "logTarget", logTarget),
        learnt,
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
  public static RegressionModel load(SparkSession spark, URI directory) throws IOException {
    HadoopPlace place = new HadoopPlace(spark, directory);
    ModelDirectory files = ModelDirectory.open(place, FILES);
    List<String> features = new ArrayList<>();
    files.model().path("features").forEach(feature -> features.add(feature.asText()));
    return new RegressionModel(
        features,
        files.model().path("predictionCol").asText(),
        files.model().path("logTarget").asBoolean(),
        MllibPart.load(spark, place),
        files.json(REPORT, RegressionReport.class),
        ModelCard.load(files));
  }

  /**
   * Adds a column with the prediction, a {@code double}; null where a feature is missing. The posts
   * may be a stream.
   *
   * @throws IllegalArgumentException if a feature is missing, or the column is there already
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    Columns.requireNumbers(posts, features);
    Columns.requireAbsent(posts, predictionCol);
    Column whole =
        features.stream().map(name -> Columns.of(name).isNotNull()).reduce(lit(true), Column::and);
    return learnt
        .transform(assembled(posts, features))
        .withColumn(predictionCol, functions.when(whole, inUnits(functions.col(OUTPUT), logTarget)))
        .drop(FEATURES, OUTPUT);
  }

  /** Adds the vector of features, zero for what is missing. */
  static Dataset<Row> assembled(Dataset<Row> posts, List<String> features) {
    Dataset<Row> numbers = posts;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      names.add("__feature" + i);
      numbers =
          numbers.withColumn(
              names.get(i),
              functions.coalesce(Columns.of(features.get(i)).cast("double"), lit(0.0)));
    }
    return new VectorAssembler()
        .setInputCols(names.toArray(new String[0]))
        .setOutputCol(FEATURES)
        .transform(numbers)
        .drop(names.toArray(new String[0]));
  }

  static Column inUnits(Column output, boolean logTarget) {
    return logTarget ? greatest(lit(0.0), expm1(output)) : output;
  }
}
