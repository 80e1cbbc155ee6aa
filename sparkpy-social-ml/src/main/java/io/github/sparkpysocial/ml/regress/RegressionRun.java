package io.github.sparkpysocial.ml.regress;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.DataWindow;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** One fit of a {@link Regression}, from posts to model. */
final class RegressionRun {
  private static final String TARGET = "__target";
  private static final String LABEL = "__label";
  private static final String MEAN = "__mean";
  private static final String IN_UNITS = "__units";
  private static final String MEAN_IN_UNITS = "__mean_units";
  private static final String ORDER = "__order";
  private static final long POSTS_PER_PARTITION = 20_000;

  private final Regression settings;

  RegressionRun(Regression settings) {
    this.settings = settings;
  }

  private record Tried(RegressionLearner learner, Dataset<Row> judged, RegressionScores scores) {}

  RegressionModel fit(Dataset<Row> posts) {
    Column target = Columns.of(settings.targetCol).cast("double");
    Column whole =
        settings.features.stream()
            .map(name -> Columns.of(name).isNotNull())
            .reduce(target.isNotNull(), Column::and);
    List<Column> values = new ArrayList<>(List.of(target));
    settings.features.forEach(name -> values.add(Columns.of(name)));
    Dataset<Row> folded =
        settings
            .folds
            .assign(posts.where(whole))
            .withColumn(ORDER, xxhash64(values.toArray(new Column[0])));
    Dataset<Row> assembled =
        RegressionModel.assembled(folded, settings.features)
            .select(col(RegressionModel.FEATURES), target.as(TARGET), col(Folds.COLUMN), col(ORDER))
            .withColumn(LABEL, settings.logTarget ? log1p(col(TARGET)) : col(TARGET));
    long count = checked(assembled);
    int partitions = (int) Math.min(200, count / POSTS_PER_PARTITION + 1);
    // In one order, so that the same posts give the same numbers.
    Dataset<Row> rows =
        assembled
            .repartition(partitions, col(ORDER))
            .sortWithinPartitions(ORDER)
            .drop(ORDER)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return learn(rows, count, DataWindow.of(posts, DataWindow.CREATED_AT));
    } finally {
      rows.unpersist(false);
    }
  }

  private long checked(Dataset<Row> rows) {
    Row row = rows.agg(count(lit(1)), min(TARGET)).first();
    if (row.getLong(0) < 2) {
      throw new IllegalArgumentException(
          "Only "
              + row.getLong(0)
              + " posts have '"
              + settings.targetCol
              + "' and all features; there is nothing to learn from");
    }
    if (settings.logTarget && row.getDouble(1) < 0) {
      throw new IllegalArgumentException(
          "'"
              + settings.targetCol
              + "' is negative in places, and has no logarithm there; set"
              + " logTarget to false");
    }
    return row.getLong(0);
  }

  private RegressionModel learn(Dataset<Row> rows, long posts, DataWindow window) {
    List<Tried> tried = new ArrayList<>();
    for (RegressionLearner learner : settings.learners) {
      Dataset<Row> judged = judge(learner, rows).persist(StorageLevel.MEMORY_AND_DISK());
      tried.add(
          new Tried(learner, judged, RegressionScores.of(judged, LABEL, RegressionModel.OUTPUT)));
    }
    tried.sort(Comparator.comparingDouble(each -> each.scores.rmse()));
    try {
      Dataset<Row> judged =
          tried
              .get(0)
              .judged
              .withColumn(
                  IN_UNITS,
                  RegressionModel.inUnits(col(RegressionModel.OUTPUT), settings.logTarget))
              .withColumn(MEAN_IN_UNITS, RegressionModel.inUnits(col(MEAN), settings.logTarget));
      RegressionReport report =
          new RegressionReport(
              posts,
              window.rows() - posts,
              settings.folds.toString(),
              settings.seed,
              settings.logTarget,
              tried.stream()
                  .map(t -> new RegressionReport.Candidate(t.learner.toString(), t.scores))
                  .toList(),
              tried.get(0).scores,
              RegressionScores.of(judged, LABEL, MEAN),
              RegressionScores.of(judged, TARGET, IN_UNITS),
              RegressionScores.of(judged, TARGET, MEAN_IN_UNITS));
      return new RegressionModel(
          settings.features,
          settings.predictionCol,
          settings.logTarget,
          new PipelineModel("regression", new Transformer[] {fit(tried.get(0).learner, rows)}),
          report,
          card(report, window, rows.sparkSession().version()));
    } finally {
      tried.forEach(each -> each.judged.unpersist(false));
    }
  }

  private ModelCard card(RegressionReport report, DataWindow window, String sparkVersion) {
    return new ModelCard(
        settings.source,
        window.from(),
        window.to(),
        report.posts(),
        settings.seed,
        Map.of(
            "targetCol", settings.targetCol,
            "features", String.join(", ", settings.features),
            "learner", report.candidates().get(0).learner(),
            "logTarget", String.valueOf(settings.logTarget),
            "folds", report.folds()),
        Map.of(
            "rmse", report.scores().rmse(),
            "mae", report.scores().mae(),
            "r2", report.scores().r2(),
            "gain", report.gain()),
        ModelCard.versions(sparkVersion));
  }

  private Transformer fit(RegressionLearner learner, Dataset<Row> rows) {
    return (Transformer)
        ((Estimator<?>)
                learner.stage(
                    RegressionModel.FEATURES, LABEL, RegressionModel.OUTPUT, settings.seed))
            .fit(rows);
  }

  /** Judges each fold by what the others, or the earlier ones, have taught. */
  private Dataset<Row> judge(RegressionLearner learner, Dataset<Row> rows) {
    Dataset<Row> judged = null;
    for (int fold = settings.folds.areInTime() ? 1 : 0; fold < settings.folds.count(); fold++) {
      Dataset<Row> others =
          rows.where(
              settings.folds.areInTime()
                  ? col(Folds.COLUMN).lt(fold)
                  : col(Folds.COLUMN).notEqual(fold));
      Row mean = others.agg(avg(LABEL)).first();
      if (mean.isNullAt(0)) {
        throw new IllegalArgumentException(
            "Fold "
                + fold
                + " cannot be tested: no post is left to learn from; ask for fewer folds");
      }
      Dataset<Row> own =
          fit(learner, others)
              .transform(rows.where(col(Folds.COLUMN).equalTo(fold)))
              .withColumn(MEAN, lit(mean.getDouble(0)));
      judged = judged == null ? own : judged.unionByName(own);
    }
    if (judged == null) {
      throw new IllegalStateException("Folds are at least two");
    }
    return judged.drop(RegressionModel.FEATURES);
  }
}
