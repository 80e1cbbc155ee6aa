package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdfModel;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** A classifier that {@link TextClassification} has learnt. Immutable and thread-safe. */
public final class TextClassificationModel {
  private final String textCol;
  private final String predictionCol;
  private final String confidenceCol;
  private final TfIdfModel tfIdf;
  private final LinearSvmModel svm;
  private final double temperature;
  private final ClassificationReport report;

  TextClassificationModel(
      String textCol,
      String predictionCol,
      String confidenceCol,
      TfIdfModel tfIdf,
      LinearSvmModel svm,
      double temperature,
      ClassificationReport report) {
    this.textCol = textCol;
    this.predictionCol = predictionCol;
    this.confidenceCol = confidenceCol;
    this.tfIdf = tfIdf;
    this.svm = svm;
    this.temperature = temperature;
    this.report = report;
  }

  /** Returns how well it does on posts that it has not seen. */
  public ClassificationReport report() {
    return report;
  }

  /** Returns the labels it knows, sorted. */
  public List<String> labels() {
    return svm.labels();
  }

  /**
   * Adds two columns: the label, a {@code string}, and how certain it is, a {@code double} from 0
   * to 1. A post without a text has neither.
   *
   * @throws IllegalArgumentException if there is no column of texts, or one of the two is there
   *     already
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    List<String> columns = List.of(posts.columns());
    if (!columns.contains(textCol)) {
      throw new IllegalArgumentException(
          "No column '" + textCol + "'; the columns are " + String.join(", ", columns));
    }
    for (String column : List.of(predictionCol, confidenceCol)) {
      if (columns.contains(column)) {
        throw new IllegalArgumentException(
            "The posts have a column '" + column + "' already; drop it, or name another");
      }
    }
    PipelineModel stages =
        new PipelineModel(
            "textClassifier",
            new Transformer[] {
              new SocialTokenizer()
                  .setInputCol(ClassificationRun.TEXT)
                  .setOutputCol(ClassificationRun.TOKENS),
              tfIdf,
              svm
            });
    org.apache.spark.sql.Column text = col(ClassificationRun.TEXT);
    org.apache.spark.sql.Column margins = col(ClassificationRun.MARGINS);
    return stages
        .transform(
            posts.withColumn(ClassificationRun.TEXT, col("`" + textCol.replace("`", "``") + "`")))
        .withColumn(
            predictionCol, functions.when(text.isNotNull(), label(svm.labels()).apply(margins)))
        .withColumn(
            confidenceCol,
            functions.when(text.isNotNull(), Confidence.of(temperature).apply(margins)))
        .drop(
            ClassificationRun.TEXT,
            ClassificationRun.TOKENS,
            ClassificationRun.FEATURES,
            ClassificationRun.MARGINS);
  }

  /** Returns a function from margins to the label of the largest; of equal ones the first. */
  static UserDefinedFunction label(List<String> labels) {
    String[] names = labels.toArray(new String[0]);
    UDF1<Seq<Double>, String> label =
        margins -> {
          int best = 0;
          for (int i = 1; i < names.length; i++) {
            best = margins.apply(i) > margins.apply(best) ? i : best;
          }
          return names[best];
        };
    return functions.udf(label, DataTypes.StringType);
  }
}
