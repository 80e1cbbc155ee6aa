package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A semicolon table with an unnamed index column, as pandas writes it. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class ForeignTableIT {
  private static final String[] TOPICS = {
    "kafka streams lose no events when the watermark is late",
    "gradient boosted trees beat logistic regression on this feature table"
  };

  @TempDir private Path directory;
  private Path table;

  @BeforeEach
  void write() throws IOException {
    StringBuilder rows = new StringBuilder(";id;created_at;user_id;user_name;tweet_text;topic\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i).append(";").append(638_830_426_971_181_057L + i);
      rows.append(";Tue Sep 01 21:46:57 +0000 2015;").append(3_276_255_125L + i % 4);
      rows.append(";user").append(i % 4).append(";\"").append(TOPICS[i % 2]);
      rows.append("; example ").append(i).append("\";t").append(i % 2).append('\n');
    }
    table = Files.writeString(directory.resolve("posts.csv"), rows);
  }

  @Test
  void isClusteredByItsTextColumn() {
    Ran ran = sparkpy("cluster", table, "--k", 2, "--label", "topic", "--json").endsWith(0);

    JsonNode json = ran.json();
    assertThat(json.get("posts").asLong()).isEqualTo(40);
    assertThat(json.get("nmi").asDouble()).isEqualTo(1.0);
    assertThat(json.get("clusters").get(0).get("size").asLong()).isEqualTo(20);
    assertThat(json.get("clusters").get(0).get("terms").toString()).contains("\"");
    assertThat(json.get("silhouette").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void aLabelColumnThatIsNotThereNamesThoseThatAre() {
    Ran ran = sparkpy("cluster", table, "--k", 2, "--label", "subject").endsWith(1);

    assertThat(ran.err()).contains("subject").contains("topic");
  }

  @Test
  void isExploredWithSql() {
    String sql = "SELECT author_name, count(*) AS n FROM posts GROUP BY 1 ORDER BY 1";
    Ran ran = sparkpy("explore", table, "--sql", sql, "--explain", "--json").endsWith(0);

    assertThat(ran.json().get("count").asLong()).isEqualTo(4);
    assertThat(ran.json().get("rows").get(0).get("n").asLong()).isEqualTo(10);
    assertThat(ran.json().get("schema").get(0).get("name").asText()).isEqualTo("author_name");
    JsonNode plans = ran.json().get("plans");
    assertThat(plans.get("physical").asText()).contains("Aggregate");
    assertThat(plans.get("parsed").asText()).contains("UnresolvedRelation");
    assertThat(plans.get("pushed").get(0).get("columns").toString()).isEqualTo("[\"author_name\"]");
  }

  @Test
  void isWrittenAsAPageOfEscapedText() throws IOException {
    Path page = directory.resolve("page.html");
    String sql = "SELECT '<script>alert(1)</script>' AS attack, id FROM posts";

    Ran ran =
        sparkpy("explore", table, "--sql", sql, "--limit", 2, "--html", page, "--explain")
            .endsWith(0);

    assertThat(Files.readString(page))
        .contains("default-src 'none'", "&lt;script&gt;alert(1)", "The first 2 rows.")
        .doesNotContain("<script>");
    assertThat(ran.out()).contains("== Asked of ", "ReadColumns: [id]", "== Optimized Logical");
  }

  @Test
  void rawTweetsAreWalkedThrough() throws IOException {
    Path tweets = directory.resolve("tweets.jsonl");
    Files.writeString(
        tweets,
        "{\"id_str\":\"1\",\"text\":\"hi\",\"user\":{\"screen_name\":\"ada\"},"
            + "\"entities\":{\"hashtags\":[]}}\n");

    JsonNode walked = sparkpy("explore", tweets, "--raw", "--json").endsWith(0).json();

    assertThat(walked.get("count").asLong()).isEqualTo(1);
    assertThat(walked.get("schema").asText()).contains("entities STRUCT<hashtags: ARRAY<STRING>>");
    assertThat(sparkpy("explore", tweets, "--raw").endsWith(0).out())
        .contains("1 tweets by 1 authors", "could only guess", "entities.hashtags");
    assertThat(sparkpy("explore", table, "--raw").endsWith(1).err()).contains("without --raw");
    assertThat(sparkpy("explore", table, "--raw", "--profile").endsWith(2).err())
        .contains("goes without --sql");
  }

  @Test
  void isShownWithAProfile() {
    Ran ran = sparkpy("explore", table, "--profile").endsWith(0);

    assertThat(ran.out()).contains("638830426971181057").contains("text ").contains("different");
  }

  @Test
  void sqlThatSparkDoesNotTakeIsExplained() {
    Ran ran = sparkpy("explore", table, "--sql", "SELECT mood FROM records").endsWith(1);

    assertThat(ran.err()).contains("mood").doesNotContain("\tat ");
  }

  @Test
  void isDrawnAsAWordCloud() {
    Path picture = directory.resolve("words.svg");

    Ran ran = sparkpy("wordcloud", table, "--out", picture, "--json").endsWith(0);

    assertThat(ran.json().get("items").asInt()).isPositive();
    assertThat(ran.json().get("skipped").asInt()).isZero();
    assertThat(picture).content().startsWith("<svg").contains("kafka").doesNotContain(">the<");
  }

  @Test
  void isAnalyzedEvenThoughItHasPostsOnly() throws IOException {
    Path out = directory.resolve("out");

    Ran ran = sparkpy("analyze", table, "--out", out, "--k", 2, "--json").endsWith(0);

    assertThat(ran.json().get("stored").asLong()).isEqualTo(40);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("data-fact=\"posts\" data-value=\"40\"")
        .contains("No record here tells where")
        .doesNotContain("top-committers")
        .doesNotContain("upcoming-meetings");
  }
}
