package io.github.sparkpysocial.samples.book;

import static io.github.sparkpysocial.samples.book.SandboxPosts.COMMUNITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.ViewDifference;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import scala.Tuple2;

/** The book's programs that run on Spark, over one harvest from the sandbox. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class BookProgramsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();

  @TempDir private static Path directory;
  private static PlaceUri posts;
  private static List<Post> truth;

  @BeforeAll
  static void harvest() throws IOException, InterruptedException {
    posts = SandboxPosts.into(directory);
    truth = SaveAndLoad.load(posts.toString());
  }

  @Test
  void wordsAreTheSameInRddsAndInFrames() throws IOException {
    Path text = directory.resolve("text.txt");
    Files.writeString(
        text,
        """
        Spark, spark & SPARK!
        the été d'été
        kafka-spark kafka
        one two the
        """);

    List<Tuple2<String, Integer>> top = WordCount.inRdds(spark, text.toUri().toString());

    assertThat(top).containsExactly(new Tuple2<>("spark", 4), new Tuple2<>("kafka", 2));
    assertThat(WordCount.inFrames(spark, text.toUri().toString()).collectAsList())
        .extracting(row -> row.getString(0), row -> (int) row.getLong(1))
        .containsExactly(tuple("spark", 4), tuple("kafka", 2));
    Path picture = directory.resolve("words.svg");
    Exporters.write(WordCount.bars(top), picture);
    assertThat(picture).content().contains("The most frequent words", "spark", "kafka");
  }

  @Test
  void aLongTextGivesTwentyWordsTheSameWayTwice() {
    String readme = Path.of("../README.md").toUri().toString();

    List<Tuple2<String, Integer>> top = WordCount.inRdds(spark, readme);

    assertThat(top).hasSize(20);
    assertThat(WordCount.inFrames(spark, readme).collectAsList())
        .extracting(row -> new Tuple2<>(row.getString(0), (int) row.getLong(1)))
        .isEqualTo(top);
  }

  @Test
  void explorationFindsWhatIsThere() {
    ExplorePosts.Findings found = ExplorePosts.explore(spark, posts);

    assertThat(found.posts()).isEqualTo(truth.size());
    assertThat(found.authors())
        .isEqualTo(truth.stream().map(post -> post.author().handle()).distinct().count());
    assertThat(found.profile().rows()).isEqualTo(truth.size());
    assertThat(found.profile().column("language").missing())
        .isEqualTo(truth.stream().filter(post -> post.language() == null).count());
    assertThat(found.languages().values().get(0).value()).isEqualTo("en");
    assertThat(found.languages().values().get(0).count())
        .isEqualTo(truth.stream().filter(post -> Objects.equals(post.language(), "en")).count());
  }

  @Test
  void csvIsGuessedBySparkAndKnownByTheLibrary() {
    Path file = directory.resolve("posts.csv");
    SaveAndLoad.save(file.toString(), truth);

    Dataset<Row> inferred = CsvWithSpark.inferred(spark, file);
    Dataset<Row> typed = CsvWithSpark.typed(spark, file);

    assertThat(inferred.count()).isEqualTo(typed.count()).isEqualTo(truth.size());
    assertThat(CsvWithSpark.differently(inferred, typed)).contains("id", "hashtags");
    assertThat(CsvWithSpark.busiest(typed).collectAsList())
        .isEqualTo(CsvWithSpark.busiest(inferred).collectAsList());
  }

  @Test
  void mongoAnswersWhatItCanByItself() {
    try (MongoServer mongo = MongoServer.inMemory()) {
      PlaceUri collection = PlaceUri.parse(mongo.uri("social", "posts"));
      MongoWithSpark.fill(posts, collection);

      Dataset<Row> liked = MongoWithSpark.mostLiked(spark, collection);

      long most =
          truth.stream()
              .filter(post -> Objects.requireNonNullElse(post.engagement().likes(), 0L) >= 5)
              .collect(
                  Collectors.groupingBy(
                      post -> post.author().label(),
                      Collectors.summingLong(
                          post -> Objects.requireNonNullElse(post.engagement().likes(), 0L))))
              .values()
              .stream()
              .mapToLong(Long::longValue)
              .max()
              .orElse(0);
      assertThat(liked.first().getLong(2)).isEqualTo(most);
      assertThat(Plans.of(liked).pushed()).hasSize(1);
      assertThat(Plans.of(liked).pushed().get(0).query()).contains("likes");
    }
  }

  @Test
  void groupsOfPostsAreFoundAndDrawn() {
    Dataset<Row> clustered = ClusterPosts.cluster(frame());

    Map<String, String> topics =
        truth.stream().collect(Collectors.toMap(Post::id, post -> COMMUNITY.topicOf(post.id())));
    List<Row> rows = clustered.select("id", "prediction").collectAsList();
    Map<Integer, Map<String, Long>> groups =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.getInt(1),
                    Collectors.groupingBy(
                        row -> Objects.requireNonNull(topics.get(row.getString(0))),
                        Collectors.counting())));
    long pure = groups.values().stream().mapToLong(g -> Collections.max(g.values())).sum();
    assertThat(pure).isGreaterThan(rows.size() * 7L / 10);
    assertThat(ClusterPosts.silhouette(clustered)).isBetween(0.1, 1.0);
    assertThat(ClusterPosts.picture(clustered).points())
        .hasSize(truth.size())
        .extracting(point -> point.group())
        .contains("group 0", "group 4");
  }

  @Test
  void thePipelineIsTunedToWhatWorks() {
    CrossValidatorModel tuned = TunedPipeline.tune(TunedPipeline.labelled(spark, posts));

    assertThat(tuned.avgMetrics()).hasSize(3);
    assertThat(Arrays.stream(tuned.avgMetrics()).max().orElse(0)).isBetween(0.95, 1.0);
    Row judged =
        tuned
            .transform(frame())
            .where("text LIKE '%watermark%'")
            .agg(functions.avg("prediction"))
            .first();
    assertThat(judged.getDouble(0)).isGreaterThan(0.8);
  }

  @Test
  void lambdaServesWhatBatchAndStreamCount() throws Exception {
    Dataset<Row> log = KappaTrends.log(spark, posts, directory.resolve("journal"));
    Instant cutOver = Instant.parse("2026-11-12T00:00:00Z");

    Dataset<Row> served =
        LambdaTrends.serve(spark, directory.resolve("lambda"), posts, log, cutOver);

    List<String> expected = sorted(LambdaTrends.TRENDS.function().apply(frame()));
    assertThat(sorted(served)).isEqualTo(expected).hasSizeGreaterThan(50);
  }

  @Test
  void kappaReplaysTheLogIntoAnotherVersion() throws Exception {
    Dataset<Row> log = KappaTrends.log(spark, posts, directory.resolve("replayed"));

    ViewDifference difference = KappaTrends.change(spark, directory.resolve("kappa"), log);

    long hashtags = LambdaTrends.TRENDS.function().apply(frame()).count();
    assertThat(difference.same() + difference.changed() + difference.onlyServed())
        .isEqualTo(hashtags);
    assertThat(difference.onlyNew()).isGreaterThan(hashtags);
    assertThat(KappaView.open(spark, directory.resolve("kappa")).servedVersion()).isEqualTo("2");
  }

  private static Dataset<Row> frame() {
    return Frames.of(spark, posts, RecordKind.POST);
  }

  private static List<String> sorted(Dataset<Row> counts) {
    return counts.select("window_start", "value", "posts").collectAsList().stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }
}
