package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RawTweetsWalkIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final String TWEET =
      "{\"created_at\":\"Sun Nov 01 12:00:00 +0000 2026\",\"id\":%1$d,\"id_str\":\"%1$d\","
          + "\"text\":\"about #spark\",\"user\":{\"id_str\":\"7\",\"screen_name\":\"%2$s\"},"
          + "\"entities\":{\"hashtags\":[{\"text\":\"spark\",\"indices\":[6,12]}],"
          + "\"symbols\":[],\"urls\":[],\"user_mentions\":[]}}";

  @TempDir Path directory;

  private final List<String> told = new ArrayList<>();

  @Test
  void tweetsAreWalkedThroughAsSparkInfersThem() throws IOException {
    Path file = directory.resolve("tweets.jsonl");
    Files.writeString(
        file,
        String.join(
            "\n",
            TWEET.formatted(1, "ada"),
            "{\"delete\":{\"status\":{\"id_str\":\"9\",\"user_id_str\":\"7\"}}}",
            TWEET.formatted(2, "ada"),
            TWEET.formatted(3, "grace")));

    Dataset<Row> tweets = RawTweetsWalk.walk(SPARK.session(), file, told::add);

    assertThat(tweets.count()).isEqualTo(3);
    assertThat(told.get(0)).contains(" |-- user: struct", " |    |-- screen_name: string");
    assertThat(told.get(1))
        .startsWith(
            "{\"id_str\":\"1\",\"screen_name\":\"ada\",\"hashtags\":[{\"indices\":[6,12],\"text\":\"spark\"}]}\n");
    assertThat(told.get(2)).isEqualTo("3 tweets by 2 authors");
    assertThat(told.get(3).lines())
        .containsExactly(
            "{\"who\":\"ada\",\"tweets\":2,\"hashtags\":2}",
            "{\"who\":\"grace\",\"tweets\":1,\"hashtags\":1}");
    assertThat(told.get(4))
        .containsSubsequence("== Parsed", "== Analyzed", "== Optimized", "== Physical")
        .contains("FileScan json");
    assertThat(told.get(5))
        .contains("entities.symbols, entities.urls, entities.user_mentions")
        .doesNotContain("hashtags");
  }

  @Test
  void whatSparkGuessesTheLibraryKnows() throws IOException {
    Path file = directory.resolve("tweets.jsonl");
    Files.writeString(file, TWEET.formatted(1, "ada"));

    Dataset<Row> inferred = RawTweetsWalk.walk(SPARK.session(), file, told::add);
    Dataset<Row> typed = Explore.open(SPARK.session(), PlaceUri.parse(file.toString())).frame();

    assertThat(inferred.select("entities.symbols").schema().toDDL())
        .isEqualTo("symbols ARRAY<STRING>");
    assertThat(typed.select("cashtags").schema().toDDL())
        .contains("ARRAY<STRUCT<text: STRING NOT NULL");
    assertThat(typed.where("record = 'post'").select("author_handle", "hashtags.text").first())
        .hasToString("[ada,ArraySeq(spark)]");
  }

  @Test
  void aWholeAnswerIsRead() {
    Path file = Path.of(System.getProperty("sparkpy.data", ""), "tweets/simdjson_twitter.json");
    assumeTrue(Files.exists(file), "not run: no real test data at " + file);

    Dataset<Row> tweets = RawTweetsWalk.walk(SPARK.session(), file, told::add);

    assertThat(tweets.count()).isEqualTo(100);
    assertThat(told.get(2)).isEqualTo("100 tweets by 100 authors");
    assertThat(told.get(5)).contains("entities.symbols").doesNotContain("urls");
  }

  @Test
  void thePageShowsTheWalk() throws IOException {
    String page = Files.readString(Path.of("../docs/explore.md"));
    String source =
        Files.readString(
            Path.of("src/main/java/io/github/sparkpysocial/samples/book/RawTweetsWalk.java"));

    String shown = page.split("<!-- sample: raw -->\n```java\n", 2)[1].split("```", 2)[0];
    String compiled = source.split("// snippet: raw\n", 2)[1].split("\n *// end", 2)[0];

    assertThat(shown.strip()).isEqualTo(compiled.stripIndent().strip());
  }

  @Test
  void anotherFileIsRefusedWithARemedy() throws IOException {
    Path file = directory.resolve("other.jsonl");
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"hello\"}\n");

    assertThatThrownBy(() -> RawTweetsWalk.walk(SPARK.session(), file, told::add))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("look at it without --raw")
        .hasMessageEndingWith("Its columns are id, text");
  }
}
