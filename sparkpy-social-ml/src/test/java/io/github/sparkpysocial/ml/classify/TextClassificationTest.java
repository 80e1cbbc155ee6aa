package io.github.sparkpysocial.ml.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.evaluate.Folds;
import io.github.sparkpysocial.testkit.SharedSparkSession;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TextClassificationTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  private static final StructType SCHEMA =
      new StructType(
          new StructField[] {
            DataTypes.createStructField("id", DataTypes.StringType, true),
            DataTypes.createStructField("text", DataTypes.StringType, true),
            DataTypes.createStructField("mood", DataTypes.StringType, true)
          });

  private static Dataset<Row> posts(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static final List<String> GLAD = List.of("great", "love", "thanks", "happy", ":-)");
  private static final List<String> SAD = List.of("awful", "hate", "broken", "angry", ":-(");

  private static List<Row> moods(int count) {
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
    TextClassificationModel model = TextClassification.builder("mood").build().fit(posts);
    assertThatThrownBy(() -> model.transform(posts.withColumnRenamed("mood", "prediction")))
        .hasMessageContaining("'prediction' already");
  }
}
