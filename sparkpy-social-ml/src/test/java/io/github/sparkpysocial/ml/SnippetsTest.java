package io.github.sparkpysocial.ml;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.evaluate.Agreement;
import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Pattern ON_PAGE =
      Pattern.compile(
          "<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n<!-- /snippet -->", Pattern.DOTALL);
  private static final Pattern IN_CLASS =
      Pattern.compile("// snippet: (\\w+)\n(.*?)\n *// end", Pattern.DOTALL);

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
  void theCodeOnThePageRuns(@TempDir Path directory) throws IOException {
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
    Dataset<Row> latent = Snippets.features(posts).transform(posts);
    assertThat(latent.columns()).contains("latent");
    assertThat(Snippets.project(latent, printed::add).points()).hasSize(40);
    assertThat(
            Snippets.saved(
                TextClustering.builder(4).build().fit(posts), posts, directory.resolve("model")))
        .isEqualTo(-1);
    assertThat(Snippets.sweep(posts).steps()).hasSize(2);
    assertThat(Snippets.topics(posts).topics()).hasSize(4);
    Dataset<Row> numbered =
        Frames.withRawColumn(posts, "label").withColumn("number", expr("cast(label AS double)"));
    assertThat(Snippets.combined(numbered).transform(numbered).columns())
        .contains("pairs", "all", "telling");
  }
}
