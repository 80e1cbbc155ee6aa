package io.github.sparkpysocial.ml.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.cluster.WeightedTerm;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.regress.RegressionModel;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(PlainQueries.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets it
class TopicModellingTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static Dataset<Row> posts;

  @BeforeAll
  static void posts() {
    posts =
        SPARK
            .session()
            .sql(
                "SELECT cast(id AS string) id, id % 2 AS truth, concat_ws(' ', element_at(words, 1"
                    + " + cast(id / 2 as int) % 5), '#' || element_at(words, 1 + cast(id / 11 as"
                    + " int) % 5), array_join(transform(array(3, 5, 7, 13, 17, 19, 23, 29, 31,"
                    + " 37), n -> element_at(words, 1 + cast(id / n as int) % 5)), ' ')) AS text"
                    + " FROM (SELECT id, IF(id % 2 = 0, array('espresso', 'milk', 'roast',"
                    + " 'barista', 'crema'), array('bicycle', 'pedal', 'helmet', 'gravel',"
                    + " 'climb')) AS words FROM range(200))")
            .cache();
  }

  @Test
  void aTextThatComesTwiceIsLearntFromOnce() {
    Dataset<Row> repeated = posts.union(posts.where("id IN ('0', '1')"));

    TopicReport report =
        TopicModelling.builder(2).maxIter(1).seeds(1).build().fit(repeated).report();

    assertThat(report.posts()).isEqualTo(202);
    assertThat(report.distinctTexts()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void topicsAreFoundAndDescribedAndSaved(
      TopicModelling.Optimizer optimizer, @TempDir Path directory) throws IOException {
    TopicModel model =
        TopicModelling.builder(2)
            .optimizer(optimizer)
            .maxIter(20)
            .seeds(2)
            .source("a query")
            .build()
            .fit(posts);

    TopicReport report = model.report();
    assertThat(report.posts()).isEqualTo(200);
    assertThat(report.distinctTexts()).isEqualTo(200);
    assertThat(report.terms()).isEqualTo(10);
    assertThat(report.stability()).isBetween(0.9, 1.0);
    assertThat(report.topics()).extracting(TopicCard::topic).containsExactly(0, 1);
    assertThat(report.topics().stream().mapToDouble(TopicCard::share).sum())
        .isEqualTo(1, within(1e-6));
    for (TopicCard card : report.topics()) {
      List<String> five = card.telling().stream().limit(5).map(WeightedTerm::term).toList();
      assertThat(five).containsAnyOf("espresso", "bicycle", "milk", "pedal");
      assertThat(five.contains("milk")).isNotEqualTo(five.contains("pedal"));
      assertThat(card.exemplars()).hasSize(5);
    }
    Dataset<Row> mixed = model.transform(posts);
    assertThat(mixed.columns())
        .containsExactly("id", "truth", "text", "topicDistribution", "topic");
    assertThat(Agreement.of(mixed, "truth", "topic").nmi()).isGreaterThan(0.95);
    URI place = directory.resolve("topics").toUri();
    model.save(SPARK.session(), place);
    TopicModel loaded = TopicModel.load(SPARK.session(), place);
    assertThat(loaded.report()).isEqualTo(report);
    assertThat(loaded.card()).isEqualTo(model.card());
    assertThat(loaded.card().source()).isEqualTo("a query");
    assertThat(loaded.card().metrics()).containsEntry("coherence", report.coherence());
    assertThat(loaded.transform(posts).orderBy("id").collectAsList())
        .isEqualTo(mixed.orderBy("id").collectAsList());
    assertThatThrownBy(() -> RegressionModel.load(SPARK.session(), place))
        .hasMessageContaining("holds a model of kind 'topics', not 'regression'");
  }

  @Test
  void topicsDoNotDependOnPartitions() {
    TopicModelling modelling = TopicModelling.builder(2).maxIter(3).seeds(1).build();

    TopicReport one = modelling.fit(posts.coalesce(1)).report();

    assertThat(one.stability()).isNull();
    assertThat(modelling.fit(posts.repartition(8)).report()).isEqualTo(one);
  }

  @Test
  void aPostWithoutKnownTermsHasNoTopic() {
    TopicModel model = TopicModelling.builder(2).maxIter(2).seeds(1).build().fit(posts);

    Row row = model.transform(SPARK.session().sql("SELECT 'zzz' AS text")).first();

    assertThat(row.isNullAt(1)).isTrue();
    assertThat(row.isNullAt(2)).isTrue();
  }

  @Test
  void coherenceIsThatOfBruteForce() {
    Dataset<Row> corpus =
        SPARK
            .session()
            .sql(
                "SELECT split(t, ' ') AS words FROM VALUES ('a b'), ('a b c'), ('c'), ('a d')"
                    + " v(t)");
    Dataset<Row> counted =
        new org.apache.spark.ml.feature.CountVectorizerModel(new String[] {"a", "b", "c", "d"})
            .setInputCol("words")
            .setOutputCol("v")
            .transform(corpus);

    Coherence coherence = Coherence.of(counted, "v", List.of(List.of(0, 1), List.of(1, 3, 2)));

    double ab = Math.log(0.5 / (0.75 * 0.5)) / -Math.log(0.5);
    double bc = Math.log(0.25 / (0.5 * 0.5)) / -Math.log(0.25);
    assertThat(coherence.ofTopic(0)).isEqualTo(ab, within(1e-12));
    assertThat(coherence.ofTopic(1)).isEqualTo((-1 + bc - 1) / 3, within(1e-12));
  }

  @Test
  void topicsArePairedByTheirTerms() {
    List<List<Integer>> a = List.of(List.of(1, 2, 3), List.of(4, 5, 6));

    assertThat(TopTerms.likeness(a, List.of(List.of(6, 5, 4), List.of(3, 2, 1)))).isEqualTo(1);
    assertThat(TopTerms.likeness(a, List.of(List.of(7, 8, 9), List.of(1, 2, 9))))
        .isEqualTo(0.25, within(1e-12));
  }

  @Test
  void whatHasNoTopicsIsTold() {
    assertThatThrownBy(() -> TopicModelling.builder(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be at least 2, was 1");
    assertThatThrownBy(() -> TopicModelling.builder(2).build().fit(posts.drop("text")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("No column 'text'");
    assertThatThrownBy(() -> TopicModelling.builder(2).build().fit(posts.where("false")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no post has a word");
    assertThatThrownBy(() -> TopicModelling.builder(2).build().fit(posts.where("id = '3'")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set minDocFreq(1)");
  }
}
