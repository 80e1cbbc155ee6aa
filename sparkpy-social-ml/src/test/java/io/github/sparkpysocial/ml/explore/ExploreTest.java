package io.github.sparkpysocial.ml.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.RoundedIds;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExploreTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Dataset<Row> POSTS = Frames.of(SPARK.session(), posts(), RecordKind.POST);

  @Test
  void aProfileTellsEveryColumnInOnePass() {
    Profile profile = Explore.of(POSTS).profile();

    assertThat(profile.rows()).isEqualTo(21);
    assertThat(profile.columns()).hasSameSizeAs(POSTS.columns());
    ColumnProfile language = profile.column("language");
    assertThat(language.count()).isEqualTo(20);
    assertThat(language.missing()).isEqualTo(1);
    assertThat(language.distinct()).isEqualTo(3);
    assertThat(language.top())
        .containsExactly(
            new ValueCount("en", 14), new ValueCount("fr", 5), new ValueCount("de", 1));
    assertThat(language.minLength()).isEqualTo(2);
    ColumnProfile likes = profile.column("likes");
    assertThat(likes.min()).isEqualTo("0");
    assertThat(likes.max()).isEqualTo("19");
    assertThat(likes.mean()).isEqualTo(9.5);
    assertThat(likes.minLength()).isNull();
    ColumnProfile hashtags = profile.column("hashtags");
    assertThat(hashtags.maxLength()).isEqualTo(1);
    assertThat(hashtags.minLength()).isZero();
    assertThat(hashtags.top()).isEmpty();
    assertThat(profile.column("created_at").max()).isEqualTo("2026-11-01 12:00:00.123456");
    assertThat(profile.column("views").missing()).isEqualTo(21);
    assertThat(profile.column("views").max()).isNull();
    assertThat(profile.query()).startsWith("SELECT").endsWith("FROM records");
    assertThat(profile.plans().physical()).contains("Aggregate");
  }

  @Test
  void theQueryShownIsTheQueryRun() {
    POSTS.createOrReplaceTempView("records");

    Row again = SPARK.session().sql(Explore.of(POSTS).profile(3).query()).first();

    assertThat(again.<Long>getAs("rows")).isEqualTo(21);
    TopValues top = Explore.of(POSTS).top("language", 2);
    assertThat(SPARK.session().sql(top.query()).collectAsList())
        .extracting(row -> new ValueCount(row.getString(0), row.getLong(1)))
        .isEqualTo(top.values())
        .containsExactly(new ValueCount("en", 14), new ValueCount("fr", 5));
  }

  @Test
  void columnsAreDescribedWithTheirMeaning() {
    assertThat(Explore.of(POSTS).schema())
        .hasSameSizeAs(POSTS.columns())
        .contains(new ColumnDescription("likes", "BIGINT", true, "How many liked it."));
  }

  @Test
  void oddColumnNamesAndTypesAreProfiled() {
    Dataset<Row> odd =
        SPARK
            .session()
            .sql(
                "SELECT 1 AS `a.b`, map('k', 1) AS `back``tick`, cast(null AS binary) AS bin,"
                    + " array(1, 2) AS `select`, named_struct('x', 1) AS s, true AS flag,"
                    + " DATE '2026-11-01' AS day, cast(null AS void) AS nothing");

    Profile profile = Explore.of(odd).profile();

    assertThat(profile.column("a.b").max()).isEqualTo("1");
    assertThat(profile.column("back`tick").count()).isEqualTo(1);
    assertThat(profile.column("bin").missing()).isEqualTo(1);
    assertThat(profile.column("select").maxLength()).isEqualTo(2);
    assertThat(profile.column("flag").top()).containsExactly(new ValueCount("true", 1));
    assertThat(profile.column("day").min()).isEqualTo("2026-11-01");
  }

  @Test
  void anEmptyFrameHasAProfile() {
    Profile profile =
        Explore.of(Frames.of(SPARK.session(), List.<Post>of(), RecordKind.POST)).profile();

    assertThat(profile.rows()).isZero();
    assertThat(profile.column("text").top()).isEmpty();
    assertThat(profile.column("likes").mean()).isNull();
  }

  @Test
  void aProfileIsMadeWithoutSketchesWhereTheyDoNotRun() {
    Profile profile = Profiler.profile(POSTS, 10, false);

    ColumnProfile language = profile.column("language");
    assertThat(language.count()).isEqualTo(20);
    assertThat(language.distinct()).isEqualTo(3);
    assertThat(language.top()).isEmpty();
    assertThat(profile.column("likes").mean()).isEqualTo(9.5);
    assertThat(profile.query()).doesNotContain("hll_sketch_agg", "approx_top_k");
    assertThat(Sketches.run()).isEqualTo(Runtime.version().feature() <= 21);
  }

  @Test
  void distinctValuesAreCountedExactly() {
    assertThat(Explore.of(POSTS).distinct("id")).isEqualTo(21);
    assertThatThrownBy(() -> Explore.of(POSTS).distinct("hashtags"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("cannot be counted; explode a list first");
    assertThatThrownBy(() -> Explore.of(POSTS).top("nope", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No column 'nope'; the columns are record, network");
  }

  @Test
  void aPlaceIsOpenedAndAskedInSql(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("tweets.csv");
    Files.writeString(file, "tweet_id,tweet_text\n1,same\n2,same\n3,other\n2,newer\n");

    Explore explore = Explore.open(SPARK.session(), PlaceUri.parse(file.toString()));

    assertThat(explore.count()).isEqualTo(3);
    assertThat(explore.first(2).count()).isEqualTo(2);
    assertThat(explore.sql("SELECT max(id) FROM posts").first().getString(0)).isEqualTo("3");
    assertThat(explore.sql("SELECT count(*) FROM accounts").first().getLong(0)).isZero();
    assertThat(explore.describe("text").where("summary = 'count'").first().getString(1))
        .isEqualTo("3");
    Profile profile = explore.profile(0);
    assertThat(profile.rows()).isEqualTo(3);
    assertThat(profile.repeated()).isEqualTo(1);
    assertThat(profile.setAside()).isZero();
  }

  @Test
  void whatWasSetAsideIsCounted(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("posts.jsonl");
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"one\"}\n{\"id\":\"2\",\n{}\n");

    Profile profile = Explore.open(SPARK.session(), PlaceUri.parse(file.toString())).profile(0);

    assertThat(profile.rows()).isEqualTo(1);
    assertThat(profile.setAside()).isEqualTo(2);
  }

  @Test
  void duplicatesAreFound() {
    Dataset<Row> frame =
        SPARK
            .session()
            .sql(
                "SELECT * FROM VALUES ('a', 1), ('a', 2), ('b', 1),"
                    + " (null, 1), (null, 1) AS t(text, n)");

    assertThat(Explore.of(frame).duplicates("text").collectAsList())
        .extracting(Row::mkString)
        .containsExactly("a2");
    assertThat(Explore.of(frame).duplicates("text", "n").collectAsList()).isEmpty();
    assertThatThrownBy(() -> Explore.of(frame).duplicates("nope"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("No column 'nope'; the columns are text, n");
  }

  @Test
  void plansTellWhatThePlaceIsAsked(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("posts.jsonl");
    Files.writeString(file, "{\"id\":\"1\",\"text\":\"one\"}\n");
    Explore explore = Explore.open(SPARK.session(), PlaceUri.parse(file.toString()));

    Plans plans = Plans.of(explore.sql("SELECT text FROM posts WHERE id = '1' AND likes > 3"));

    assertThat(plans.parsed()).contains("'UnresolvedRelation [posts]");
    assertThat(plans.analyzed()).contains("SubqueryAlias posts");
    assertThat(plans.optimized()).contains("Filter").doesNotContain("SubqueryAlias");
    assertThat(plans.physical()).contains("BatchScan");
    assertThat(plans.pushed())
        .containsExactly(
            new PushedQuery(
                file.toString(),
                List.of("text", "likes"),
                "social "
                    + file
                    + " [post], PushedFilters: [id = '1'], ReadColumns: [text, likes]"));
    assertThat(plans.toString()).contains("== Physical Plan ==");
    assertThat(explore.plans().pushed()).hasSize(1);
  }

  @Test
  void filtersReachParquetToo(@TempDir Path directory) {
    String folder = directory.resolve("p.parquet").toString();
    POSTS.select("id", "text", "likes").write().parquet(folder);

    Plans plans = Plans.of(SPARK.session().read().parquet(folder).where("likes > 3").select("id"));

    assertThat(plans.pushed()).hasSize(1);
    assertThat(plans.pushed().get(0).columns()).containsExactly("id", "likes");
    assertThat(plans.pushed().get(0).query()).contains("GreaterThan(likes,3)");
  }

  @Test
  void roundedIdsAreSuspiciousAsInEveryStore() {
    List<String> ids =
        List.of(
            "1.02345E+17",
            "9E+4",
            "1.5e17",
            "1e5",
            "123.0",
            "123.5",
            "1000000000000000000",
            "1000000000000000001",
            "1234567000000000",
            "12345670000000001",
            "abc",
            "",
            "000000000",
            "1022543000000000000",
            "x1000000000000000000");
    for (String id : ids) {
      Dataset<Row> one = SPARK.session().createDataset(List.of(id), Encoders.STRING()).toDF("id");

      assertThat(Explore.of(one).profile(0).column("id").suspicious())
          .as(id)
          .isEqualTo(RoundedIds.suspicion(id) == null ? 0 : 1);
    }
  }

  @Test
  void idsThatMostlyEndWithZeroAreSuspiciousTogether() {
    List<String> ids = new ArrayList<>();
    RoundedIds.Census census = new RoundedIds.Census();
    for (int i = 0; i < 40; i++) {
      ids.add("10225430000000" + String.format("%03d", i) + (i % 5 == 0 ? "7" : "0"));
    }
    ids.forEach(census::add);

    ColumnProfile profile =
        Explore.of(SPARK.session().createDataset(ids, Encoders.STRING()).toDF("author_id"))
            .profile(0)
            .column("author_id");

    assertThat(profile.suspicious())
        .isEqualTo(ids.stream().filter(id -> census.suspicion(id) != null).count())
        .isEqualTo(32);
  }

  @Test
  void timesThatNobodySetAreSuspicious() {
    Dataset<Row> times =
        SPARK
            .session()
            .sql(
                "SELECT t AS created_at, t AS starts_at FROM VALUES (TIMESTAMP '0001-01-01'),"
                    + " (TIMESTAMP '1970-01-01'), (TIMESTAMP '2026-11-01'),"
                    + " (TIMESTAMP '9999-12-31'), (NULL) AS v(t)");

    Profile profile = Explore.of(times).profile(0);

    assertThat(profile.column("created_at").suspicious()).isEqualTo(3);
    assertThat(profile.column("starts_at").suspicious()).isEqualTo(2);
  }

  @Test
  void noTextIsPrinted() {
    assertThat(Explore.of(POSTS).profile().column("text").toString()).doesNotContain("Hello");
  }

  private static List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    posts.add(Records.FULL.toBuilder().language(null).engagement(Engagement.UNKNOWN).build());
    for (int i = 0; i < 20; i++) {
      posts.add(
          Records.post("p" + i, "text " + i).toBuilder()
              .language(i < 14 ? "en" : i < 19 ? "fr" : "de")
              .engagement(new Engagement((long) i, null, null, null, null))
              .build());
    }
    return posts;
  }
}
