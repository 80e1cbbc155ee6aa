package io.github.sparkpysocial.ml.regress;

import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What {@link Regression} has learnt. Immutable and thread-safe. */
public final class RegressionModel {
  static final String FEATURES = "__features";
  static final String OUTPUT = "__output";

  private final Regression settings;
  private final Transformer learnt;
  private final RegressionReport report;

  RegressionModel(Regression settings, Transformer learnt, RegressionReport report) {
    this.settings = settings;
    this.learnt = learnt;
    this.report = report;
  }

  /** Returns how well it does on posts that it has not seen. */
  public RegressionReport report() {
    return report;
  }

  /** Returns MLlib's own model, which knows its weights or trees, and can be saved. */
  public Transformer sparkModel() {
    return learnt;
  }

  /**
   * Adds a column with the prediction, a {@code double}; null where a feature is missing. The posts
   * may be a stream.
   *
   * @throws IllegalArgumentException if a feature is missing, or the column is there already
   */
  public Dataset<Row> transform(Dataset<Row> posts) {
    Columns.requireNumbers(posts, settings.features);
    Columns.requireAbsent(posts, settings.predictionCol);
    Column whole =
        settings.features.stream()
            .map(name -> Columns.of(name).isNotNull())
            .reduce(lit(true), Column::and);
    return learnt
        .transform(assembled(posts, settings.features))
        .withColumn(
            settings.predictionCol,
            functions.when(whole, inUnits(functions.col(OUTPUT), settings.logTarget)))
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
