package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.internal.TextLabeller;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Turns margins into confidence; {@link TextLabeller#confidence} says how. */
final class Confidence {
  /** From nearly even to nearly certain; a factor of 1.26 a step. */
  private static final double[] TEMPERATURES = new double[40];

  static {
    for (int i = 0; i < TEMPERATURES.length; i++) {
      TEMPERATURES[i] = 0.1 * Math.pow(10, i / 10.0);
    }
  }

  private Confidence() {}

  /** Returns a function from margins to confidence. */
  static UserDefinedFunction of(double temperature) {
    UDF1<Seq<Double>, Double> confidence =
        margins -> TextLabeller.confidence(array(margins), temperature);
    return functions.udf(confidence, DataTypes.DoubleType);
  }

  private static double[] array(Seq<Double> margins) {
    return CollectionConverters.asJava(margins).stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Finds the temperature under which what came true is the likeliest, in one pass: that of the
   * largest sum of {@code ln c} over right predictions and {@code ln (1 - c)} over wrong ones.
   */
  static double fit(Dataset<Row> judged, String margins, String label, String prediction) {
    UDF2<Seq<Double>, Boolean, double[]> logLikelihoods =
        (each, right) -> {
          double[] array = array(each);
          double[] likelihoods = new double[TEMPERATURES.length];
          for (int t = 0; t < likelihoods.length; t++) {
            double confidence = TextLabeller.confidence(array, TEMPERATURES[t]);
            double likelihood = right ? confidence : 1 - confidence;
            likelihoods[t] = Math.log(Math.max(likelihood, 1e-12));
          }
          return likelihoods;
        };
    Column each =
        functions
            .udf(logLikelihoods, DataTypes.createArrayType(DataTypes.DoubleType, false))
            .apply(col(margins), col(label).equalTo(col(prediction)));
    List<Column> sums = new ArrayList<>();
    for (int t = 0; t < TEMPERATURES.length; t++) {
      sums.add(functions.sum(functions.element_at(col("l"), lit(t + 1))));
    }
    Row row =
        judged
            .select(each.as("l"))
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]))
            .first();
    int best = 0;
    for (int t = 1; t < TEMPERATURES.length; t++) {
      best = row.getDouble(t) > row.getDouble(best) ? t : best;
    }
    return TEMPERATURES[best];
  }
}
