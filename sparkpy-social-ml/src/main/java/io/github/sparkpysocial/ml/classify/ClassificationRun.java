package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.internal.DataWindow;
import io.github.sparkpysocial.ml.internal.LinearMargins;
import io.github.sparkpysocial.ml.internal.TextLabeller;
import io.github.sparkpysocial.ml.internal.TokenExpansion;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** One fit of a {@link TextClassification}, from posts to model. */
final class ClassificationRun {
  static final String ID = "__id";
  static final String TEXT = "__text";
  static final String LABEL = "__label";
  static final String TOKENS = "__tokens";
  static final String SCORED = "__scored";
  static final String MARGINS = "__margins";
  static final String PREDICTION = "__prediction";
  private static final String TIME = "__time";
  private static final long POSTS_PER_PARTITION = 20_000;
  private static final long MOST_PARTITIONS = 200;

  private final TextClassification settings;

  ClassificationRun(TextClassification settings) {
    this.settings = settings;
  }

  /** A combination with what it made of the folds. */
  private record Tried(
      Trial trial, Dataset<Row> judged, SortedMap<Integer, ClassificationScores> byFold) {
    Candidate candidate() {
      return trial.scored(byFold);
    }
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
                DataWindow.time(posts, DataWindow.CREATED_AT).as(TIME),
                col(Folds.COLUMN))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      requireTwoLabels(folded);
      DataWindow window = DataWindow.of(folded, TIME);
      int partitions = (int) Math.min(MOST_PARTITIONS, window.rows() / POSTS_PER_PARTITION + 1);
      // In one order, so that the same posts give the same numbers.
      Dataset<Row> tokens =
          new SocialTokenizer()
              .setInputCol(TEXT)
              .setOutputCol(TOKENS)
              .transform(
                  folded.repartition(partitions, col(ID)).sortWithinPartitions(col(ID), col(TEXT)))
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        return learn(tokens, window);
      } finally {
        tokens.unpersist(false);
      }
    } finally {
      folded.unpersist(false);
    }
  }

  private void requireTwoLabels(Dataset<Row> folded) {
    List<Row> some = folded.select(LABEL).distinct().limit(2).collectAsList();
    if (some.size() < 2) {
      throw new IllegalArgumentException(
          "Column '"
              + settings.labelCol
              + "' has "
              + (some.isEmpty() ? "no label" : "the one label '" + some.get(0).getString(0) + "'")
              + " beside a text; there is nothing to tell apart");
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

  /** Tries all combinations on the same folds; the best comes first. */
  private List<Tried> tried(Dataset<Row> tokens, List<Integer> tested) {
    List<Tried> tried = new ArrayList<>();
    for (Trial trial : trials()) {
      Dataset<Row> judged = trial.judge(tokens, settings.folds, tested);
      tried.add(
          new Tried(
              trial,
              judged,
              ClassificationScores.byGroup(judged, Folds.COLUMN, LABEL, PREDICTION)));
    }
    // A stable sort: of equally good ones the first that was named.
    tried.sort(Comparator.comparingDouble(each -> -each.candidate().macroF1()));
    return tried;
  }

  /** Chooses anew for each fold by the others alone, and judges it by that choice. */
  private NestedScores nested(Dataset<Row> tokens) {
    List<Candidate> chosen = new ArrayList<>();
    List<Dataset<Row>> judged = new ArrayList<>();
    for (int fold : folds(settings.folds.areInTime() ? 2 : 0)) {
      List<Integer> inner =
          folds(settings.folds.areInTime() ? 1 : 0).stream()
              .filter(other -> settings.folds.areInTime() ? other < fold : other != fold)
              .toList();
      Tried best = tried(tokens.where(Trial.teaching(settings.folds, fold)), inner).get(0);
      chosen.add(best.candidate());
      judged.add(best.trial.judge(tokens, settings.folds, List.of(fold)));
    }
    return new NestedScores(
        ClassificationScores.of(
            judged.stream().reduce(Dataset::unionByName).orElseThrow(), LABEL, PREDICTION),
        chosen);
  }

  private List<Integer> folds(int first) {
    return IntStream.range(first, settings.folds.count()).boxed().toList();
  }

  private TextClassificationModel learn(Dataset<Row> tokens, DataWindow window) {
    List<Tried> tried = tried(tokens, folds(settings.folds.areInTime() ? 1 : 0));
    Tried best = tried.get(0);
    Dataset<Row> judged = best.judged.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Judgement judgement = new Judgement(judged);
      TextLabeller learnt = best.trial.learn(tokens);
      TextLabeller labeller =
          new TextLabeller(
              learnt.labels(), learnt.terms(), learnt.margins(), judgement.temperature());
      ClassificationReport report =
          new ClassificationReport(
              window.rows(),
              labeller.terms().vocabulary().size(),
              settings.folds.count(),
              settings.seed,
              tried.stream().map(Tried::candidate).toList(),
              best.byFold.values().stream().reduce(ClassificationScores::plus).orElseThrow(),
              judgement.calibration(),
              judgement.temperature(),
              telling(labeller),
              judgement.hardest(settings.hardestPosts),
              settings.nested ? nested(tokens) : null);
      ModelCard card = card(report, window, tokens.sparkSession().version());
      return new TextClassificationModel(settings.columns(), labeller, report, card);
    } finally {
      judged.unpersist(false);
    }
  }

  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Learner learner : settings.learners) {
      for (int ngrams : settings.ngrams) {
        for (int minDocFreq : settings.minDocFreq) {
          trials.add(
              new Trial(
                  learner,
                  new TokenExpansion(ngrams, settings.negation),
                  minDocFreq,
                  settings.seed));
        }
      }
    }
    return trials;
  }

  private ModelCard card(ClassificationReport report, DataWindow window, String sparkVersion) {
    Candidate chosen = report.chosen();
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("labelCol", settings.labelCol);
    parameters.put("learner", chosen.learner());
    chosen.parameters().forEach((name, value) -> parameters.put(name, String.valueOf(value)));
    parameters.put("minDocFreq", String.valueOf(chosen.minDocFreq()));
    parameters.put("ngrams", String.valueOf(chosen.ngrams()));
    parameters.put("negation", String.valueOf(settings.negation));
    parameters.put("folds", settings.folds.toString());
    return new ModelCard(
        settings.source,
        window.from(),
        window.to(),
        window.rows(),
        settings.seed,
        parameters,
        Map.of(
            "accuracy", report.scores().accuracy(),
            "macroF1", report.scores().macroF1(),
            "weightedF1", report.scores().weightedF1(),
            "calibrationError", report.calibration().error()),
        ModelCard.versions(sparkVersion));
  }

  private List<TellingTerms> telling(TextLabeller labeller) {
    if (!(labeller.margins() instanceof LinearMargins linear)) {
      return List.of();
    }
    List<String> labels = labeller.labels();
    double[][] weights =
        IntStream.range(0, labels.size()).mapToObj(linear::coefficients).toArray(double[][]::new);
    List<TellingTerms> telling = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      telling.add(new TellingTerms(labels.get(c), telling(weights, c, labeller)));
    }
    return telling;
  }

  /** What a term gives a label beyond what it gives the labels on average. */
  private List<TellingTerms.Term> telling(double[][] weights, int label, TextLabeller labeller) {
    double[] own = weights[label].clone();
    for (int t = 0; t < own.length; t++) {
      int term = t;
      own[t] -= Arrays.stream(weights).mapToDouble(each -> each[term]).average().orElse(0);
    }
    List<String> vocabulary = labeller.terms().vocabulary();
    return IntStream.range(0, own.length)
        .boxed()
        .filter(t -> own[t] > 0)
        .sorted(Comparator.comparingDouble((Integer t) -> -own[t]))
        .limit(settings.termsPerLabel)
        .map(t -> new TellingTerms.Term(vocabulary.get(t), own[t]))
        .toList();
  }
}
