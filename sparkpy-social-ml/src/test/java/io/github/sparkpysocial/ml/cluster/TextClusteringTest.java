package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TextClusteringTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final String[] COFFEE = {"coffee", "espresso", "milk", "roast", "barista"};
  private static final String[] CYCLING = {"bicycle", "pedal", "helmet", "climb", "gravel"};

  @Test
  void topicsAreFoundAndDescribed() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      posts.add(Records.post("coffee" + i, sentence(COFFEE, i)));
    }
    for (int i = 0; i < 12; i++) {
      posts.add(Records.post("cycling" + i, sentence(CYCLING, i)));
    }
    String repeated = "RT @ada: coffee espresso milk https://x.example/";
    for (int i = 0; i < 30; i++) {
      posts.add(Records.post("storm" + i, repeated + i));
    }
    posts.add(Records.post("empty", ""));
    posts.add(Records.post("stop", "this is the of and RT https://x.example"));
    posts.add(Records.post("unique", "incomprehensible"));
    Dataset<Row> frame = Frames.of(SPARK.session(), posts, RecordKind.POST);

    TextClusteringModel model = TextClustering.builder(2).postsPerCluster(3).build().fit(frame);

    ClusteringReport report = model.report();
    assertThat(report.posts()).isEqualTo(65);
    assertThat(report.unassigned()).isEqualTo(3);
    assertThat(report.distinctTexts()).isEqualTo(33);
    assertThat(report.dimensions()).isEqualTo(4);
    assertThat(report.silhouette()).isGreaterThan(0.5);
    ClusterCard coffee = report.clusters().get(0);
    ClusterCard cycling = report.clusters().get(1);
    assertThat(coffee.size()).isEqualTo(50);
    assertThat(coffee.distinctTexts()).isEqualTo(21);
    assertThat(cycling.size()).isEqualTo(12);
    assertThat(coffee.terms().subList(0, 5)).extracting(WeightedTerm::term).contains(COFFEE);
    assertThat(coffee.distinguishing().subList(0, 5))
        .extracting(WeightedTerm::term)
        .containsAnyOf(COFFEE)
        .doesNotContain(CYCLING);
    assertThat(cycling.central())
        .hasSize(3)
        .allMatch(post -> post.id().startsWith("cycling"))
        .isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
    assertThat(coffee.central())
        .filteredOn(post -> post.id().startsWith("storm"))
        .hasSizeLessThan(2);
    assertThat(report.toString()).doesNotContain("@ada");

    Dataset<Row> clustered = model.transform(frame);
    assertThat(clustered.columns())
        .containsExactly(functionsAppended(frame.columns(), "prediction"));
    assertThat(clustered.groupBy("prediction").count().orderBy("prediction").collectAsList())
        .extracting(row -> row.mkString(":"))
        .containsExactly("-1:3", "0:50", "1:12");
    assertThat(clustered.where("id = 'unique'").first().<Integer>getAs("prediction"))
        .isEqualTo(TextClusteringModel.UNASSIGNED);
  }

  @Test
  void clustersDoNotDependOnOrderOrPartitions() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      posts.add(Records.post("p" + i, sentence(i % 2 == 0 ? COFFEE : CYCLING, i * 7 + i / 9)));
    }
    Dataset<Row> frame = Frames.of(SPARK.session(), posts, RecordKind.POST).coalesce(1);
    TextClustering clustering = TextClustering.builder(5).seed(3).starts(2).build();

    TextClusteringModel one = clustering.fit(frame);
    for (int partitions : new int[] {2, 8}) {
      TextClusteringModel other =
          clustering.fit(frame.orderBy(functions.desc("text")).repartition(partitions));

      assertThat(other.report()).isEqualTo(one.report());
      assertThat(other.transform(frame).collectAsList())
          .isEqualTo(one.transform(frame).collectAsList());
    }
  }

  @Test
  void stopWordsOfTheLanguagesThatPostsAreInAreLeftOut() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      posts.add(
          Records.post("p" + i, "der kaffee und die milch " + COFFEE[i % 5] + " number" + i % 3)
              .toBuilder()
              .language("de-AT")
              .build());
    }
    Dataset<Row> frame = Frames.of(SPARK.session(), posts, RecordKind.POST);

    assertThat(TextClustering.builder(1).build().fit(frame).report().clusters().get(0).terms())
        .extracting(WeightedTerm::term)
        .contains("kaffee", "milch")
        .doesNotContain("der", "die", "und");
    assertThat(
            TextClustering.builder(1)
                .languages(List.of("en"))
                .build()
                .fit(frame)
                .report()
                .clusters()
                .get(0)
                .terms())
        .extracting(WeightedTerm::term)
        .contains("der", "die", "und");
  }

  @Test
  void foreignColumnsAreNamed() {
    Dataset<Row> foreign =
        SPARK
            .session()
            .sql(
                "SELECT id AS `tweet.id`, CASE WHEN id % 2 = 0 THEN 'coffee milk' ELSE 'pedal"
                    + " helmet' END || ' number' || (id % 3) AS body FROM range(12)");

    TextClusteringModel model =
        TextClustering.builder(2)
            .idCol("tweet.id")
            .textCol("body")
            .predictionCol("topic")
            .build()
            .fit(foreign);

    Agreement agreement =
        Agreement.of(
            model.transform(foreign.withColumn("truth", functions.expr("`tweet.id` % 2"))),
            "truth",
            "topic");
    assertThat(agreement.nmi()).isEqualTo(1);
    assertThatThrownBy(() -> model.transform(model.transform(foreign)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The posts have a column 'topic' already");
  }

  @Test
  void aMissingColumnIsToldBeforeAnyJob() {
    Dataset<Row> numbers = SPARK.session().range(3).toDF();

    assertThatThrownBy(() -> TextClustering.builder(2).build().fit(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No column 'text' to take the text from; the columns are id. Name one with"
                + " textCol(..)");
    assertThatThrownBy(() -> TextClustering.builder(2).textCol("id").build().fit(numbers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Column 'id' has type bigint and is no text. Name another with textCol(..)");
  }

  @Test
  void whatCannotBeClusteredIsTold() {
    assertRefused(List.of(), 1, "There is nothing to cluster: no post has a word");
    assertRefused(List.of("the of and", ""), 1, "There is nothing to cluster: no post has a word");
    assertRefused(List.of("lonely words"), 1, "There is nothing to cluster: no word occurs in 2");
    assertRefused(
        List.of("coffee milk", "Coffee, milk!", "coffee tea"),
        3,
        "k is 3, but only 2 posts differ in their words; choose a k of at most 2");
    assertRefused(
        List.of("coffee milk", "coffee milk", "coffee milk"),
        2,
        "k is 2, but only 1 posts differ in their words; choose a k of at most 1");
  }

  @Test
  void onePostIsOneClusterIfAsked() {
    Dataset<Row> one =
        Frames.of(SPARK.session(), List.of(Records.post("1", "lonely words")), RecordKind.POST);

    ClusteringReport report = TextClustering.builder(1).minDocFreq(1).build().fit(one).report();

    assertThat(report.silhouette()).isNull();
    assertThat(report.cost()).isZero();
    assertThat(report.clusters()).hasSize(1);
    assertThat(report.clusters().get(0).central())
        .containsExactly(
            new CentralPost(
                "1", "lonely words", report.clusters().get(0).central().get(0).similarity()));
  }

  @Test
  void equalPostsAreOneCluster() {
    Dataset<Row> equal = SPARK.session().sql("SELECT id, 'coffee milk' AS text FROM range(5)");

    ClusteringReport report = TextClustering.builder(1).minDocFreq(1).build().fit(equal).report();

    assertThat(report.distinctTexts()).isEqualTo(1);
    assertThat(report.clusters()).extracting(ClusterCard::size).containsExactly(5L);
    assertThat(report.cost()).isZero();
  }

  @Test
  void nullsAreTextsWithoutWords() {
    Dataset<Row> some =
        SPARK
            .session()
            .sql(
                "SELECT IF(id = 3, NULL, id) AS id, IF(id % 2 = 0, NULL, 'coffee milk number' || id"
                    + " % 3) AS text FROM range(12)");

    TextClusteringModel model = TextClustering.builder(1).build().fit(some);

    assertThat(model.report().unassigned()).isEqualTo(6);
    assertThat(model.transform(some).where("text IS NULL AND prediction = -1").count())
        .isEqualTo(6);
  }

  @Test
  void wrongChoicesAreRefused() {
    assertThatThrownBy(() -> TextClustering.builder(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("k must be positive, was 0");
    assertThatThrownBy(() -> TextClustering.builder(1).starts(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("starts must be positive, was -1");
  }

  private static void assertRefused(List<String> texts, int k, String message) {
    List<Post> posts = new ArrayList<>();
    texts.forEach(text -> posts.add(Records.post("p" + posts.size(), text)));
    Dataset<Row> frame = Frames.of(SPARK.session(), posts, RecordKind.POST);
    assertThatThrownBy(() -> TextClustering.builder(k).build().fit(frame))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static String sentence(String[] words, int i) {
    return words[i % 5]
        + " "
        + words[(i + 1 + i / 5 % 4) % 5]
        + " "
        + words[(i * 3 + 2) % 5]
        + " number"
        + i % 7;
  }

  private static String[] functionsAppended(String[] columns, String last) {
    String[] all = java.util.Arrays.copyOf(columns, columns.length + 1);
    all[columns.length] = last;
    return all;
  }
}
