package io.github.sparkpysocial.ml.internal;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives texts numbers from 0, in their order, as what counts by numbers needs them. */
public final class KeyIndexes {
  private KeyIndexes() {}

  /**
   * Returns each different text once with its number, whatever the partitions. Nothing comes to the
   * driver but a count for each partition.
   *
   * @param keys one column of texts; nulls are left out
   * @param key the name of the column with the texts
   * @param index the name of the column with the numbers, of type {@code long}
   */
  public static Dataset<Row> of(Dataset<Row> keys, String key, String index) {
    Dataset<Row> sorted = keys.toDF(key).na().drop().distinct().sort(key);
    JavaRDD<Row> numbered =
        sorted
            .toJavaRDD()
            .zipWithIndex()
            .map(pair -> RowFactory.create(pair._1().getString(0), pair._2()));
    return keys.sparkSession()
        .createDataFrame(
            numbered,
            new StructType(
                new StructField[] {
                  DataTypes.createStructField(key, DataTypes.StringType, false),
                  DataTypes.createStructField(index, DataTypes.LongType, false)
                }));
  }
}
