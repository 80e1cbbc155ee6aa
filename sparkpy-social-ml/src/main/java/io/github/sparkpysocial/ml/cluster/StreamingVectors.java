package io.github.sparkpysocial.ml.cluster;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** The vectors of one batch. */
final class StreamingVectors {
  private static final String VECTOR = "v";
  private static final int DIGITS = 6;

  private StreamingVectors() {}

  static Dataset<Row> of(Dataset<Row> batch, String column) {
    Columns.require(batch, List.of(column));
    if (!batch.schema().apply(column).dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "Column '"
              + column
              + "' holds no vectors, it is of type "
              + batch.schema().apply(column).dataType().simpleString());
    }
    return batch.select(Columns.of(column).as(VECTOR)).where(col(VECTOR).isNotNull());
  }

  static JavaRDD<org.apache.spark.mllib.linalg.Vector> rdd(Dataset<Row> vectors) {
    return vectors
        .toJavaRDD()
        .map(row -> org.apache.spark.mllib.linalg.Vectors.fromML(row.<Vector>getAs(0)));
  }

  /** Refuses a batch with a vector of another size; MLlib would fail in a task, or not at all. */
  static void requireSize(Dataset<Row> vectors, int size) {
    UDF1<Vector, Integer> sizes = Vector::size;
    List<Row> others =
        vectors
            .select(functions.udf(sizes, DataTypes.IntegerType).apply(col(VECTOR)).as("size"))
            .where(col("size").notEqual(size))
            .limit(1)
            .collectAsList();
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          "A vector of the batch has "
              + others.get(0).getInt(0)
              + " numbers, the centres have "
              + size
              + "; use the same fitted stages for all batches");
    }
  }

  /** Returns the numbers in about millionths of the length; what is nothing but noise is 0. */
  private static long[] rounded(Vector vector) {
    double length = org.apache.spark.ml.linalg.Vectors.norm(vector, 2);
    // Apart from powers of ten: a length of 1, give or take the last digit, is a usual one.
    double unit = Math.pow(10, Math.floor(Math.log10(length) + 0.25) - DIGITS);
    return Arrays.stream(vector.toArray())
        .mapToLong(number -> unit > 0 ? Math.round(number / unit) : 0)
        .toArray();
  }

  /**
   * Draws different vectors; which ones follows from the seed and what they are to six digits, as
   * stages that are fitted on other partitions give other last digits.
   */
  static double[][] drawn(Dataset<Row> vectors, int k, long seed) {
    UDF1<Vector, Long> chance =
        vector -> SplitMix64.mix(seed ^ SplitMix64.mix(Arrays.hashCode(rounded(vector))));
    UDF1<Vector, String> text = Vector::toString;
    List<Row> rows =
        vectors
            .distinct()
            .withColumn("chance", functions.udf(chance, DataTypes.LongType).apply(col(VECTOR)))
            .withColumn("text", functions.udf(text, DataTypes.StringType).apply(col(VECTOR)))
            .orderBy("chance", "text")
            .limit(k)
            .collectAsList();
    if (rows.size() < k) {
      throw new IllegalArgumentException(
          "The first batch has "
              + rows.size()
              + " different vectors for "
              + k
              + " clusters; wait for a larger batch, or keep fewer clusters");
    }
    return rows.stream().map(row -> row.<Vector>getAs(0).toArray()).toArray(double[][]::new);
  }
}
