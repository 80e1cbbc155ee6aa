package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(PlainQueries.class)
class TextClassificationTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  private static final Folds HALVES = Folds.keeping(2, 1, Folds.Together.TEXT);

  private static Dataset<Row> posts(List<Row> rows) {
    return Moods.frame(spark, rows);
  }

  private static List<Row> moods(int count) {
    return Moods.rows(count);
  }

  @Test
  void learnsMoodsAndJudgesOthers() {
    TextClassificationModel model =
        TextClassification.builder("mood")
            .folds(Folds.keeping(3, 1, Folds.Together.TEXT))
            .build()
            .fit(posts(moods(120)));

    List<Row> judged =
        model
            .transform(
                posts(
                    List.of(
                        RowFactory.create("1", "I LOVE it, thanks!", null),
                        RowFactory.create("2", "broken again :-(", null),
                        RowFactory.create("3", null, null))))
            .orderBy("id")
            .collectAsList();

    assertThat(model.labels()).containsExactly("glad", "sad");
    assertThat(model.report().scores().macroF1()).isEqualTo(1);
    assertThat(model.report().hardest()).isEmpty();
    assertThat(judged.get(0).<String>getAs("prediction")).isEqualTo("glad");
    assertThat(judged.get(0).<Double>getAs("confidence")).isBetween(0.5, 1.0);
    assertThat(judged.get(1).<String>getAs("prediction")).isEqualTo("sad");
    assertThat(judged.get(2).isNullAt(3)).isTrue();
    assertThat(judged.get(2).isNullAt(4)).isTrue();
  }

  /** The same texts with labels at random: only who remembers them can be right. */
  @Test
  void aSplitThatLeaksScoresHigher() {
    Random random = new Random(4);
    List<Row> rows = new ArrayList<>();
    for (int text = 0; text < 60; text++) {
      String label = random.nextBoolean() ? "glad" : "sad";
      for (int copy = 0; copy < 6; copy++) {
        rows.add(
            RowFactory.create(
                text + "-" + copy,
                "only word" + text + " and thing" + text + " https://example.org/" + copy,
                label));
      }
    }
    Dataset<Row> posts =
        posts(rows).withColumn("author_id", org.apache.spark.sql.functions.col("id"));

    double honest =
        TextClassification.builder("mood")
            .folds(Folds.keeping(4, 1, Folds.Together.TEXT))
            .build()
            .fit(posts)
            .report()
            .scores()
            .accuracy();
    double leaking =
        TextClassification.builder("mood")
            .folds(Folds.keeping(4, 1, Folds.Together.AUTHOR))
            .build()
            .fit(posts)
            .report()
            .scores()
            .accuracy();

    assertThat(leaking).isGreaterThan(0.95);
    assertThat(honest).isLessThan(0.75);
  }

  @Test
  void theSamePostsInAnyOrderGiveTheSameScores() {
    List<Row> rows = moods(60);
    rows.set(0, RowFactory.create("p0", "broken release", "glad"));
    List<Row> turned = new ArrayList<>(rows);
    java.util.Collections.reverse(turned);
    TextClassification classification = TextClassification.builder("mood").build();

    ClassificationReport one = classification.fit(posts(rows).coalesce(1)).report();
    ClassificationReport other = classification.fit(posts(turned).repartition(5)).report();

    assertThat(other.scores()).isEqualTo(one.scores());
    assertThat(other.hardest()).extracting(HardPost::id).containsExactly("p0");
    assertThat(one.hardest()).extracting(HardPost::id).containsExactly("p0");
  }

  @Test
  void badInputIsNamedBeforeAnythingIsLearnt() {
    Dataset<Row> posts = posts(moods(20));

    assertThatThrownBy(() -> TextClassification.builder("label").build().fit(posts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No column 'label'")
        .hasMessageContaining("mood");
    assertThatThrownBy(
            () -> TextClassification.builder("mood").build().fit(posts.where("mood = 'glad'")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the one label 'glad'");
    assertThatThrownBy(() -> TextClassification.builder("mood").build().fit(posts(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no label");
    assertThatThrownBy(
            () -> TextClassification.builder("mood").textCol("fit").build().fit(odd(posts)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'fit'")
        .hasMessageContaining("array<string>");
    assertThatThrownBy(() -> TextClassification.builder("mood").ngrams(3))
        .hasMessageContaining("ngrams must be 1 or 2, was 3");
    assertThatThrownBy(() -> TextClassification.builder("mood").minDocFreq(1000).build().fit(posts))
        .hasMessageContaining("no term occurs in 1000 posts");
    TextClassificationModel model =
        TextClassification.builder("mood").folds(HALVES).build().fit(posts);
    assertThatThrownBy(() -> model.transform(posts.withColumnRenamed("mood", "prediction")))
        .hasMessageContaining("'prediction' already");
  }

  private static Dataset<Row> odd(Dataset<Row> posts) {
    return posts.withColumn("fit", org.apache.spark.sql.functions.expr("array(text)"));
  }

  @Test
  void allCombinationsAreTriedOnTheSameFoldsAndTheBestIsTaken() {
    ClassificationReport report =
        TextClassification.builder("mood")
            .learner(new Learner.DecisionTree(1), Learner.linearSvm())
            .ngrams(1, 2)
            .folds(HALVES)
            .build()
            .fit(posts(moods(80)))
            .report();

    assertThat(report.candidates()).hasSize(4);
    assertThat(report.nested()).isNull();
    assertThat(report.chosen().learner()).isEqualTo("linear-svm");
    assertThat(report.chosen().parameters()).containsEntry("cost", 1.0);
    assertThat(report.chosen().macroF1()).isEqualTo(report.scores().macroF1());
    assertThat(report.chosen().macroF1OfFolds()).hasSize(2);
    assertThat(report.candidates().get(3).learner()).isEqualTo("decision-tree");
    assertThat(report.candidates())
        .isSortedAccordingTo(
            java.util.Comparator.comparingDouble((Candidate each) -> -each.macroF1()));
  }

  /** The words are noise: whichever of many choices looks best does so by chance. */
  @Test
  void nestedFoldsDoNotFlatterTheChoice() {
    Random random = new Random(2);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = "word" + random.nextInt(9) + " thing" + random.nextInt(9) + " only" + i;
      rows.add(RowFactory.create("p" + i, text, random.nextBoolean() ? "glad" : "sad"));
    }

    ClassificationReport report =
        TextClassification.builder("mood")
            .learner(Learner.naiveBayes())
            .minDocFreq(1, 2, 3)
            .folds(Folds.keeping(3, 1, Folds.Together.TEXT))
            .nested(true)
            .build()
            .fit(posts(rows))
            .report();

    NestedScores nested = java.util.Objects.requireNonNull(report.nested());
    assertThat(nested.scores().count()).isEqualTo(60);
    assertThat(nested.chosen()).hasSize(3);
    assertThat(nested.chosen()).allMatch(each -> each.macroF1OfFolds().size() == 2);
    assertThat(nested.scores().macroF1()).isLessThan(report.scores().macroF1());
    assertThatThrownBy(() -> TextClassification.builder("mood").folds(HALVES).nested(true).build())
        .hasMessageContaining("at least 3, was 2");
  }

  /** Only who sees that a word is negated, or its neighbour, can tell these apart. */
  @Test
  void aMoodIsReadFromWhatIsNegated() {
    Random random = new Random(3);
    List<String> praise = List.of("good", "great", "nice", "fast");
    List<String> blame = List.of("bad", "slow", "ugly", "broken");
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 160; i++) {
      boolean negated = random.nextBoolean();
      boolean glad = i % 2 == 0;
      String word = (glad ^ negated ? praise : blame).get(random.nextInt(4));
      String text = (negated ? "it is not really " : "it is just really ") + word + " case" + i;
      rows.add(RowFactory.create("p" + i, text, glad ? "positive" : "negative"));
    }

    double sentiment = accuracy(TextClassification.sentiment("mood").folds(HALVES), rows);
    double words = accuracy(TextClassification.builder("mood").folds(HALVES), rows);

    assertThat(sentiment).isGreaterThan(0.99);
    assertThat(words).isLessThan(0.75);
  }

  private static double accuracy(TextClassification.Builder builder, List<Row> rows) {
    return builder.build().fit(posts(rows)).report().scores().accuracy();
  }
}
