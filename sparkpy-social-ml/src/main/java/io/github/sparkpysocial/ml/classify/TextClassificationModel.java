package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.when;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.ModelPlace;
import io.github.sparkpysocial.ml.internal.TextLabeller;
import io.github.sparkpysocial.ml.score.ModelCard;
import io.github.sparkpysocial.ml.score.TextClassifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * A classifier that {@link TextClassification} has learnt. It judges batches and streams alike; in
 * a JVM without Spark {@link TextClassifier} does. Immutable and thread-safe.
 */
public final class TextClassificationModel {
  private static final ModelDirectory.Kind FILES =
      new ModelDirectory.Kind(TextClassifier.KIND, TextClassifier.SCHEMA_VERSION);
  private static final String REPORT = "report.json";

  private final Columns columns;
  private final TextLabeller labeller;
  private final ClassificationReport report;
  private final ModelCard card;
  private volatile @Nullable Broadcast<TextLabeller> broadcast;

  /** The names of what is read and written. */
  record Columns(String text, String prediction, String confidence) {}

  TextClassificationModel(
      Columns columns, TextLabeller labeller, ClassificationReport report, ModelCard card) {
    this.columns = columns;
    this.labeller = labeller;
    this.report = report;
    this.card = card;
  }

  /** Returns how well it does on posts that it has not seen. */
  public ClassificationReport report() {
    return report;
  }

  /** Returns where it comes from, how it was made and how good it is. */
  public ModelCard card() {
    return card;
  }

  /** Returns the labels it knows, sorted. */
  public List<String> labels() {
    return labeller.labels();
  }

  /**
   * Adds two columns: the label, a {@code string}, and how certain it is, a {@code double} from 0
   * to 1. A post without a text has neither. The posts may be a stream.
   *
   * @throws IllegalArgumentException if there is no column of texts, or one of the two is there
   *     already
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    List<String> there = List.of(posts.columns());
    if (!there.contains(columns.text)) {
      throw new IllegalArgumentException(
          "No column '" + columns.text + "'; the columns are " + String.join(", ", there));
    }
    for (String column : List.of(columns.prediction, columns.confidence)) {
      if (there.contains(column)) {
        throw new IllegalArgumentException(
            "The posts have a column '" + column + "' already; drop it, or name another");
      }
    }
    Dataset<Row> tokens =
        new SocialTokenizer()
            .setInputCol(ClassificationRun.TEXT)
            .setOutputCol(ClassificationRun.TOKENS)
            .transform(
                posts.withColumn(
                    ClassificationRun.TEXT, col("`" + columns.text.replace("`", "``") + "`")));
    return tokens
        .withColumn(
            ClassificationRun.SCORED,
            when(
                col(ClassificationRun.TEXT).isNotNull(),
                Labelling.score(broadcast(posts.sparkSession()))
                    .apply(col(ClassificationRun.TOKENS))))
        .withColumn(columns.prediction, col(ClassificationRun.SCORED + '.' + Labelling.LABEL))
        .withColumn(columns.confidence, col(ClassificationRun.SCORED + '.' + Labelling.CONFIDENCE))
        .drop(ClassificationRun.TEXT, ClassificationRun.TOKENS, ClassificationRun.SCORED);
  }

  private Broadcast<TextLabeller> broadcast(SparkSession spark) {
    Broadcast<TextLabeller> current = broadcast;
    if (current == null || !current.isValid()) {
      current = Labelling.broadcast(spark, labeller);
      broadcast = current;
    }
    return current;
  }

  /**
   * Saves the model with its card and its report, which shows the texts of the hardest posts, as
   * JSON and arrays in NumPy's format, in a directory of this machine. It can be copied elsewhere,
   * and is read without Spark.
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
    Map<String, Object> model = new LinkedHashMap<>(labeller.description());
    model.put("textCol", columns.text);
    model.put("predictionCol", columns.prediction);
    model.put("confidenceCol", columns.confidence);
    ModelDirectory.save(
        place,
        FILES,
        model,
        files -> {
          labeller.save(files);
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
  public static TextClassificationModel load(Path directory) throws IOException {
    return load(new LocalPlace(directory));
  }

  /**
   * Loads a model from a directory of any file system that Hadoop knows.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static TextClassificationModel load(SparkSession spark, URI directory) throws IOException {
    return load(new HadoopPlace(spark, directory));
  }

  private static TextClassificationModel load(ModelPlace place) throws IOException {
    ModelDirectory files = ModelDirectory.open(place, FILES);
    return new TextClassificationModel(
        new Columns(
            files.model().path("textCol").asText(),
            files.model().path("predictionCol").asText(),
            files.model().path("confidenceCol").asText()),
        TextLabeller.load(files),
        files.json(REPORT, ClassificationReport.class),
        ModelCard.load(files));
  }
}
