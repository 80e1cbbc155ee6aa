package io.github.sparkpysocial.ml.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Short posts by glad and sad people. */
final class Moods {
  static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("id", DataTypes.StringType, true),
            DataTypes.createStructField("text", DataTypes.StringType, true),
            DataTypes.createStructField("mood", DataTypes.StringType, true)
          });

  private static final List<String> GLAD = List.of("great", "love", "thanks", "happy", ":-)");
  private static final List<String> SAD = List.of("awful", "hate", "broken", "angry", ":-(");

  private Moods() {}

  static Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  static List<Row> rows(int count) {
    Random random = new Random(11);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean glad = i % 2 == 0;
      List<String> words = glad ? GLAD : SAD;
      String text =
          words.get(random.nextInt(5))
              + " release "
              + random.nextInt(1000)
              + ' '
              + words.get(random.nextInt(5));
      rows.add(RowFactory.create("p" + i, text, glad ? "glad" : "sad"));
    }
    return rows;
  }
}
