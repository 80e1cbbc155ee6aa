package io.github.sparkpysocial.ml.classify;

import static io.github.sparkpysocial.ml.classify.ClassificationRun.ID;
import static io.github.sparkpysocial.ml.classify.ClassificationRun.LABEL;
import static io.github.sparkpysocial.ml.classify.ClassificationRun.MARGINS;
import static io.github.sparkpysocial.ml.classify.ClassificationRun.PREDICTION;
import static io.github.sparkpysocial.ml.classify.ClassificationRun.TEXT;
import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.evaluate.Calibration;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What the predictions over all folds tell, beside the scores. */
final class Judgement {
  private static final String CONFIDENCE = "__confidence";
  private static final int BINS = 10;

  private final Dataset<Row> judged;
  private final double temperature;

  /**
   * @param judged posts with labels, predictions and margins, kept by Spark
   */
  Judgement(Dataset<Row> judged) {
    this.temperature = Confidence.fit(judged, MARGINS, LABEL, PREDICTION);
    this.judged = judged.withColumn(CONFIDENCE, Confidence.of(temperature).apply(col(MARGINS)));
  }

  double temperature() {
    return temperature;
  }

  Calibration calibration() {
    long[] counts = new long[BINS];
    double[] confidences = new double[BINS];
    long[] correct = new long[BINS];
    Column bin =
        functions.least(functions.lit(BINS - 1), functions.floor(col(CONFIDENCE).multiply(BINS)));
    for (Row row :
        judged
            .groupBy(bin.cast("int").as("bin"))
            .agg(
                functions.count(functions.lit(1)),
                functions.sum(CONFIDENCE),
                functions.count_if(col(LABEL).equalTo(col(PREDICTION))))
            .collectAsList()) {
      int b = row.getInt(0);
      counts[b] = row.getLong(1);
      confidences[b] = row.getDouble(2);
      correct[b] = row.getLong(3);
    }
    return Calibration.of(counts, confidences, correct);
  }

  /** Returns the wrong predictions made with the most confidence. */
  List<HardPost> hardest(int most) {
    return judged
        .where(col(LABEL).notEqual(col(PREDICTION)))
        .orderBy(col(CONFIDENCE).desc(), col(ID))
        .limit(most)
        .select(ID, TEXT, LABEL, PREDICTION, CONFIDENCE)
        .collectAsList()
        .stream()
        .map(
            row ->
                new HardPost(
                    String.valueOf(row.getString(0)),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getDouble(4)))
        .toList();
  }
}
