package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.var_pop;

import io.github.sparkpysocial.ml.internal.Columns;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * How far predicted numbers are from true ones.
 *
 * @param count how many rows were compared
 * @param rmse the root of the mean squared error, in the units of the numbers
 * @param mae the mean absolute error, in the same units
 * @param r2 the share of the variance that is explained, {@code 1 - Σ(y-p)² / Σ(y-mean)²}: 1 for
 *     perfect, 0 for no better than the mean, below for worse; 0 where all true numbers are equal
 */
public record RegressionScores(long count, double rmse, double mae, double r2)
    implements Serializable {

  /**
   * Compares two columns of numbers in one pass; rows where one is null are left out.
   *
   * @throws IllegalArgumentException if a column is missing or holds no numbers, or nothing is to
   *     be compared
   */
  public static RegressionScores of(Dataset<Row> rows, String labelCol, String predictionCol) {
    Columns.requireNumbers(rows, List.of(labelCol, predictionCol));
    Column label = Columns.of(labelCol).cast("double");
    Column error = label.minus(Columns.of(predictionCol).cast("double"));
    Row sums =
        rows.where(error.isNotNull())
            .agg(
                functions.count(lit(1)),
                avg(error.multiply(error)),
                avg(abs(error)),
                var_pop(label))
            .first();
    if (sums.getLong(0) == 0) {
      throw new IllegalArgumentException(
          "No row has both '" + labelCol + "' and '" + predictionCol + "'");
    }
    double variance = sums.getDouble(3);
    return new RegressionScores(
        sums.getLong(0),
        Math.sqrt(sums.getDouble(1)),
        sums.getDouble(2),
        variance == 0 ? 0 : 1 - sums.getDouble(1) / variance);
  }
}
