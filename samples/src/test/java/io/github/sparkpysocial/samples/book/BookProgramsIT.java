package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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
                  java.util.stream.Collectors.groupingBy(
                      post -> post.author().label(),
                      java.util.stream.Collectors.summingLong(
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
}
