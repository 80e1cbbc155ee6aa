package io.github.sparkpysocial.ml.feature;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** Folds what was posted again into the post that it repeats. */
public final class Reposts {
  /** The column that {@link #fold} adds. */
  public static final String COPIES = "copies";

  private Reposts() {}

  /**
   * Returns one row for each different post, with {@value #COPIES}, how often it was posted, itself
   * included. Posts are the same that repost the same post ({@code repost_of_id}), or that say the
   * same ({@link SocialTokenizer#fingerprint}). The one kept is no repost if there is such, and has
   * the smallest id among these.
   *
   * @param posts with the columns {@code id} and {@code text}; {@code repost_of_id} is optional
   * @throws IllegalArgumentException if a column is missing, or {@value #COPIES} is there already
   */
  public static Dataset<Row> fold(Dataset<Row> posts) {
    List<String> columns = List.of(posts.columns());
    for (String column : List.of("id", "text")) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "'; the columns are " + String.join(", ", columns));
      }
    }
    if (columns.contains(COPIES)) {
      throw new IllegalArgumentException("The posts have a column 'copies' already; rename it");
    }
    UDF1<@Nullable String, String> fingerprint =
        text -> text == null ? "" : SocialTokenizer.fingerprint(text);
    Column own = udf(fingerprint, DataTypes.StringType).apply(col("text"));
    Column repostOf =
        columns.contains("repost_of_id") ? col("repost_of_id") : lit(null).cast("string");
    Dataset<Row> said = posts.withColumn("__repostOf", repostOf).withColumn("__said", own);
    Dataset<Row> originals =
        said.select(col("id").as("__repostOf"), col("__said").as("__original"))
            .dropDuplicates("__repostOf", "__original")
            .groupBy("__repostOf")
            .agg(org.apache.spark.sql.functions.min("__original").as("__original"));
    Column key =
        when(col("__original").notEqual(""), col("__original"))
            .when(col("__repostOf").isNotNull(), coalesce(col("__repostOf"), lit("")))
            .when(col("__said").notEqual(""), col("__said"))
            .otherwise(col("id"));
    Column keyKind =
        when(col("__original").notEqual(""), lit("said"))
            .when(col("__repostOf").isNotNull(), lit("id"))
            .when(col("__said").notEqual(""), lit("said"))
            .otherwise(lit("id"));
    var same = Window.partitionBy("__kind", "__key");
    return said.join(originals, new String[] {"__repostOf"}, "left")
        .withColumn("__key", key)
        .withColumn("__kind", keyKind)
        .withColumn(COPIES, count(lit(1)).over(same))
        .withColumn(
            "__rank", row_number().over(same.orderBy(col("__repostOf").isNotNull(), col("id"))))
        .where("__rank = 1")
        .drop("__repostOf", "__said", "__original", "__key", "__kind", "__rank");
  }
}
