package io.github.sparkpysocial.ml.classify;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.evaluate.ClassificationScores;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.feature.TfIdfModel;
import io.github.sparkpysocial.ml.internal.TextLabeller;
import io.github.sparkpysocial.ml.internal.TextTerms;
import io.github.sparkpysocial.ml.internal.TokenExpansion;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import scala.collection.Seq;

/**
 * One combination of choices, and what it makes of posts.
 *
 * @param learner what tells labels apart
 * @param expansion what makes terms of tokens
 * @param minDocFreq in how many posts a term must occur
 * @param seed what all chance comes from
 */
record Trial(Learner learner, TokenExpansion expansion, int minDocFreq, long seed) {
  private static final String TERMS = "__terms";
  private static final String FEATURES = "__features";
  private static final int MOST_TERMS = 50_000;

  /** Learns from the tokens and labels of posts; the confidence is not yet that of experience. */
  TextLabeller learn(Dataset<Row> tokens) {
    Dataset<Row> terms = tokens.withColumn(TERMS, expand());
    TfIdfModel tfIdf =
        new TfIdf()
            .setInputCol(TERMS)
            .setOutputCol(FEATURES)
            .setMinDF(minDocFreq)
            .setVocabSize(looksAtFewTerms() ? Learner.TREE_TERMS : MOST_TERMS)
            .fit(terms);
    if (tfIdf.vocabulary().isEmpty()) {
      throw new IllegalArgumentException(
          "no term occurs in " + minDocFreq + " posts; lower minDocFreq, or give more posts");
    }
    Dataset<Row> weighed =
        tfIdf
            .transform(terms)
            .select(FEATURES, ClassificationRun.LABEL)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Learnt learnt = new Learning(FEATURES, ClassificationRun.LABEL, seed).learn(learner, weighed);
      return new TextLabeller(
          learnt.labels(),
          new TextTerms(expansion, tfIdf.vocabulary(), tfIdf.idf()),
          learnt.margins(),
          1);
    } finally {
      weighed.unpersist(false);
    }
  }

  private boolean looksAtFewTerms() {
    return learner instanceof Learner.DecisionTree
        || learner instanceof Learner.RandomForest
        || learner instanceof Learner.GradientBoostedTrees;
  }

  private Column expand() {
    TokenExpansion each = expansion;
    UDF1<Seq<String>, String[]> expand =
        tokens -> each.of(Labelling.strings(tokens)).toArray(new String[0]);
    return functions
        .udf(expand, DataTypes.createArrayType(DataTypes.StringType, false))
        .apply(col(ClassificationRun.TOKENS));
  }

  /**
   * Judges the posts of some folds, each by what the others, or the earlier ones, have taught.
   *
   * @param tokens of all folds that may be learnt from or tested
   */
  Dataset<Row> judge(Dataset<Row> tokens, Folds folds, List<Integer> tested) {
    return tested.stream()
        .map(fold -> judge(tokens, folds, fold))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  private Dataset<Row> judge(Dataset<Row> tokens, Folds folds, int fold) {
    TextLabeller labeller;
    try {
      labeller = learn(tokens.where(teaching(folds, fold)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Fold "
              + fold
              + " cannot be tested, since the other folds do not teach enough: "
              + e.getMessage(),
          e);
    }
    return tokens
        .where(col(Folds.COLUMN).equalTo(fold))
        .withColumn(
            ClassificationRun.SCORED,
            Labelling.score(Labelling.broadcast(tokens.sparkSession(), labeller))
                .apply(col(ClassificationRun.TOKENS)))
        .select(
            col(Folds.COLUMN),
            col(ClassificationRun.ID),
            col(ClassificationRun.TEXT),
            col(ClassificationRun.LABEL),
            col(ClassificationRun.SCORED + '.' + Labelling.LABEL).as(ClassificationRun.PREDICTION),
            col(ClassificationRun.SCORED + '.' + Labelling.MARGINS).as(ClassificationRun.MARGINS));
  }

  /** Returns which posts may be learnt from to judge a fold. */
  static Column teaching(Folds folds, int fold) {
    return folds.areInTime() ? col(Folds.COLUMN).lt(fold) : col(Folds.COLUMN).notEqual(fold);
  }

  /** Returns this combination with its scores. */
  Candidate scored(SortedMap<Integer, ClassificationScores> byFold) {
    ClassificationScores all =
        byFold.values().stream().reduce(ClassificationScores::plus).orElseThrow();
    return new Candidate(
        learner.learnerName(),
        learner.parameters(),
        minDocFreq,
        expansion.ngrams(),
        all.accuracy(),
        all.macroF1(),
        byFold.values().stream().map(ClassificationScores::macroF1).toList());
  }
}
