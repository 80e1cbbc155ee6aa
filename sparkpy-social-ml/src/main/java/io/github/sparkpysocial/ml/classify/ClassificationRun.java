package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.evaluate.Calibration;
import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.feature.TfIdfModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** One fit of a {@link TextClassification}, from posts to model. */
final class ClassificationRun {
  static final String TEXT = "__text";
  static final String TOKENS = "__tokens";
  static final String FEATURES = "__features";
  static final String MARGINS = "__margins";
  private static final String ID = "__id";
  private static final String LABEL = "__label";
  private static final String PREDICTION = "__prediction";
  private static final String CONFIDENCE = "__confidence";
  private static final int BINS = 10;
  private static final long POSTS_PER_PARTITION = 20_000;
  private static final long MOST_PARTITIONS = 200;

  private final TextClassification settings;

  ClassificationRun(TextClassification settings) {
    this.settings = settings;
  }

  TextClassificationModel fit(Dataset<Row> posts) {
    Dataset<Row> labelled =
        posts.where(
            column(settings.labelCol).isNotNull().and(column(settings.textCol).isNotNull()));
    Dataset<Row> folded =
        settings
            .folds
            .assign(named(labelled))
            .select(
                column(settings.idCol).cast("string").as(ID),
                column(settings.textCol).as(TEXT),
                column(settings.labelCol).cast("string").as(LABEL),
                col(Folds.COLUMN))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Row> some = folded.select(LABEL).distinct().limit(2).collectAsList();
      if (some.size() < 2) {
        throw new IllegalArgumentException(
            "Column '"
                + settings.labelCol
                + "' has "
                + (some.isEmpty() ? "no label" : "the one label '" + some.get(0).getString(0) + "'")
                + " beside a text; there is nothing to tell apart");
      }
      int partitions = (int) Math.min(MOST_PARTITIONS, folded.count() / POSTS_PER_PARTITION + 1);
      // In one order, so that the same posts give the same numbers.
      return learnAndJudge(
          folded.repartition(partitions, col(ID)).sortWithinPartitions(col(ID), col(TEXT)));
    } finally {
      folded.unpersist(false);
    }
  }

  private TextClassificationModel learnAndJudge(Dataset<Row> folded) {
    Dataset<Row> tokens =
        new SocialTokenizer()
            .setInputCol(TEXT)
            .setOutputCol(TOKENS)
            .transform(folded)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> judged = judged(tokens).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return fit(tokens, judged);
      } finally {
        judged.unpersist(false);
      }
    } finally {
      tokens.unpersist(false);
    }
  }

  /** Gives folds the text under the name that they know. */
  private Dataset<Row> named(Dataset<Row> posts) {
    List<String> columns = List.of(posts.columns());
    Dataset<Row> named = posts;
    if (!columns.contains("text")) {
      named = named.withColumn("text", column(settings.textCol));
    }
    return columns.contains("id") ? named : named.withColumn("id", column(settings.idCol));
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private PipelineModel learn(Dataset<Row> tokens) {
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new TfIdf()
                  .setInputCol(TOKENS)
                  .setOutputCol(FEATURES)
                  .setMinDF(settings.minDocFreq)
                  .setSublinearTF(true),
              new LinearSvm()
                  .setFeaturesCol(FEATURES)
                  .setLabelCol(LABEL)
                  .setOutputCol(MARGINS)
                  .setCost(settings.cost)
            })
        .fit(tokens);
  }

  /** Judges the posts of each fold by what the others, or the earlier ones, have taught. */
  private Dataset<Row> judged(Dataset<Row> tokens) {
    Dataset<Row> judged = null;
    for (int fold = settings.folds.areInTime() ? 1 : 0; fold < settings.folds.count(); fold++) {
      Column others =
          settings.folds.areInTime()
              ? col(Folds.COLUMN).lt(fold)
              : col(Folds.COLUMN).notEqual(fold);
      Dataset<Row> test = tokens.where(col(Folds.COLUMN).equalTo(fold));
      PipelineModel model;
      try {
        model = learn(tokens.where(others));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Fold "
                + fold
                + " cannot be tested, since the other folds do not teach enough: "
                + e.getMessage(),
            e);
      }
      LinearSvmModel svm = svm(model);
      Dataset<Row> own =
          model
              .transform(test)
              .select(
                  col(ID),
                  col(TEXT),
                  col(LABEL),
                  col(MARGINS),
                  TextClassificationModel.label(svm.labels()).apply(col(MARGINS)).as(PREDICTION));
      judged = judged == null ? own : judged.unionByName(own);
    }
    if (judged == null) {
      throw new IllegalStateException("Folds are at least two");
    }
    return judged;
  }

  static LinearSvmModel svm(PipelineModel model) {
    return (LinearSvmModel) model.stages()[model.stages().length - 1];
  }

  private TextClassificationModel fit(Dataset<Row> tokens, Dataset<Row> judged) {
    PipelineModel learnt = learn(tokens);
    LinearSvmModel svm = svm(learnt);
    TfIdfModel tfIdf = (TfIdfModel) learnt.stages()[0];
    double temperature = Confidence.fit(judged, MARGINS, LABEL, PREDICTION);
    Dataset<Row> confident =
        judged.withColumn(CONFIDENCE, Confidence.of(temperature).apply(col(MARGINS)));
    ClassificationReport report =
        new ClassificationReport(
            tokens.count(),
            tfIdf.vocabulary().size(),
            settings.folds.count(),
            settings.seed,
            settings.cost,
            ClassificationScores.of(judged, LABEL, PREDICTION),
            calibration(confident),
            temperature,
            telling(svm, tfIdf.vocabulary()),
            hardest(confident));
    return new TextClassificationModel(
        settings.textCol,
        settings.predictionCol,
        settings.confidenceCol,
        tfIdf,
        svm,
        temperature,
        report);
  }

  private static Calibration calibration(Dataset<Row> judged) {
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

  private List<TellingTerms> telling(LinearSvmModel svm, List<String> vocabulary) {
    List<TellingTerms> telling = new ArrayList<>();
    for (String label : svm.labels()) {
      double[] weights = svm.coefficients(label);
      telling.add(
          new TellingTerms(
              label,
              IntStream.range(0, weights.length)
                  .boxed()
                  .filter(t -> weights[t] > 0)
                  .sorted(Comparator.comparingDouble((Integer t) -> -weights[t]))
                  .limit(settings.termsPerLabel)
                  .map(t -> new TellingTerms.Term(vocabulary.get(t), weights[t]))
                  .toList()));
    }
    return telling;
  }

  private List<HardPost> hardest(Dataset<Row> judged) {
    return judged
        .where(col(LABEL).notEqual(col(PREDICTION)))
        .orderBy(col(CONFIDENCE).desc(), col(ID))
        .limit(settings.hardestPosts)
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
