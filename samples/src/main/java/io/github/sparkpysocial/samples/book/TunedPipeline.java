package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A pipeline from text to label whose settings are found by cross-validation, all of it Spark's
 * own, with the library's stages in it. {@code TextClassification} does the same with folds that
 * keep what belongs together in one.
 */
public final class TunedPipeline {
  private TunedPipeline() {}

  /** Learns to tell the sandbox's posts about streaming from all others. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PlaceUri place = SandboxPosts.orNamed(args);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      CrossValidatorModel tuned = tune(labelled(spark, place));
      List<ParamMap> tried = List.of(tuned.getEstimatorParamMaps());
      for (int i = 0; i < tried.size(); i++) {
        System.out.println(tuned.avgMetrics()[i] + " with " + tried.get(i));
      }
    }
  }

  /** Returns posts with a {@code label}: 1 for those about streaming, as the sandbox knows. */
  static Dataset<Row> labelled(SparkSession spark, PlaceUri place) {
    List<Row> labels =
        SandboxPosts.COMMUNITY
            .posts()
            .map(post -> post.id())
            .map(id -> RowFactory.create(id, label(SandboxPosts.COMMUNITY.topicOf(id))))
            .toList();
    StructType schema = StructType.fromDDL("id STRING, label DOUBLE");
    return Frames.of(spark, place, RecordKind.POST)
        .join(spark.createDataFrame(labels, schema), "id");
  }

  private static double label(String topic) {
    return topic.equals("streaming") ? 1 : 0;
  }

  /** Tries each strength of regularisation on two folds, and learns from all with the best. */
  static CrossValidatorModel tune(Dataset<Row> labelled) {
    TfIdf features = new TfIdf().setMinDF(2).setOutputCol("features");
    LogisticRegression learner = new LogisticRegression().setStandardization(false).setMaxIter(20);
    ParamMap[] grid =
        new ParamGridBuilder().addGrid(learner.regParam(), new double[] {0.0001, 0.01, 1}).build();
    return new CrossValidator()
        .setEstimator(
            new Pipeline()
                .setStages(new PipelineStage[] {new SocialTokenizer(), features, learner}))
        .setEvaluator(new BinaryClassificationEvaluator()) // area under the ROC curve
        .setEstimatorParamMaps(grid)
        .setNumFolds(2)
        .setSeed(42)
        .fit(labelled.cache());
  }
}
