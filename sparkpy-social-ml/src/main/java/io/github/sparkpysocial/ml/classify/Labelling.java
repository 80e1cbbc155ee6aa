package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.internal.TextLabeller;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Gives Spark the functions of a labeller, which travels to each executor once. */
final class Labelling {
  static final String LABEL = "label";
  static final String CONFIDENCE = "confidence";
  static final String MARGINS = "margins";

  private static final StructType SCORED =
      new StructType(
          new StructField[] {
            DataTypes.createStructField(LABEL, DataTypes.StringType, false),
            DataTypes.createStructField(CONFIDENCE, DataTypes.DoubleType, false),
            DataTypes.createStructField(
                MARGINS, DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          });

  private Labelling() {}

  static Broadcast<TextLabeller> broadcast(SparkSession spark, TextLabeller labeller) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(labeller);
  }

  /** Returns a function from tokens to label, confidence and margins; null of null. */
  static UserDefinedFunction score(Broadcast<TextLabeller> labeller) {
    UDF1<@Nullable Seq<String>, @Nullable Row> score =
        tokens -> {
          if (tokens == null) {
            return null;
          }
          double[] margins = labeller.value().margins(strings(tokens));
          return RowFactory.create(
              labeller.value().label(margins), labeller.value().confidence(margins), margins);
        };
    return functions.udf(score, SCORED);
  }

  static List<String> strings(Seq<String> tokens) {
    return CollectionConverters.asJava(tokens);
  }
}
