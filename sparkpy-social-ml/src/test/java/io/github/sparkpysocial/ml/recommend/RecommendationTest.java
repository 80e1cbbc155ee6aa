package io.github.sparkpysocial.ml.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.evaluate.RegressionScores;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlainQueries.class)
class RecommendationTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static final StructType SCHEMA =
      StructType.fromDDL("user string, item string, rating double, created_at timestamp");

  private static List<Row> preferences;
  private static RecommendationModel model;

  /** Two circles with a taste of their own, of ten things each; and one thing that all like. */
  private static List<Row> circles() {
    Random random = new Random(8);
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 40; user++) {
      int circle = user % 2;
      for (int item = 0; item < 10; item++) {
        if (random.nextInt(10) < 6) {
          rows.add(row("u" + user, "c" + circle + "-" + item, 1 + random.nextInt(3), random));
        }
      }
      if (user != 7) {
        rows.add(row("u" + user, "everybody's", 1, random));
      }
    }
    return rows;
  }

  private static Row row(String user, String item, double rating, Random random) {
    return RowFactory.create(
        user, item, rating, Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000)));
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Dataset<Row> people(String... names) {
    return spark.createDataFrame(
        java.util.Arrays.stream(names).map(RowFactory::create).toList(),
        StructType.fromDDL("user string"));
  }

  @BeforeAll
  static void learn() {
    preferences = circles();
    model =
        Recommendation.implicit()
            .k(5)
            .rank(4)
            .maxIter(5)
            .build()
            .fit(frame(preferences).coalesce(1));
  }

  @Test
  void itRecommendsWhatTheCircleTakesToAndBeatsWhatIsPopular() {
    List<Row> lists = model.recommend(people("u7", "u7"), 3).orderBy("rank").collectAsList();

    assertThat(lists).hasSize(3);
    assertThat(lists)
        .allMatch(row -> row.<String>getAs("source").equals("taste"))
        .allMatch(row -> !row.<String>getAs("item").startsWith("c0"))
        .noneMatch(
            row ->
                preferences.stream()
                    .anyMatch(
                        known ->
                            known.getString(0).equals("u7")
                                && known.getString(1).equals(row.<String>getAs("item"))));
    RecommendationReport report = model.report();
    assertThat(report.users()).isEqualTo(40);
    assertThat(report.items()).isEqualTo(21);
    assertThat(report.preferences()).isEqualTo(preferences.size());
    assertThat(report.heldOut()).isBetween(preferences.size() / 6L, preferences.size() / 4L);
    assertThat(report.scores().ndcg()).isGreaterThan(1.2 * report.popular().ndcg());
    assertThat(report.ratings()).isNull();
  }

  @Test
  void whoeverIsNotKnownGetsWhatIsPopular() {
    List<Row> lists = model.recommend(people("stranger"), 2).orderBy("rank").collectAsList();

    assertThat(lists).hasSize(2);
    assertThat(lists.get(0).<String>getAs("item")).isEqualTo("everybody's");
    assertThat(lists).allMatch(row -> row.<String>getAs("source").equals("popular"));
    assertThat(lists.get(0).isNullAt(lists.get(0).fieldIndex("score"))).isTrue();
  }

  @Test
  void partitionsDoNotChangeWhatIsRecommended() {
    RecommendationModel eight =
        Recommendation.implicit()
            .k(5)
            .rank(4)
            .maxIter(5)
            .build()
            .fit(frame(preferences).repartition(8));

    assertThat(lists(eight)).isEqualTo(lists(model));
  }

  private static String lists(RecommendationModel which) {
    return which
        .recommend(people("u1", "u2", "u3"), 3)
        .orderBy("user", "rank")
        .select("user", "item", "rank")
        .collectAsList()
        .toString();
  }

  @Test
  void aLoadedModelRecommendsWhatTheSavedOneDid(@TempDir Path directory) throws Exception {
    URI place = directory.resolve("tastes").toUri();

    model.save(place);
    RecommendationModel loaded = RecommendationModel.load(spark, place);

    assertThat(loaded.report()).isEqualTo(model.report());
    assertThat(loaded.card()).isEqualTo(model.card());
    assertThat(loaded.card().metrics()).containsEntry("ndcg", model.report().scores().ndcg());
    assertThat(lists(loaded)).isEqualTo(lists(model));
    assertThat(loaded.recommend(people("stranger"), 1).first().<String>getAs("item"))
        .isEqualTo("everybody's");
    assertThatThrownBy(() -> model.save(place))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("name another directory");
    assertThatThrownBy(() -> RecommendationModel.load(spark, directory.toUri()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds no saved model");
    assertThat(directory).isDirectoryNotContaining("glob:**/.model-*");
  }

  @Test
  void explicitRatingsAreForetold() {
    RecommendationReport report =
        Recommendation.explicit()
            .heldOut(HeldOut.RANDOM, 0.2)
            .k(5)
            .rank(2)
            .maxIter(5)
            .build()
            .fit(frame(preferences).drop("created_at"))
            .report();

    assertThat(report.implicit()).isFalse();
    RegressionScores ratings = Objects.requireNonNull(report.ratings());
    assertThat(ratings.count()).isPositive();
    assertThat(ratings.rmse()).isLessThan(1.5);
  }

  @Test
  void badInputIsNamed() {
    assertThatThrownBy(() -> Recommendation.implicit().rank(0))
        .hasMessageContaining("rank must be positive, was 0");
    assertThatThrownBy(() -> Recommendation.implicit().heldOut(HeldOut.RANDOM, 1))
        .hasMessageContaining("between 0 and 1");
    Recommendation recommendation = Recommendation.implicit().build();
    assertThatThrownBy(() -> Recommendation.implicit().maxIter(6).build().fit(frame(preferences)))
        .hasMessageContaining("More than 5 iterations need a checkpoint directory");
    assertThatThrownBy(() -> recommendation.fit(frame(preferences).drop("item")))
        .hasMessageContaining("No column 'item'");
    assertThatThrownBy(() -> recommendation.fit(frame(List.of())))
        .hasMessageContaining("No preference has a time");
    assertThatThrownBy(
            () ->
                Recommendation.implicit()
                    .heldOut(HeldOut.RANDOM, 0.5)
                    .build()
                    .fit(frame(List.of())))
        .hasMessageContaining("There are no preferences");
    assertThatThrownBy(() -> model.recommend(people("u1"), 0)).hasMessageContaining("n must be");
  }

  @Test
  void recordsBecomePreferences() {
    AccountRef ada = new AccountRef("7", "ada", null);
    List<Interaction> deeds =
        List.of(
            deed("1", Interaction.Type.STAR, ada, RecordKind.REPOSITORY, "99", "a/b", null),
            deed("2", Interaction.Type.CONTRIBUTION, ada, RecordKind.REPOSITORY, "99", "a/b", 5L),
            deed(
                "3",
                Interaction.Type.FOLLOW,
                new AccountRef(null, "Bob", null),
                RecordKind.ACCOUNT,
                "7",
                "ada",
                null),
            deed("4", Interaction.Type.FOLLOW, ada, RecordKind.ACCOUNT, "7", "ada", null),
            deed("5", Interaction.Type.RSVP, ada, RecordKind.EVENT, "e", null, null));
    Dataset<Row> interactions = Frames.of(spark, deeds, RecordKind.INTERACTION);

    List<Row> repositories =
        Preferences.repositories(interactions).orderBy("rating").collectAsList();
    List<Row> people = Preferences.people(interactions).collectAsList();
    List<Row> tags =
        Preferences.hashtags(Frames.of(spark, List.of(Records.FULL), RecordKind.POST))
            .collectAsList();

    assertThat(repositories).hasSize(2).allMatch(row -> row.getString(1).equals("a/b"));
    assertThat(repositories.get(0).getDouble(2)).isEqualTo(1);
    assertThat(repositories.get(1).getDouble(2)).isEqualTo(3 + Math.log(6));
    assertThat(people).hasSize(1);
    assertThat(people.get(0).getString(0)).isEqualTo("github/@bob");
    assertThat(people.get(0).getString(1)).isEqualTo("github/7");
    assertThat(tags.get(0).getString(1)).isEqualTo("spark");
  }

  private static Interaction deed(
      String id,
      Interaction.Type type,
      AccountRef actor,
      RecordKind kind,
      String target,
      @org.jspecify.annotations.Nullable String name,
      @org.jspecify.annotations.Nullable Long count) {
    return Interaction.builder(Network.GITHUB, id, type)
        .actor(actor)
        .targetKind(kind)
        .targetId(target)
        .targetName(name)
        .count(count)
        .build();
  }
}
