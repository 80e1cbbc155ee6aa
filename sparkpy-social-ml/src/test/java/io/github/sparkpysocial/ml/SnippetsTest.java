package io.github.sparkpysocial.ml;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PlainQueries.class)
class SnippetsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Pattern ON_PAGE =
      Pattern.compile(
          "<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n<!-- /snippet -->", Pattern.DOTALL);
  private static final Pattern IN_CLASS =
      Pattern.compile("// snippet: (\\w+)\n(.*?)\n *// end", Pattern.DOTALL);

  private static final Entities TAGS =
      new Entities(
          List.of(new Entities.Hashtag("spark", 0, 6), new Entities.Hashtag("java", 7, 12)),
          List.of(),
          List.of(),
          List.of());

  @ParameterizedTest
  @CsvSource({"ml.md, Snippets.java", "explore.md, ExploreSnippets.java"})
  void thePageShowsTheCodeThatIsCompiled(String page, String source) throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    Matcher onPage = ON_PAGE.matcher(Files.readString(Path.of("../docs", page)));
    while (onPage.find()) {
      shown.put(onPage.group(1), onPage.group(2).strip());
    }
    Map<String, String> compiled = new LinkedHashMap<>();
    Matcher inClass =
        IN_CLASS.matcher(
            Files.readString(Path.of("src/test/java/io/github/sparkpysocial/ml", source)));
    while (inClass.find()) {
      compiled.put(inClass.group(1), inClass.group(2).stripIndent().strip());
    }

    assertThat(shown).isNotEmpty().isEqualTo(compiled);
  }

  @Test
  void theCodeOnTheExplorationPageRuns(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("posts.csv");
    Files.writeString(
        file,
        """
        id,text,lang,created_at,screen_name
        1,same,en,2026-11-01T12:00:00Z,ada
        2,same,de,0001-01-01T00:00:00Z,ada
        3,other,en,,grace
        """);
    List<String> told = new ArrayList<>();

    Explore explore = ExploreSnippets.open(SPARK.session(), file.toString(), told::add);
    ExploreSnippets.plans(explore, told::add);
    ExploreSnippets.write(
        explore.frame(),
        directory.resolve("copy.jsonl").toString(),
        directory.resolve("refused.jsonl"),
        told::add);

    assertThat(told.get(0)).isEqualTo("3 rows from 0001-01-01 00:00:00 to 2026-11-01 12:00:00");
    assertThat(told.get(1)).isEqualTo("1 without a time, 1 with an impossible one");
    assertThat(told.get(3)).isEqualTo("2 authors, 1 copied texts");
    assertThat(told.get(4)).contains("[text, likes]: social ", "PushedFilters: [network = 'x']");
    assertThat(told.get(6)).isEqualTo("3 new, 0 changed");
    assertThat(directory.resolve("copy.jsonl")).exists();
  }

  @Test
  void theCodeOnThePageRuns(@TempDir Path directory) throws Exception {
    StringBuilder csv = new StringBuilder("id,text,label\n");
    String[] topics = {
      "coffee milk roast", "pedal helmet gravel", "tenor aria stage", "goal match team"
    };
    for (int i = 0; i < 40; i++) {
      String[] words = topics[i % 4].split(" ", -1);
      csv.append(i).append(',').append(words[i / 4 % 3]).append(' ').append(words[(i / 4 + 1) % 3]);
      csv.append(" number").append(i / 4).append(',').append(i % 4).append('\n');
    }
    Path file = directory.resolve("posts.csv");
    Files.writeString(file, csv);

    Dataset<Row> posts = Snippets.frame(SPARK.session(), file.toString());
    List<String> printed = new ArrayList<>();
    Agreement agreement = Snippets.cluster(posts, printed::add);

    assertThat(Snippets.explore(posts).rows()).isEqualTo(40);
    assertThat(printed).hasSize(4).allMatch(line -> line.contains(": 10 posts, "));
    assertThat(agreement.nmi()).isEqualTo(1);
    assertThat(Snippets.classify(Frames.withRawColumn(posts, "label"), posts).labels())
        .containsExactly("0", "1", "2", "3");
    PipelineModel stages = Snippets.features(posts);
    Dataset<Row> latent = stages.transform(posts).cache();
    assertThat(latent.columns()).contains("latent");
    assertThat(Snippets.project(latent, printed::add).points()).hasSize(40);
    assertThat(Snippets.components(latent).explainedVariance()).isNotEmpty();
    assertThat(Snippets.stems(posts).columns()).contains("stems");
    TextClusteringModel model = TextClustering.builder(4).build().fit(posts);
    assertThat(Snippets.saved(model, posts, directory.resolve("model"))).isEqualTo(-1);
    assertThat(
            Snippets.savedAnywhere(SPARK.session(), model, directory.resolve("copy").toUri())
                .report())
        .isEqualTo(model.report());
    Path arriving = directory.resolve("arriving");
    posts.select("id", "text").write().json(arriving.toString());
    Dataset<Row> stream =
        SPARK.session().readStream().schema("id STRING, text STRING").json(arriving.toString());
    assertThat(Snippets.follow(stages, stream, directory.resolve("centres")).centres()).hasSize(4);
    assertThat(Snippets.sweep(posts).steps()).hasSize(2);
    assertThat(Snippets.topics(posts).topics()).hasSize(4);
    Dataset<Row> numbered =
        Frames.withRawColumn(posts, "label").withColumn("number", expr("cast(label AS double)"));
    assertThat(Snippets.combined(numbered).transform(numbered).columns())
        .contains("pairs", "all", "telling");
  }

  @Test
  void theLearnersOnThePageRun(@TempDir Path directory) throws IOException {
    List<Post> some = new ArrayList<>();
    List<Interaction> deeds = new ArrayList<>();
    String[] moods = {"love this great release", "hate this broken release"};
    for (int i = 0; i < 40; i++) {
      AccountRef author = new AccountRef("a" + i % 8, "name" + i % 8, null);
      Instant at = Instant.ofEpochSecond(1_790_000_000L + 3_600L * i);
      some.add(
          Post.builder(Network.X, "p" + i, moods[i % 2] + " number" + i + " #spark #java")
              .author(author)
              .createdAt(at)
              .inReplyToId("p" + i / 2)
              .inReplyToAuthorId("a" + i / 2 % 8)
              .entities(TAGS)
              .engagement(new Engagement((long) (i % 2 * 9 + i % 3), null, null, null, null))
              .build());
      deeds.add(
          Interaction.builder(Network.GITHUB, "star" + i, Interaction.Type.STAR)
              .actor(author)
              .targetKind(RecordKind.REPOSITORY)
              .targetName("org/r" + i * 7 % 12)
              .createdAt(at)
              .build());
    }
    Dataset<Row> posts = Frames.of(SPARK.session(), some, RecordKind.POST).cache();
    Dataset<Row> interactions = Frames.of(SPARK.session(), deeds, RecordKind.INTERACTION).cache();
    Dataset<Row> labelled = posts.withColumn("label", expr("IF(text LIKE '%love%', 'yes', 'no')"));
    List<String> printed = new ArrayList<>();

    assertThat(Snippets.save(labelled, directory.resolve("mood")).confidence()).isPositive();
    assertThat(Snippets.regress(posts).posts()).isEqualTo(40);
    assertThat(
            Snippets.recommend(
                    interactions,
                    SPARK.session().sql("SELECT 'github/a1' AS user"),
                    directory.resolve("taste").toUri())
                .collectAsList())
        .isNotEmpty();
    assertThat(Snippets.hashtags(posts)).hasSize(2);
    Snippets.network(posts, interactions, printed::add);
    assertThat(printed).anyMatch(line -> line.endsWith(" is the modularity"));
  }
}
